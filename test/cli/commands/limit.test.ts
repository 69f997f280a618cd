import { readFileSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { AthenaFixture } from '../../queries/engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../../queries/engines/athena/fake-athena';
import { csvRecords } from '../csv-records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

/** More than a table shows at once, and more than a table has by default. */
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

/** How many rows were written in a format. */
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

  it('a table has a hundred rows, and how many more there are is said', async () => {
    const { code, stdout, stderr } = await ask('complaints', '--format', 'table');
    expect(rowsIn('table', stdout)).toBe(100);
    expect(stdout).not.toContain('rows_in_all');
    expect(stderr).toMatch(/^100 rows, 1,000 more: --limit all has them; /);
    expect(code).toBe(0);
  });

  it('a table that has all of them says no more', async () => {
    const { stderr } = await ask('configuration-sets', '--format', 'table');
    expect(stderr).toMatch(/^1 row; /);
  });
});

describe('--limit', () => {
  it.each(['table', 'csv', 'ndjson', 'json'])('all is no limit in %s', async (format) => {
    const { stdout, stderr } = await ask('complaints', '--format', format, '--limit', 'all');
    expect(rowsIn(format, stdout)).toBe(complaints);
    expect(stderr).toMatch(/^1,100 rows; /);
  });

  it.each(['table', 'csv', 'ndjson', 'json'])('of a number leaves out the others of %s', async (format) => {
    const { stdout, stderr } = await ask('complaints', '--format', format, '--limit', '7');
    expect(rowsIn(format, stdout)).toBe(7);
    expect(stdout).not.toContain('rows_in_all');
    expect(stderr).toMatch(/^7 rows, 1,093 more: --limit all has them; /);
  });

  it('says that there is no more where there is none', async () => {
    const { stderr } = await ask('complaints', '--limit', String(complaints));
    expect(stderr).toMatch(/^1,100 rows; /);
  });

  it('goes with questions that have no limit by default', async () => {
    const [some, all] = await Promise.all([
      ask('daily', '--limit', '2', '--format', 'csv'),
      ask('daily', '--limit', 'all', '--format', 'csv'),
    ]);
    expect([some.code, rowsIn('csv', some.stdout)]).toEqual([0, 2]);
    expect(some.stderr).toMatch(/^2 rows, 1 more: --limit all has them; /);
    expect([all.code, rowsIn('csv', all.stdout)]).toEqual([0, 3]);
    expect(all.stderr).toMatch(/^3 rows; /);
  });

  it('goes with questions of one row', async () => {
    const { code, stdout, stderr } = await ask('health', '--limit', '5');
    expect([code, rowsIn('ndjson', stdout)]).toEqual([0, 1]);
    expect(stderr).toMatch(/^1 row; /);
  });

  it('of no rows does not say that there are none', async () => {
    const { stdout, stderr } = await ask('complaints', '--limit', '0');
    expect([stdout, stderr]).toEqual(['', expect.stringMatching(/^0 rows, perhaps not all: see --limit; /)]);
  });

  it.each([
    ['trace', ['one']],
    ['rejects', []],
    ['suppress', []],
  ])('all goes with %s as with ask', async (name, args) => {
    const [all, usual] = await Promise.all([
      command(name, ...args, '--limit', 'all'),
      command(name, ...args),
    ]);
    expect([all.code, all.stdout]).toEqual([0, usual.stdout]);
  });

  it('all shows every reject in a table', async () => {
    const { stdout, stderr } = await command('rejects', '--format', 'table', '--limit', 'all');
    expect(stdout.match(/not-json/g)).toHaveLength(150);
    expect(stderr).not.toContain('are shown');
  });

  it.each([
    [[], 1000, '1,000 rows, 100 older left out: --limit all has them; '],
    [['--limit', 'all'], complaints, '1,100 rows; '],
  ])('a timeline in a table with %j has %d steps', async (args, steps, told) => {
    const { stdout, stderr } = await command('trace', 'one', '--format', 'table', ...args);
    expect(rowsIn('table', stdout)).toBe(steps);
    expect(stderr).toContain(told);
  });

  it.each(['some', '-1', '1.5', ''])('%j is refused', async (limit) => {
    const { code, stderr } = await ask('complaints', `--limit=${limit}`);
    expect(code).toBe(2);
    expect(stderr).toContain('write a whole number, 0 or more, or all');
  });
});

describe('--limit with Athena', () => {
  const fixture = new AthenaFixture();
  const started = () =>
    fixture.athena
      .inputs('StartQueryExecution')
      .map(({ QueryString }) => String(QueryString))
      .filter((sql) => !sql.includes('FROM unreadable_lines'));

  /** Asks an Athena that has so many links. */
  function onAthena(...args: string[]) {
    fixture.athena.script = (sql) => ({
      states: succeeded(),
      pages: sql.includes('FROM unreadable_lines')
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
    const place = ['--workgroup', 'w', '--database', 'd', '--region', 'eu-west-1'];
    return run([...args, '--engine', 'athena', ...place, '--endpoint', fixture.athena.endpoint]);
  }

  it('sends no limit for what programs read', async () => {
    await onAthena('ask', 'complaints', '--format', 'csv');
    expect(started()).toEqual([expect.stringMatching(/LIMIT ALL$/)]);
  });

  it('sends the limit of a table, with the count of all rows in the same statement', async () => {
    await onAthena('ask', 'complaints', '--format', 'table');
    expect(started()).toEqual([expect.stringMatching(/count\(\*\) OVER \(\).*LIMIT 100$/s)]);
  });

  it('says how many more there are, without a column of its own', async () => {
    const { stdout, stderr } = await onAthena('ask', 'statuses', '--limit', '1', '--format', 'csv');
    expect(stdout).toBe('status,messages,share\r\nsent,5,0.5\r\n');
    expect(stderr).toMatch(/^1 row, 2 more: --limit all has them\n/);
  });
});
