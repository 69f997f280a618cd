/** Markup, a script, and characters that change the direction of a text or move a cursor. */
const attack = '</td></script><script>alert(1)</script><img src=x onerror="alert(2)">\u202e\u001b[2J';
const mail = {
  timestamp: '2026-03-04T05:06:07.000Z',
  messageId: attack,
  source: `"${attack}" <news@shop.example>`,
  destination: [`${attack}@example.com`],
  commonHeaders: { subject: attack },
  tags: { [attack]: [attack], 'ses:configuration-set': [attack] },
};
const timestamp = '2026-03-04T05:06:08.000Z';
const recipient = { emailAddress: `${attack}@example.com`, diagnosticCode: attack, status: attack };
/** Events of several kinds, with an attack in every place that a stranger can write. */
const hostileEvents = [
  { eventType: 'Send', mail, send: {} },
  {
    eventType: 'Bounce',
    mail,
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: attack,
      bouncedRecipients: [recipient],
      timestamp,
      feedbackId: attack,
    },
  },
  {
    eventType: 'Complaint',
    mail,
    complaint: {
      complainedRecipients: [recipient],
      complaintFeedbackType: attack,
      timestamp,
      feedbackId: 'f',
    },
  },
  { eventType: 'Reject', mail, reject: { reason: attack } },
  { eventType: 'Rendering Failure', mail, failure: { errorMessage: attack, templateName: attack } },
  {
    eventType: 'DeliveryDelay',
    mail,
    deliveryDelay: { delayType: attack, delayedRecipients: [recipient], timestamp },
  },
  {
    eventType: 'Click',
    mail,
    click: { ipAddress: attack, timestamp, userAgent: attack, link: `javascript:${attack}` },
  },
  { eventType: attack, mail },
];

export { attack, hostileEvents };
