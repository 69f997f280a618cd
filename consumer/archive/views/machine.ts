/**
 * User agents of what fetches a message's images and links before or without a person: parts of them, in
 * lower case, and the reason that the views give.
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
 * Why an open or a click is taken for a machine's; NULL for a person's, as far as one can know. SES's own
 * label counts first. Apple's Mail Privacy Protection fetches every image, and calls itself `Mozilla/5.0`
 * and nothing more.
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
