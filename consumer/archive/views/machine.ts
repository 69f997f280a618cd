/**
 * User agents of programs that fetch a message's images and links before or without a person: parts of them, in lower
 * case, and the reason in the views.
 */
const machineAgents: readonly (readonly [part: string, reason: string])[] = [
  ['bot', 'crawler'],
  ['crawler', 'crawler'],
  ['spider', 'crawler'],
  ['barracuda', 'security-scanner'],
  ['mimecast', 'security-scanner'],
  ['proofpoint', 'security-scanner'],
  ['symantec', 'security-scanner'],
  ['safelinks', 'security-scanner'],
  ['headlesschrome', 'automation'],
  ['phantomjs', 'automation'],
  ['python-requests', 'automation'],
  ['curl/', 'automation'],
  ['wget/', 'automation'],
  ['go-http-client', 'automation'],
  ['okhttp', 'automation'],
];

/**
 * The reason for counting an open or a click as a machine's; NULL for a person's, as far as it can be determined. SES's
 * label has priority. Apple's Mail Privacy Protection fetches every image, with the user agent `Mozilla/5.0` without
 * any addition.
 *
 * @see https://aws.amazon.com/about-aws/whats-new/2026/08/amazon-ses-automated-email-interactions/
 */
const machineReason = [
  'CASE',
  "WHEN event_type NOT IN ('Open', 'Click') THEN NULL",
  "WHEN is_bot_event = 'Likely' THEN 'labelled-by-ses'",
  "WHEN user_agent = 'Mozilla/5.0' THEN 'mail-privacy-protection'",
  ...machineAgents.map(([part, reason]) => `WHEN strpos(lower(user_agent), '${part}') > 0 THEN '${reason}'`),
  'END',
].join(' ');

export { machineReason };
