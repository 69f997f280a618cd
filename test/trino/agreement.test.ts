import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dialect } from '../../consumer/archive/dialects/dialect';
import { duckdb } from '../../consumer/archive/dialects/duckdb';
import { trino as trinoDialect } from '../../consumer/archive/dialects/trino';
import { readArchive } from '../../consumer/archive/file/read-archive';
import { ingest } from '../../consumer/archive/ingest/ingest';
import { fieldColumns } from '../../consumer/archive/store/columns';
import { prepare } from '../../consumer/queries/engines/session-views';
import type { ParameterValues } from '../../consumer/queries/questions/parameters';
import { questionSql, questions } from '../../consumer/queries/questions/question';
import { writeObjects } from './agreement-objects';
import { describeWithTrino } from './describe-with-trino';
import { columnsOfView, emittedViews, putView } from './glue-views';
import { createLineTables } from './line-tables';
import { copyReadable } from './readable-lines';
import { Trino } from './trino';

/** Converts a value to a form that both engines have: times as ISO 8601, numbers to nine digits. */
function comparable(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(9));
  if (Array.isArray(value)) return value.map(comparable);
  // A lone surrogate is not a character, and DuckDB does not keep NUL: U+FFFD or a question mark replaces them.
  if (typeof value === 'string' && /[\ufffd\0]/.test(value)) return value.replace(/[\ufffd\0]/g, '?');
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(value))
    return `${value.replace(' ', 'T')}Z`;
  return value;
}

const glueViews = emittedViews();

const parameters: ParameterValues = {
  since: new Date('2026-08-04T12:00:00Z'),
  until: new Date('2026-08-06T00:00:00Z'),
  configurationSet: 'marketing',
  domain: 'Example.org',
  tag: { name: 'ses:configuration-set', value: 'marketing' },
  sourceRegion: 'us-east-1',
  account: '111122223333',
  recipient: '@EXAMPLE.org',
  subject: 'New THIS week',
  timezone: 'Australia/Lord_Howe',
  limit: 7,
};

/** Moments around changes of clocks, with zones of whole, half and quarter hours. */
const moments = [
  '2026-03-08 06:59:59.999',
  '2026-03-08 07:00:00.000',
  '2026-03-29 00:59:59.999',
  '2026-03-29 01:00:00.000',
  '2026-04-04 14:59:59.999',
  '2026-04-04 15:00:00.000',
  '2026-10-03 15:29:59.999',
  '2026-10-03 15:30:00.000',
  '2026-10-25 00:59:59.999',
  '2026-10-25 01:00:00.000',
  '2026-11-01 05:59:59.999',
  '2026-11-01 06:00:00.000',
];
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Katmandu',
  'America/Bogota',
  'Etc/GMT+5',
  'Europe/Kyiv',
];

describeWithTrino('the questions on Trino and on DuckDB', () => {
  let folder = '';
  let archive = '';
  let unreadable = 0;
  let trino: Trino | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ses-events-agreement-'));
    mkdirSync(join(folder, 'metastore'));
    writeObjects(join(folder, 'objects'));
    unreadable = copyReadable(join(folder, 'objects'), join(folder, 'readable'));
    archive = join(folder, 'archive.duckdb');
    await ingest(join(folder, 'readable'), { archive });
    trino = await Trino.start(folder);
    await createLineTables(trino, 'objects');
    for (const view of glueViews) putView(trino, view);
  });

  afterAll(async () => {
    await trino?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function onTrino(sql: string): Promise<unknown[][]> {
    const result = await trino?.query(sql);
    return (result?.rows ?? []).map((row) => row.map(comparable));
  }

  async function onDuckDb(sql: string): Promise<unknown[][]> {
    return readArchive(archive, {}, async (database) => {
      await prepare(database);
      const rows = await database.rows(sql);
      return rows.map((row) => Object.values(row).map(comparable));
    });
  }

  it.each(glueViews.map((view) => [view.name, view] as const))(
    'have the view %s of the catalog, with the columns of its query',
    async (_, view) => {
      if (trino === undefined) throw new Error('the server was not started');
      const { columns } = view.definition;
      expect(await columnsOfView(trino, view)).toEqual({ catalog: columns, query: columns });
    },
  );

  it('read the same events, column by column', async () => {
    const names = [
      'event_id',
      'event_type',
      'record_type',
      'origin',
      ...fieldColumns.map(({ name }) => name),
    ];
    const sql = `SELECT ${names.join(', ')} FROM events ORDER BY event_id`;
    const isJson = new Set<string>(fieldColumns.flatMap(({ name, type }) => (type === 'json' ? [name] : [])));
    const rows = (found: unknown[][]) =>
      found.map((row) =>
        Object.fromEntries(
          row.map((value, index) => {
            const name = names[index] ?? '';
            return [name, isJson.has(name) && value !== null ? JSON.parse(String(value)) : value];
          }),
        ),
      );
    const [theirs, ours] = await Promise.all([onTrino(sql), onDuckDb(sql)]);
    expect(rows(theirs)).toEqual(rows(ours));
    expect(ours.length).toBeGreaterThan(2000);
  });

  it('report exactly the unreadable lines', async () => {
    expect(await onTrino('SELECT sum(occurrences) FROM unreadable_lines')).toEqual([[unreadable]]);
    expect(unreadable).toBeGreaterThan(0);
  });

  it('list more days than the maximum of a Trino sequence, including the last day', async () => {
    const list = ({ times }: Dialect) => `
      SELECT count(DISTINCT moment), min(moment), max(moment)
      FROM (
        SELECT ${times('first_at', 'last_at', "INTERVAL '1' DAY")} AS moments
        FROM (SELECT TIMESTAMP '1900-01-01 00:00:00.000' AS first_at, TIMESTAMP '2026-03-01 00:00:00.000' AS last_at) span
      ) lists
      CROSS JOIN UNNEST(moments) AS spread (moment)`;
    const theirs = await onTrino(list(trinoDialect));
    expect(theirs).toEqual(await onDuckDb(list(duckdb)));
    expect(theirs).toEqual([[46_081, '1900-01-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z']]);
  });

  it.each(zones)('have the same local times in %s', async (zone) => {
    const local = ({ localTime }: Dialect) => `
      SELECT time, ${localTime('time', zone)}
      FROM (VALUES ${moments.map((moment) => `(TIMESTAMP '${moment}')`).join(', ')}) AS times (time)
      ORDER BY 1`;
    const theirs = await onTrino(local(trinoDialect));
    expect(theirs).toEqual(await onDuckDb(local(duckdb)));
    expect(theirs).toHaveLength(moments.length);
  });

  const named = questions().map((question) => [question.name, question] as const);

  it.each(named)('agree on %s', async (_, question) => {
    const theirs = await onTrino(questionSql(question, {}, trinoDialect));
    const ours = await onDuckDb(questionSql(question, {}, duckdb));
    expect(theirs).toEqual(
      ours.map((row) => row.map((value, index) => day(value, question.columns[index]?.type))),
    );
  });

  describe('with parameters', () => {
    // The lines were tested above. The events are stored in a table, so that each question does not parse the lines.
    beforeAll(async () => {
      await trino?.query('CREATE TABLE kept_events AS SELECT * FROM events');
      await trino?.query('CREATE OR REPLACE VIEW events AS SELECT * FROM kept_events');
    });

    it.each(named)('agree on %s', async (_, question) => {
      const taken = Object.fromEntries(question.parameters.map((name) => [name, parameters[name]]));
      const theirs = await onTrino(questionSql(question, taken, trinoDialect));
      const ours = await onDuckDb(questionSql(question, taken, duckdb));
      expect(theirs).toEqual(
        ours.map((row) => row.map((value, index) => day(value, question.columns[index]?.type))),
      );
    });

    it.each(named.filter(([, { parameters: names }]) => names.includes('tenant')))(
      'agree on %s of a tenant',
      async (_, question) => {
        const theirs = await onTrino(questionSql(question, { tenant: 'shop' }, trinoDialect));
        const ours = await onDuckDb(questionSql(question, { tenant: 'shop' }, duckdb));
        expect(theirs).toEqual(
          ours.map((row) => row.map((value, index) => day(value, question.columns[index]?.type))),
        );
      },
    );

    it.each<ParameterValues>([
      { recipient: 'zoe@example.com' },
      { recipient: 'Old.Name@EXAMPLE.org' },
      { subject: 'GRÜSSE' },
      { subject: '%' },
      { status: 'bounced', limit: 3 },
      { status: 'opened', recipient: '@example.org', until: new Date('2026-08-06T00:00:00Z') },
      { limit: 5 },
    ])('agree on the messages with %j, and on their number', async (values) => {
      const question = questions().find(({ name }) => name === 'messages');
      if (question === undefined) throw new Error('there is no question messages');
      const sql = (dialect: Dialect) => questionSql(question, values, dialect, { isCounted: true });
      expect(await onTrino(sql(trinoDialect))).toEqual(await onDuckDb(sql(duckdb)));
    });

    it.each(named)('agree on the number of rows of %s, and on all rows', async (_, question) => {
      const first = (dialect: Dialect) => questionSql(question, { limit: 1 }, dialect, { isCounted: true });
      const theirs = await onTrino(questionSql(question, { limit: 'all' }, trinoDialect));
      const [[...counted] = []] = await onTrino(first(trinoDialect));
      expect(counted.at(-1)).toBe(theirs.length);
      expect([counted]).toEqual(
        (await onDuckDb(first(duckdb))).map((row) =>
          row.map((value, index) => day(value, question.columns[index]?.type)),
        ),
      );
    });
  });
});

/** Converts a day, which DuckDB's client returns as a time. */
function day(value: unknown, type: string | undefined): unknown {
  return type === 'day' && typeof value === 'string' ? value.slice(0, 10) : value;
}
