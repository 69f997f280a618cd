import { readFileSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { AthenaFixture } from '../../queries/engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../../queries/engines/athena/fake-athena';
import { csvRecords } from '../csv-records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

/** More than the rows per table, and more than the default limit of a table. */
const complaints = 1100;

function complaint(_: unknown, index: number): string {
  const time = new Date(Date.UTC(2026, 2, 1 + (index % 3), 0, 0, index)).toISOString();
  const address = `${index}@example.com`;
  return `${JSON.stringify({
    eventType: 'Complaint',
    mail: { timestamp: time, messageId: 'one', destination: [address] },
    complaint: { timestamp: time, complainedRecipients: [{ emailAddress: address }], feedbackId: `${index}` },
  })}\n`;
}

beforeAll(async () => {
  const broken = 'broken\n'.repeat(150);
  scratch.write('objects/a', Array.from({ length: complaints }, complaint).join('') + broken);
  await ingest(scratch.at('objects'), { archive, workers: 0 });
});

const command = (name: string, ...args: string[]) => run([name, ...args, '--archive', archive]);
const ask = (...args: string[]) => command('ask', ...args);

/** Returns the number of rows that were written in a format. */
function rowsIn(format: string, text: string): number {
  if (format === 'json') return JSON.parse(text).length;
  if (format === 'csv') return csvRecords(text).length - 1;
  if (format === 'table') return text.split('\n').filter((line) => /^│ \d{4}-/.test(line)).length;
  return text.trimEnd().split('\n').length;
}

describe('without --limit', () => {
  it.each(['csv', 'ndjson', 'json'])('%s has every row', async (format) => {
    const { code, stdout, stderr } = await ask('complaints', '--format', format);
    expect(rowsIn(format, stdout)).toBe(complaints);
    expect(stderr).toMatch(/^1,100 rows; /);
    expect(code).toBe(0);
  });

  it('a pipe has every row', async () => {
    const { stdout } = await ask('complaints');
    expect(rowsIn('ndjson', stdout)).toBe(complaints);
  });

  it.each(['csv', 'ndjson', 'json', 'parquet'])('a file of %s has every row', async (format) => {
    const output = scratch.at(`all.${format}`);
    const { stderr } = await ask('complaints', '--format', format, '--output', output);
    expect(stderr).toContain(`1,100 rows in ${output}; `);
    if (format !== 'parquet') expect(rowsIn(format, readFileSync(output, 'utf8'))).toBe(complaints);
  });

  it('a table has 100 rows, and the number of further rows is reported', async () => {
    const { code, stdout, stderr } = await ask('complaints', '--format', 'table');
    expect(rowsIn('table', stdout)).toBe(100);
    expect(stdout).not.toContain('rows_in_all');
    expect(stderr).toMatch(/^100 rows, 1,000 more with --limit all; /);
    expect(code).toBe(0);
  });

  it('a table with all rows does not report further rows', async () => {
    const { stderr } = await ask('configuration-sets', '--format', 'table');
    expect(stderr).toMatch(/^1 row; /);
  });
});

describe('--limit', () => {
  it.each(['table', 'csv', 'ndjson', 'json'])('all removes the limit in %s', async (format) => {
    const { stdout, stderr } = await ask('complaints', '--format', format, '--limit', 'all');
    expect(rowsIn(format, stdout)).toBe(complaints);
    expect(stderr).toMatch(/^1,100 rows; /);
  });

  it.each(['table', 'csv', 'ndjson', 'json'])('a number limits the rows of %s', async (format) => {
    const { stdout, stderr } = await ask('complaints', '--format', format, '--limit', '7');
    expect(rowsIn(format, stdout)).toBe(7);
    expect(stdout).not.toContain('rows_in_all');
    expect(stderr).toMatch(/^7 rows, 1,093 more with --limit all; /);
  });

  it('does not report further rows where there are none', async () => {
    const { stderr } = await ask('complaints', '--limit', String(complaints));
    expect(stderr).toMatch(/^1,100 rows; /);
  });

  it('applies to questions without a default limit', async () => {
    const [some, all] = await Promise.all([
      ask('daily', '--limit', '2', '--format', 'csv'),
      ask('daily', '--limit', 'all', '--format', 'csv'),
    ]);
    expect([some.code, rowsIn('csv', some.stdout)]).toEqual([0, 2]);
    expect(some.stderr).toMatch(/^2 rows, 1 more with --limit all; /);
    expect([all.code, rowsIn('csv', all.stdout)]).toEqual([0, 3]);
    expect(all.stderr).toMatch(/^3 rows; /);
  });

  it('applies to questions of one row', async () => {
    const { code, stdout, stderr } = await ask('health', '--limit', '5');
    expect([code, rowsIn('ndjson', stdout)]).toEqual([0, 1]);
    expect(stderr).toMatch(/^1 row; /);
  });

  it('0 reports that there may be more rows', async () => {
    const { stdout, stderr } = await ask('complaints', '--limit', '0');
    expect([stdout, stderr]).toEqual([
      '',
      expect.stringMatching(/^0 rows; there may be more: raise --limit; /),
    ]);
  });

  it.each([
    ['trace', ['one']],
    ['rejects', []],
    ['suppress', []],
  ])('all applies to %s as to ask', async (name, args) => {
    const [all, usual] = await Promise.all([
      command(name, ...args, '--limit', 'all'),
      command(name, ...args),
    ]);
    expect([all.code, all.stdout]).toEqual([0, usual.stdout]);
  });

  it('all shows every reject in a table', async () => {
    const { stdout, stderr } = await command('rejects', '--format', 'table', '--limit', 'all');
    expect(stdout.match(/not-json/g)).toHaveLength(150);
    expect(stderr).not.toContain('showing the first');
  });

  it.each([
    [[], 1000, '1,000 rows, 100 older with --limit all; '],
    [['--limit', 'all'], complaints, '1,100 rows; '],
  ])('a timeline in a table with %j has %d steps', async (args, steps, told) => {
    const { stdout, stderr } = await command('trace', 'one', '--format', 'table', ...args);
    expect(rowsIn('table', stdout)).toBe(steps);
    expect(stderr).toContain(told);
  });

  it.each(['some', '-1', '1.5', ''])('rejects %j', async (limit) => {
    const { code, stderr } = await ask('complaints', `--limit=${limit}`);
    expect(code).toBe(2);
    expect(stderr).toContain('Expected a whole number, 0 or more, or all.');
  });
});

describe('--limit with Athena', () => {
  const fixture = new AthenaFixture();
  const started = () =>
    fixture.athena
      .inputs('StartQueryExecution')
      .map(({ QueryString }) => String(QueryString))
      .filter((sql) => !sql.startsWith('SELECT coalesce(sum(lines)'));

  /** Runs the command on an Athena with one row of three. */
  function onAthena(...args: string[]) {
    fixture.athena.script = (sql) => ({
      states: succeeded(),
      pages: sql.startsWith('SELECT coalesce(sum(lines)')
        ? pagesOf(
            [
              ['lines', 'bigint'],
              ['objects', 'bigint'],
            ],
            [['0', '0']],
          )
        : pagesOf(
            [
              ['status', 'varchar'],
              ['messages', 'bigint'],
              ['share', 'double'],
              ['rows_in_all', 'bigint'],
            ],
            [['sent', '5', '0.5', '3']],
          ),
    });
    const place = ['--workgroup', 'w', '--database', 'd', '--region', 'eu-west-1', '--source', 'lines'];
    return run([...args, '--engine', 'athena', ...place, '--endpoint', fixture.athena.endpoint]);
  }

  it('sends no limit for formats for programs', async () => {
    await onAthena('ask', 'complaints', '--format', 'csv');
    expect(started()).toEqual([expect.stringMatching(/LIMIT ALL$/)]);
  });

  it('sends the limit of a table, with the count of all rows in the same statement', async () => {
    await onAthena('ask', 'complaints', '--format', 'table');
    expect(started()).toEqual([expect.stringMatching(/count\(\*\) OVER \(\).*LIMIT 100$/s)]);
  });

  it('reports the number of further rows, without an additional column', async () => {
    const { stdout, stderr } = await onAthena('ask', 'statuses', '--limit', '1', '--format', 'csv');
    expect(stdout).toBe('status,messages,share\r\nsent,5,0.5\r\n');
    expect(stderr).toMatch(/^1 row, 2 more with --limit all\n/);
  });
});
