import { columns as storedColumns } from '../../../consumer/archive/store/columns';
import { pageAddress } from '../../../consumer/pages/page-address';
import { lineTables } from '../../../consumer/queries/lines/line-tables';
import { catalogViews } from '../../../consumer/queries/views/athena-views';
import { AthenaFixture } from '../../queries/engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../../queries/engines/athena/fake-athena';
import { csvRecords } from '../csv-records';
import { run } from '../run-command';

const fixture = new AthenaFixture();

const isCount = (sql: string) => sql.startsWith('SELECT coalesce(sum(lines)');
const counts = (lines: string, objects: string) =>
  pagesOf(
    [
      ['lines', 'bigint'],
      ['objects', 'bigint'],
    ],
    [[lines, objects]],
  );

/** Runs the command against the fake Athena. Only the lines are read, unless the arguments name another source. */
function onAthena(...args: string[]) {
  const place = ['--workgroup', 'email-events', '--database', 'email_events', '--region', 'eu-west-1'];
  const source = args.includes('--source') ? [] : ['--source', 'lines'];
  const engine = ['--engine', 'athena', ...place, ...source, '--endpoint', fixture.athena.endpoint];
  return run([...args, ...engine]);
}

const started = () =>
  fixture.athena.inputs('StartQueryExecution').map(({ QueryString }) => String(QueryString));

describe('ask with Athena', () => {
  const answer = pagesOf(
    [
      ['event_type', 'varchar'],
      ['events', 'bigint'],
    ],
    [['Bounce \u001b[2J', '12']],
  );

  it('writes the answer, and below it the unreadable lines and the cost', async () => {
    fixture.athena.script = (sql) => ({
      states: succeeded(2 ** 30),
      pages: isCount(sql) ? counts('3', '2') : answer,
    });
    const { code, stdout, stderr } = await onAthena('ask', 'kinds', '--since', '2026-03-02');
    expect(JSON.parse(stdout)).toMatchObject({ event_type: 'Bounce \u001b[2J' });
    expect(stderr).toBe(
      `1 row; Athena cannot read 3 lines in 2 objects: see ${pageAddress('athena', 'what-athena-cannot-read')}\n` +
        'scanned 2.0 GiB, about 0.01 USD at 5 USD per TB\n',
    );
    expect(code).toBe(0);
    expect(started()).toHaveLength(2);
    for (const sql of started()) expect(sql).toContain("event_lines WHERE dt >= '2026-03-01'");
  });

  it('omits the note when all lines were read, and escapes control characters in a table', async () => {
    fixture.athena.script = (sql) => ({
      states: succeeded(),
      pages: isCount(sql) ? counts('0', '0') : answer,
    });
    const { stdout, stderr } = await onAthena('ask', 'kinds', '--format', 'table');
    expect(stdout).toContain('Bounce \\u001b[2J');
    expect(stderr).toBe('1 row\nscanned 0 B, less than 0.01 USD at 5 USD per TB\n');
  });

  it.each([
    ['ask', 'kinds'],
    ['trace', 'a'],
    ['query', 'SELECT * FROM events'],
  ])('%s prints both statements of a dry run and sends nothing', async (...args) => {
    const { code, stdout } = await onAthena(...args, '--since', '2026-03-02', '--dry-run');
    expect(stdout).toMatch(/^-- Answer\n(?:WITH|SELECT) /);
    expect(stdout).toContain(
      '\n-- Count of the lines that Athena cannot read\nSELECT coalesce(sum(lines), 0)',
    );
    expect(stdout).toContain("event_lines WHERE dt >= '2026-03-01'");
    expect(stdout).toMatch(/\n-- scans the partitions with dt >= '2026-03-01'\n$/);
    expect([code, started()]).toEqual([0, []]);
  });

  it.each([
    [['ask', 'kinds', '--format', 'parquet', '--output', 'a'], 2, '--format parquet requires an archive'],
    [['query', 'DROP VIEW events'], 1, 'a query can only read'],
    [['query', 'SELECT $a'], 1, 'the query has no value for $a: add -p a=VALUE'],
  ])('refuses %j', async (args, expected, message) => {
    const { code, stderr } = await onAthena(...args);
    expect([code, started()]).toEqual([expected, []]);
    expect(stderr).toContain(message);
  });

  it.each([
    ['query', 'SELECT 1', '--since', '2026-03-02'],
    ['query', 'SELECT 1', '--until', '2026-03-02'],
    ['ask', 'kinds', '--workgroup', 'a'],
  ])('is required by %j %j %j', async (...args) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: (--[a-z-]+) requires --engine athena\ntry: ses-events .* --engine athena \1 /,
    );
  });

  it('fails with the reason from Athena', async () => {
    fixture.athena.script = () => ({
      states: [{ Status: { State: 'FAILED', StateChangeReason: 'NOT_SUPPORTED: no' } }],
    });
    const { code, stdout, stderr } = await onAthena('ask', 'kinds');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^(scanned .*\n)?error: .*NOT_SUPPORTED: no/);
  });
});

describe('query with Athena', () => {
  it('runs a query with its values', async () => {
    fixture.athena.script = (sql) => ({
      states: succeeded(),
      pages: isCount(sql) ? counts('0', '0') : pagesOf([['n', 'bigint']], [['5']]),
    });
    const { stdout } = await onAthena(
      'query',
      'SELECT count(*) AS n FROM opens WHERE link = $l',
      '-p',
      'l=a',
    );
    expect(stdout).toBe('{"n":5}\n');
    expect(started().filter((sql) => sql.endsWith("WHERE link = 'a'"))).toHaveLength(1);
  });

  it('lists the views and their columns without a request', async () => {
    const [views, columns] = await Promise.all([
      onAthena('query', '-f', 'csv'),
      onAthena('query', '--columns', 'recipients', '-f', 'csv'),
    ]);
    const catalog = catalogViews(lineTables);
    expect(csvRecords(views.stdout).slice(1)).toEqual(catalog.map(({ name, meaning }) => [name, meaning]));
    const recipients = catalog.find(({ name }) => name === 'recipients');
    expect(
      csvRecords(columns.stdout)
        .slice(1)
        .map(([name, type]) => ({ name, type })),
    ).toEqual(recipients?.columns);
    expect(started()).toEqual([]);
  });
});

describe('trace with Athena', () => {
  const columns = [
    ...storedColumns.map(({ name, type }) => [name, type === 'timestamp' ? 'timestamp' : 'varchar'] as const),
    ...(['machine_reason', 'outcome', 'places'] as const).map((name) => [name, 'varchar'] as const),
  ];

  /** Returns a row of a Send event, as Athena writes it. */
  function sendRow(values: Readonly<Record<string, string>>): (string | null)[] {
    const row: Readonly<Record<string, string>> = {
      ...{ event_type: 'Send', record_type: 'Send', origin: 'event-publishing', message_id: 'a' },
      ...{ event_time: '2026-03-04 05:06:07.000', mail_timestamp: '2026-03-04 05:06:07.000' },
      ...{ destination: '["a@example.com"]', outcome: 'sent', places: '{"s3://b/k":1}' },
      ...values,
    };
    return columns.map(([name]) => row[name] ?? null);
  }

  it('reports that nothing was found', async () => {
    fixture.athena.script = (sql) => ({
      states: succeeded(),
      pages: isCount(sql) ? counts('0', '0') : pagesOf(columns, []),
    });
    const { code, stdout, stderr } = await onAthena('trace', 'a@example.com');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toBe(
      'no events of "a@example.com" in the scanned partitions: check the spelling, --since and --until\n0 rows\nscanned 0 B, less than 0.01 USD at 5 USD per TB\n',
    );
    for (const sql of started().filter((text) => !isCount(text)))
      expect(sql).toContain("FROM recipients WHERE address = 'a@example.com'");
  });

  it('queries the meaning of bounces only when there are any', async () => {
    const row = sendRow({ event_id: '1' });
    fixture.athena.script = (sql) => ({
      states: succeeded(),
      pages: isCount(sql) ? counts('0', '0') : pagesOf(columns, [row]),
    });
    const { stdout } = await onAthena('trace', 'a', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject([
      { time: '2026-03-04T05:06:07.000Z', what: 'accepted by SES', event_id: '1', places: ['s3://b/k'] },
    ]);
    expect(started()).toHaveLength(2);
  });

  it('names a message by the subject of any of its events', async () => {
    const rows = [sendRow({ event_id: '1' }), sendRow({ event_id: '2', subject: 'your order' })];
    fixture.athena.script = (sql) => ({
      states: succeeded(),
      pages: isCount(sql) ? counts('0', '0') : pagesOf(columns, rows),
    });
    const { stdout } = await onAthena('trace', 'a', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject([{ subject: 'your order' }, { subject: 'your order' }]);
  });
});
