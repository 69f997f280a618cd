import { docstringsAtEnds } from './quick-info';

/** Values of the types that the fields below are in. */
const values = [
  "import type { EmailEvent, EventOf, LegacyNotification, PinpointEmail } from 'ses-event-archive';",
  "import { BounceEventSchema, eventSchemas } from 'ses-event-archive/events';",
  'declare const event: Exclude<EmailEvent, { eventType: "Unknown" }>;',
  'declare const of: { [Kind in Exclude<EmailEvent["eventType"], "Unknown">]: EventOf<Kind> };',
  'declare const notification: Extract<LegacyNotification, { notificationType: "Bounce" }>;',
  'declare const pinpoint: PinpointEmail;',
];

/** The docstrings of the sources, by field. Some fields have the name of another one, but not its docstring. */
const expected: Readonly<Record<string, string>> = {
  'event.mail': 'The message that the event is about.',
  'event.mail.messageId': 'The id that SES returned for the request to send.',
  'event.mail.timestamp': 'Time at which the message was sent, not the time of the event.',
  'event.mail.commonHeaders?.messageId':
    "Usually SES's own id, sometimes the original Message-ID. Never join on it.",
  'event.mail.headers?.[0]?.name': '', // the source has none
  'of.Send.send': 'Always empty.',
  'of.Bounce.bounce': 'The bounce: its type, and the recipients that bounced.',
  'of.Bounce.bounce.bounceSubType': 'Reason of the bounce, as SES classifies it.',
  'of.Bounce.bounce.timestamp': 'Time at which the receiving server sent the bounce.',
  'of.Bounce.bounce.bouncedRecipients[0]?.diagnosticCode':
    "Response of the recipient's server, or the text of its delivery status notification.",
  'of.Complaint.complaint.complaintFeedbackType':
    'Only with a feedback report. `not-spam` is the opposite of a complaint.',
  'of.Delivery.delivery.smtpResponse':
    'The response of the receiving server: free text, which can contain control characters.',
  'of.Click.click.userAgent': 'User agent of the program.',
  'of.Click.click.link': 'URL of the link.',
  'of.DeliveryDelay.deliveryDelay.delayType': 'Reason of the delay, as SES classifies it.',
  'of["Rendering Failure"].failure.errorMessage': 'Error in the template or its data.',
  'of.Subscription.subscription.contactList': 'Name of the contact list.',
  'notification.bounce.timestamp': 'Time at which the receiving server sent the bounce.',
  'pinpoint.arrival_timestamp': 'Epoch milliseconds; the only time of an open or a click.',
  'BounceEventSchema.shape.bounce.shape.timestamp': 'Time at which the receiving server sent the bounce.',
  'eventSchemas.Bounce.shape.bounce.shape.timestamp': 'Time at which the receiving server sent the bounce.',
};

/**
 * Returns fields of events for which an editor does not show the docstring of the source.
 * @param project folder of a project with the package
 */
function fieldDocstringFaults(project: string): string[] {
  const shown = docstringsAtEnds(project, [...values, ...Object.keys(expected)]).slice(values.length);
  return Object.entries(expected).flatMap(([field, docstring], index) =>
    shown[index] === docstring ? [] : [`${field} shows ${JSON.stringify(shown[index])}, not ${docstring}`],
  );
}

export { fieldDocstringFaults };
