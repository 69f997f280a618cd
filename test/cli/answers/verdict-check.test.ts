import { existsSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

/** Emails that were sent and bounced on a day. */
const days: readonly [day: string, sent: number, bounced: number][] = [
  ['2026-03-02', 20, 0],
  ['2026-03-03', 20, 1],
  ['2026-03-05', 20, 3],
];

function events([day, sent, bounced]: (typeof days)[number]): string[] {
  const timestamp = `${day}T05:00:00.000Z`;
  return Array.from({ length: sent }, (_, index) => {
    const messageId = `${day}-${index}`;
    const mail = { timestamp, messageId, destination: ['ana@example.com'] };
    const bounce = {
      timestamp,
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: 'ana@example.com' }],
      feedbackId: messageId,
    };
    return [
      sendText(messageId, mail),
      ...(index < bounced ? [JSON.stringify({ eventType: 'Bounce', mail, bounce })] : []),
    ];
  }).flat();
}

beforeAll(async () => {
  scratch.write('objects/a', `${days.flatMap(events).join('\n')}\n`);
  await ingest(scratch.at('objects'), { archive, workers: 0 });
});

const ask = (...args: string[]) => run(['ask', ...args, '--archive', archive, '--format', 'csv']);
const oneDay = (day: number) => ['--since', `2026-03-0${day}`, '--until', `2026-03-0${day + 1}`];

describe('ask --fail-on', () => {
  it.each([
    ['health', oneDay(2), 'review', 0, ''],
    ['health', oneDay(3), 'review', 4, 'check failed (--fail-on review): bounce_verdict is review in 1 row'],
    ['health', oneDay(3), 'danger', 0, ''],
    ['health', oneDay(5), 'review', 4, 'check failed (--fail-on review): bounce_verdict is danger in 1 row'],
    ['health', oneDay(5), 'danger', 4, 'check failed (--fail-on danger): bounce_verdict is danger in 1 row'],
    // The day without mail has no verdict.
    ['trend', ['--by', 'day'], 'review', 4, 'bounce_verdict is danger in 2 rows'],
    ['trend', ['--by', 'day'], 'danger', 4, 'bounce_verdict is danger in 1 row'],
    ['trend', ['--by', 'day', '--until', '2026-03-03'], 'review', 0, ''],
  ])('%s %j with %s exits with %i', async (question, args, verdict, expected, line) => {
    const { code, stdout, stderr } = await ask(question, ...args, '--fail-on', verdict);
    expect(code).toBe(expected);
    expect(stdout).toBe((await ask(question, ...args)).stdout);
    if (line === '') expect(stderr).not.toContain('check');
    else expect(stderr).toContain(`${line}\n`);
  });

  it.each([
    ['health', 1],
    ['trend', 0],
  ])('does not fail %s when nothing was sent, and reports it', async (question, rows) => {
    const { code, stdout, stderr } = await ask(question, '--since', '2030-01-01', '--fail-on', 'review');
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\r\n')).toHaveLength(rows + 1);
    expect(stderr).toMatch(/\nnothing was sent, so there is no verdict: the check did not fail\n$/);
  });

  it('writes the file before it fails', async () => {
    const output = scratch.at('health.csv');
    const { code } = await ask('health', '--fail-on', 'review', '--output', output);
    expect([code, existsSync(output)]).toEqual([4, true]);
  });

  it('does not check a dry run', async () => {
    const { code, stdout } = await ask('health', '--fail-on', 'review', '--dry-run');
    expect([code, stdout]).toEqual([0, expect.stringContaining('SELECT')]);
  });

  it.each([
    [
      ['bounces', '--fail-on', 'review'],
      'the question bounces has no verdict: --fail-on requires health or trend',
    ],
    [['health', '--fail-on', 'ok'], "argument 'ok' is invalid. Allowed choices are review, danger"],
    [['trend', '--fail-on', 'review', '--limit', '1'], '--fail-on cannot be combined with --limit'],
    [
      ['health', '--fail-on', 'review', '--output', 'health.parquet', '--format', 'parquet'],
      '--fail-on cannot be combined with --format parquet',
    ],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr } = await run(['ask', ...args, '--archive', archive]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
