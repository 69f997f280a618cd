import { readFileSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { run, runOnTerminal } from '../run-command';
import { ScratchFolder } from '../scratch-folder';
import { unsafe } from '../unsafe-text';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');
const hostile = 'smtp; 550 5.1.1 \u001b[2J=1+1';

const at = (second: number) => `2026-03-04T05:06:${String(second).padStart(2, '0')}.000Z`;
const mail = (messageId: string, ...destination: string[]) => ({
  timestamp: at(0),
  messageId,
  destination,
  commonHeaders: { subject: `about ${messageId}` },
});
const together = mail('together', 'Ana <ANA@example.com>', 'bo@example.com');
const alone = mail('alone', 'ana@example.com');
const complaint = {
  complainedRecipients: [{ emailAddress: 'ana@example.com' }],
  timestamp: at(9),
  feedbackId: 'f1',
  complaintFeedbackType: 'abuse',
};

/** A send with a template: its own event has no subject, and the later ones have. */
const templated = { timestamp: at(0), messageId: 'templated', destination: ['cy@example.com'] };
const rendered = { ...templated, commonHeaders: { subject: 'your order' } };
const delivered = { recipients: ['cy@example.com'], smtpResponse: '250 ok' };

const events = [
  { eventType: 'Send', mail: together, send: {} },
  {
    eventType: 'Delivery',
    mail: together,
    delivery: { timestamp: at(2), recipients: ['bo@example.com'], smtpResponse: '250 ok' },
  },
  {
    eventType: 'DeliveryDelay',
    mail: together,
    deliveryDelay: {
      timestamp: at(3),
      delayType: 'MailboxFull',
      expirationTime: '2026-03-05T00:00:00.000Z',
      delayedRecipients: [{ emailAddress: 'ana@example.com', status: '4.2.2', diagnosticCode: 'full' }],
    },
  },
  {
    eventType: 'Bounce',
    mail: together,
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'NoEmail',
      timestamp: at(4),
      bouncedRecipients: [{ emailAddress: 'ANA@example.com', status: '5.1.1', diagnosticCode: hostile }],
    },
  },
  {
    eventType: 'Open',
    mail: together,
    open: { timestamp: at(5), userAgent: 'Mozilla/5.0', ipAddress: '::1' },
  },
  { eventType: 'Send', mail: alone, send: {} },
  {
    eventType: 'Click',
    mail: alone,
    click: { timestamp: at(7), userAgent: 'Firefox', ipAddress: '::1', link: 'https://example.com/' },
  },
  { eventType: 'Complaint', mail: alone, complaint },
  { notificationType: 'Complaint', mail: alone, complaint },
  { eventType: 'Send', mail: templated, send: {} },
  { eventType: 'Delivery', mail: rendered, delivery: { ...delivered, timestamp: at(1) } },
  { eventType: 'Open', mail: templated, open: { timestamp: at(8), userAgent: 'Firefox', ipAddress: '::1' } },
];
const lines = events.map((event) => `${JSON.stringify(event)}\n`);

beforeAll(async () => {
  // Not in the order of time, and one of them is delivered twice.
  scratch.write('objects/a', [...lines].reverse().join(''));
  scratch.write('objects/b', lines[0] ?? '');
  await ingest(scratch.at('objects'), { archive, workers: 0 });
});

const trace = (...args: string[]) => run(['trace', '--archive', archive, ...args]);
const steps = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const delay = 'delayed (MailboxFull): 4.2.2, full; SES retries until 2026-03-05 00:00 UTC';
const bounced = `bounced (no-such-address; Permanent/NoEmail): 5.1.1, ${hostile}`;
const opened = 'opened by a machine (mail-privacy-protection)';

describe('trace', () => {
  it('shows the events of a message in the order of time', async () => {
    const { code, stdout, stderr } = await trace('together');
    expect(steps(stdout).map(({ time, what, recipients }) => [time, what, recipients])).toEqual([
      [at(0), 'accepted by SES', ['Ana <ANA@example.com>', 'bo@example.com']],
      [at(2), 'delivered: 250 ok', ['bo@example.com']],
      [at(3), delay, ['ana@example.com']],
      [at(4), bounced, ['ANA@example.com']],
      [at(5), opened, []],
    ]);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^5 rows; archive: 12 events, newest /)]);
  });

  it('shows every message to an address in any letter case, with events of unknown recipients', async () => {
    const { stdout } = await trace('ana@EXAMPLE.com');
    expect(steps(stdout).map(({ message_id, what, attribution }) => [message_id, what, attribution])).toEqual(
      [
        ['together', 'accepted by SES', 'named'],
        ['alone', 'accepted by SES', 'named'],
        ['together', delay, 'named'],
        ['together', bounced, 'named'],
        ['together', opened, 'unknown'],
        ['alone', 'clicked: https://example.com/', 'named'],
        ['alone', 'complained: abuse', 'candidates'],
      ],
    );
  });

  it('skips events of other recipients', async () => {
    const { stdout } = await trace('bo@example.com');
    expect(steps(stdout).map(({ what }) => what)).toEqual(['accepted by SES', 'delivered: 250 ok', opened]);
  });

  it('skips a legacy notification of a published event', async () => {
    const { stdout } = await trace('alone');
    expect(steps(stdout).filter(({ event_type }) => event_type === 'Complaint')).toHaveLength(1);
  });

  it.each([
    ['all events', [], 3],
    ['events in a time range without the subject', ['--since', '2026-03-04T05:06:07Z'], 1],
  ])('shows the subject of a message on every line: %s', async (_, args, count) => {
    const person = (format: string) => trace('cy@example.com', ...args, '--format', format);
    const [table, json, ndjson] = await Promise.all([person('table'), person('json'), person('ndjson')]);
    const subjects = Array.from({ length: count }, () => 'your order');
    expect(table.stdout.match(/│ \d{4}[^│]+│ [^│]+│/g)?.map((line) => line.split('│')[2]?.trim())).toEqual(
      subjects,
    );
    expect(JSON.parse(json.stdout).map(({ subject }: { subject: string }) => subject)).toEqual(subjects);
    expect(steps(ndjson.stdout).map(({ subject }) => subject)).toEqual(subjects);
  });

  it('accepts the Message-ID header of SES as the id', async () => {
    const { stdout } = await trace('<alone@eu-west-1.amazonses.com>');
    expect(steps(stdout)).toHaveLength(3);
  });

  it('contains the places of each event in JSON only', async () => {
    const [json, ndjson] = await Promise.all([trace('together', '-f', 'json'), trace('together')]);
    const [send] = JSON.parse(json.stdout);
    expect(send.places).toEqual([
      expect.stringMatching(/objects\/a byte \d+$/),
      expect.stringMatching(/objects\/b byte 0$/),
    ]);
    expect(steps(ndjson.stdout)[0]).not.toHaveProperty('places');
  });

  it('reports the file that it writes', async () => {
    const output = scratch.at('trace.json');
    const { stdout, stderr } = await trace('together', '-f', 'json', '--output', output, '--limit', '1');
    expect([stdout, JSON.parse(readFileSync(output, 'utf8'))]).toEqual(['', [expect.anything()]]);
    expect(stderr).toContain(`1 row in ${output}, 4 older with --limit all; archive: `);
  });

  it('shows a timeline, and marks unknown recipients', async () => {
    const [message, person] = await Promise.all([
      trace('together', '-f', 'table'),
      trace('bo@example.com', '-f', 'table'),
    ]);
    expect(message.stdout).toMatch(/^message together\n\n┌/);
    expect(message.stdout).toMatch(
      /│ 2026-03-04 05:06:00 │ Ana <ANA@example\.com> and 1 other │ accepted by SES +│/,
    );
    expect(message.stdout).toMatch(/│ unknown +│ opened by a machine/);
    expect(person.stdout).toMatch(/│ about together │ delivered: 250 ok/);
    expect(person.stdout.replaceAll(/\s+│\n│ +│ +│ /g, ' ')).toContain('(recipient unknown)');
  });

  it.each([
    ['since', ['--since', '2026-03-04T05:06:04Z'], 2, ''],
    ['until', ['--until', '2026-03-04T05:06:03Z'], 2, ''],
    ['the newest', ['--limit', '1'], 1, '1 row, 4 older with --limit all; '],
  ])('filters by %s', async (_, args, count, told) => {
    const { stdout, stderr } = await trace('together', ...args);
    expect(steps(stdout)).toHaveLength(count);
    expect(stderr).toContain(told);
  });

  const spelling = 'check the spelling, and whether its events were ingested';
  const form = 'this is neither a message id nor an address';

  it.each([
    ['nobody@example.com', spelling],
    ['0100019fd8754d66-b04775c3-0b2e-4496-af0b-36fb4b6474e8-000000', spelling],
    ["a@b' OR true --", spelling],
    ['no-such-id', form],
    ["x' OR true --", form],
  ])('reports that there are no events of %s', async (name, advice) => {
    const { code, stdout, stderr } = await trace(name);
    expect(stderr).toContain(`no events of "${name}" in this archive: ${advice}\n0 rows; `);
    expect([code, stdout]).toEqual([0, '']);
  });
});

describe('trace --dry-run', () => {
  it.each<[name: string, args: string[], parameter: string, statements: number]>([
    ['a message', ['together'], "-- $1 = 'together'", 3],
    ['an address', ["o'neil@example.com"], "-- $1 = 'o''neil@example.com'", 4],
    ['a time range in JSON', ['together', '--since', '2026-03-01', '-f', 'json'], "-- $1 = 'together'", 5],
  ])('prints the statements for %s, and opens no archive', async (_, args, parameter, statements) => {
    const { code, stdout, stderr } = await run(['trace', ...args, '--dry-run', '-a', scratch.at('none')]);
    expect(stdout).toContain(`${parameter}\nCREATE OR REPLACE TEMP TABLE `);
    expect(stdout.match(/;\n/g)).toHaveLength(statements);
    expect([code, stderr]).toEqual([0, '']);
  });
});

it('escapes control characters of events on a terminal', async () => {
  const { shown } = await runOnTerminal(['trace', 'together', '--archive', archive]);
  expect(shown).toContain('\\u001b[2J');
  for (const line of shown.split(/\r*\n/)) expect(line).not.toMatch(unsafe);
});
