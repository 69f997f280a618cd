import { ingest } from '../../../consumer/archive/ingest/ingest';
import { csvRecords } from '../csv-records';
import { sendText } from '../records';
import { run, runOnTerminal } from '../run-command';
import { ScratchFolder } from '../scratch-folder';
import { unsafe } from '../unsafe-text';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');
const hostile = scratch.at('hostile.duckdb');

function message(index: number): string {
  const second = String(index).padStart(2, '0');
  return sendText(`m${index}`, {
    timestamp: `2026-03-04T05:00:${second}.000Z`,
    destination: [`${index}@example.com`],
    commonHeaders: { subject: `${index}% off today` },
  });
}

beforeAll(async () => {
  scratch.write('objects/a', `${Array.from({ length: 60 }, (_, index) => message(index)).join('\n')}\n`);
  await ingest(scratch.at('objects'), { archive, workers: 0 });
  const odd = { destination: ['ana@example.com'], commonHeaders: { subject: '\u001b[2J\u202eoff' } };
  scratch.write('hostile/a', `${sendText('$(reboot)\u001b[2J', odd)}\n`);
  await ingest(scratch.at('hostile'), { archive: hostile, workers: 0 });
});

const find = (...args: string[]) => run(['find', ...args, '--archive', archive]);

/** Returns the ids of the messages that a call finds. */
async function found(...args: string[]): Promise<unknown[]> {
  const { stdout, code } = await find(...args, '--format', 'ndjson');
  expect(code).toBe(0);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => (JSON.parse(line) as { message_id: unknown }).message_id); // a column of the question
}

describe('find', () => {
  it.each([
    [['7@example.com'], ['m7']],
    [['7@EXAMPLE.com'], ['m7']],
    [['59% OFF'], ['m59']],
    [['%_off'], []],
    [
      ['@example.com', '--limit', '2'],
      ['m59', 'm58'],
    ],
    [['--recipient', '7@example.com'], ['m7']],
    [['--subject', '7% off', '--recipient', '17@example.com'], ['m17']],
    [['off', '--status', 'delivered'], []],
    [
      ['off', '--since', '2026-03-04T05:00:58Z'],
      ['m59', 'm58'],
    ],
    [['off', '--until', '2026-03-04T05:00:01Z'], ['m0']],
  ])('%j finds %j', async (args, ids) => {
    expect(await found(...args)).toEqual(ids);
  });

  it('shows the 50 newest messages in a table, and all in other formats', async () => {
    const { shown } = await runOnTerminal(['find', '--archive', archive]);
    expect(shown.match(/│ 2026-03-04/g)).toHaveLength(50);
    expect(shown).toContain('50 rows, 10 more with --limit all');
    expect(await found()).toHaveLength(60);
  });

  it('ends with the command that shows the life of the newest message', async () => {
    const { stderr } = await find('off');
    expect(stderr).toMatch(/\nTo show the life of a message: ses-events trace m59\n$/);
    const none = await find('nothing like this');
    expect(none.stderr).not.toContain('trace');
    expect(none.stderr).toMatch(/^0 rows: no matching events, check --since, --until and the filters/);
  });

  it('shows no id in that command that a shell or a terminal would interpret', async () => {
    const { stdout, stderr } = await run(['find', 'off', '--archive', hostile, '--format', 'table']);
    expect(stderr).toMatch(/ses-events trace MESSAGE-ID\n$/);
    for (const line of `${stdout}${stderr}`.split('\n')) expect(line).not.toMatch(unsafe);
  });

  it('has the answer of the question messages', async () => {
    const asked = await run(['ask', 'messages', '--recipient', '@example.com', '-a', archive, '-f', 'csv']);
    const { stdout } = await find('@example.com', '--format', 'csv');
    expect(csvRecords(stdout)).toEqual(csvRecords(asked.stdout));
  });

  it.each([
    [
      ['ana@example.com', '--recipient', 'bo@example.com'],
      '"ana@example.com" is a recipient, and --recipient is given too: use one of them',
    ],
    [['spring', '--subject', 'offer'], '"spring" is a subject, and --subject is given too: use one of them'],
    [['--status', 'lost'], "option '--status <status>' argument 'lost' is invalid"],
    [['--region', 'eu-west-1'], '--region requires --engine athena'],
    [['--domain', 'example.com'], "unknown option '--domain'"],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr } = await find(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('prints the SQL of either engine', async () => {
    const { stdout } = await find("it's@example.com", '--dry-run');
    expect(stdout).toContain("address = 'it''s@example.com'");
    const athena = await find(
      'off',
      '--dry-run',
      '--engine',
      'athena',
      '--workgroup',
      'w',
      '--database',
      'd',
    );
    expect(athena.stdout).toContain("strpos(lower(subject), lower('off')) > 0");
  });
});
