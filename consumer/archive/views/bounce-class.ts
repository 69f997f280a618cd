/**
 * Bounce subtypes that determine the class: SES sets them if it did not contact the recipient's server, or if the
 * server's response is unambiguous.
 */
const classOfSubType: Readonly<Record<string, string>> = {
  Suppressed: 'globally-suppressed',
  OnAccountSuppressionList: 'suppressed',
  OnTenantSuppressionList: 'suppressed',
  EmailValidationSuppressed: 'not-validated',
  UnsubscribedRecipient: 'unsubscribed',
};

/**
 * Classes by the enhanced status code (subject and detail, with any first digit).
 *
 * @see https://www.rfc-editor.org/rfc/rfc3463
 */
const classOfStatus: readonly (readonly [pattern: string, name: string])[] = [
  ['_.1.8', 'sender-address'],
  ['_.1.7', 'sender-address'],
  ['_.1._', 'no-such-address'],
  ['_.1.10', 'no-such-address'],
  ['_.2.2', 'mailbox-full'],
  ['_.2.3', 'too-large'],
  ['_.2._', 'mailbox-unavailable'],
  ['_.3.4', 'too-large'],
  ['_.3._', 'server'],
  ['_.4.7', 'expired'],
  ['_.4._', 'network'],
  ['_.5._', 'protocol'],
  ['_.6._', 'content'],
  ['_.7.%', 'policy'],
];

const classOfLabel: Readonly<Record<string, string>> = {
  NoEmail: 'no-such-address',
  MailboxFull: 'mailbox-full',
  MessageTooLarge: 'too-large',
  ContentRejected: 'content',
  AttachmentRejected: 'content',
  CustomTimeoutExceeded: 'expired',
};

function cases(column: string, names: Readonly<Record<string, string>>): string {
  return Object.entries(names)
    .map(([value, name]) => `WHEN ${column} = '${value}' THEN '${name}'`)
    .join(' ');
}

/**
 * The class of a bounce, beside SES's label: by the subtype if it determines the class, then by the status code of the
 * receiving server, then by the subtype again. NULL for other events.
 */
const bounceClass = [
  "CASE WHEN event_type <> 'Bounce' THEN NULL",
  cases('bounce_sub_type', classOfSubType),
  ...classOfStatus.map(([pattern, name]) => `WHEN status_code LIKE '${pattern}' THEN '${name}'`),
  cases('bounce_sub_type', classOfLabel),
  "ELSE 'other' END",
].join(' ');

export { bounceClass };
