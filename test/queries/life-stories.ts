import fc from 'fast-check';

const people = ['Ana <Ana@A.example>', 'bo@a.example', 'cy@b.example', 'DAN@B.example', 'eve@c.example'];

const bounceLabels = [
  ['Permanent', 'General'],
  ['Permanent', 'NoEmail'],
  ['Permanent', 'Suppressed'],
  ['Permanent', 'OnAccountSuppressionList'],
  ['Permanent', 'OnTenantSuppressionList'],
  ['Transient', 'MailboxFull'],
  ['Transient', 'General'],
  ['Undetermined', 'Undetermined'],
] as const;

const complaintLabels = [
  { complaintFeedbackType: 'abuse', complaintSubType: null },
  { complaintFeedbackType: 'not-spam' },
  { complaintSubType: 'OnAccountSuppressionList' },
  { complaintSubType: 'OnTenantSuppressionList' },
  {},
];

const kinds = [
  'Send',
  'Delivery',
  'Bounce',
  'Complaint',
  'DeliveryDelay',
  'Open',
  'Click',
  'Reject',
  'Rendering Failure',
] as const;

/** Hours after the start of a day; rarely null, which becomes an invalid time. */
const hour = (max: number) => fc.option(fc.integer({ min: 0, max }), { freq: 12 });

const happening = fc.record({
  kind: fc.constantFrom(...kinds, 'Bounce', 'Complaint'),
  hour: hour(80),
  recipient: fc.nat(2),
  bounce: fc.constantFrom(...bounceLabels),
  complaint: fc.constantFrom(...complaintLabels),
  isMachine: fc.boolean(),
  isRepeated: fc.boolean(),
});

const message = fc.record({
  to: fc.uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: 3 }),
  set: fc.constantFrom('news', 'alerts'),
  source: fc.constantFrom('s1@x.example', 's2@x.example'),
  campaign: fc.constantFrom('spring', 'summer'),
  hour: hour(50),
  happenings: fc.array(happening, { minLength: 1, maxLength: 6 }),
});

/** Messages with their events in any order: some are delivered twice, some have no Send. */
const lifeStories = fc.array(message, { minLength: 1, maxLength: 30 });

type Message = typeof message extends fc.Arbitrary<infer Value> ? Value : never;
type Happening = Message['happenings'][number];

const time = (hours: number | null) =>
  hours === null ? 'no time' : new Date(Date.UTC(2026, 2, 1, hours)).toISOString();

/** The block of an event, by its kind. */
function block(happened: Happening, to: readonly string[], feedbackId: string): object {
  const { kind, hour: hours, recipient, bounce, complaint, isMachine } = happened;
  const one = to[recipient % to.length] ?? '';
  const timestamp = time(hours);
  const reader = { timestamp, ipAddress: '192.0.2.1', userAgent: isMachine ? 'Mozilla/5.0' : 'Firefox' };
  switch (kind) {
    case 'Send':
      return { send: {} };
    case 'Delivery':
      return { delivery: { timestamp, recipients: [one] } };
    case 'Bounce': {
      const [bounceType, bounceSubType] = bounce;
      const bouncedRecipients = [{ emailAddress: one.toUpperCase() }];
      return { bounce: { timestamp, bounceType, bounceSubType, bouncedRecipients, feedbackId } };
    }
    case 'Complaint': {
      const complainedRecipients = to.map((emailAddress) => ({ emailAddress }));
      return { complaint: { timestamp, ...complaint, complainedRecipients, feedbackId } };
    }
    case 'DeliveryDelay': {
      const delayType = isMachine ? 'General' : 'MailboxFull';
      return { deliveryDelay: { timestamp, delayType, delayedRecipients: [{ emailAddress: one }] } };
    }
    case 'Open':
      return { open: reader };
    case 'Click':
      return { click: { ...reader, link: 'https://l.example/' } };
    case 'Reject':
      return { reject: { reason: 'Bad content' } };
    case 'Rendering Failure':
      return { failure: { templateName: 'welcome', errorMessage: 'no name' } };
  }
}

/** The records of life stories, one per line. */
function storyLines(stories: readonly Message[]): string {
  const lines = stories.flatMap(({ to, set, source, campaign, hour: hours, happenings }, index) => {
    const mail = {
      timestamp: time(hours),
      messageId: `m${index}`,
      source,
      destination: to,
      tags: { 'ses:configuration-set': [set], campaign: [campaign] },
    };
    return happenings.flatMap((happened, step) => {
      const line = JSON.stringify({
        eventType: happened.kind,
        mail,
        ...block(happened, to, `f${index}-${step}`),
      });
      return happened.isRepeated ? [line, line] : [line];
    });
  });
  return lines.map((line) => `${line}\n`).join('');
}

export { lifeStories, storyLines };
