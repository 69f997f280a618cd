import { existsSync, readdirSync } from 'node:fs';
import { ArchiveError, ask, QueryError, type QuestionName, questions } from '../../../consumer/queries';
import type { AnswerType } from '../../../consumer/queries/questions/question';
import { run } from '../../cli/run-command';
import { AskedArchive } from '../asked-archive';
import { AthenaFixture } from '../engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../engines/athena/fake-athena';

const archive = new AskedArchive();

/** The names of all questions, which the types name too. */
const names = questions().map(({ name }) => name as QuestionName); // generated from the same files

/** Whether a value has the type that the generated rows give to a column. */
const isOfType: Readonly<Record<AnswerType, (value: unknown) => boolean>> = {
  text: (value) => value === null || typeof value === 'string',
  header: (value) => value === null || typeof value === 'string',
  raw: (value) => value === null || typeof value === 'string',
  verdict: (value) => value === null || ['ok', 'review', 'danger'].includes(String(value)),
  count: (value) => Number.isSafeInteger(value),
  share: (value) => value === null || (typeof value === 'number' && value >= 0 && value <= 1),
  milliseconds: (value) => value === null || typeof value === 'number',
  hours: (value) => value === null || typeof value === 'number',
  time: (value) => value === null || value instanceof Date,
  day: (value) => value === null || /^\d{4}-\d\d-\d\d$/.test(String(value)),
};

describe('ask, for each question', () => {
  it.each(names)('%s returns the rows of the command, with the types that are generated', async (name) => {
    const columns = questions().find((question) => question.name === name)?.columns ?? [];
    const rows: Record<string, unknown>[] = await ask(archive.path, name).all();
    for (const row of rows) expect(Object.keys(row)).toEqual(columns.map((column) => column.name));
    const wrong = rows.flatMap((row) =>
      columns.flatMap((column) =>
        isOfType[column.type](row[column.name]) ? [] : [[column.name, column.type, row[column.name]]],
      ),
    );
    expect(wrong).toEqual([]);
    const { stdout } = await run(['ask', name, '--archive', archive.path, '--format', 'json']);
    expect(JSON.parse(JSON.stringify(rows))).toEqual(JSON.parse(stdout));
  });
});

describe('ask', () => {
  it('takes the parameters of the question', async () => {
    const since = new Date('2027-01-01');
    const [all] = await ask(archive.path, 'health').all();
    const [later] = await ask(archive.path, 'health', { since }).all();
    expect([all?.sent === 0, later?.sent]).toEqual([false, 0]);
  });

  it('takes a limit, and has none by default', async () => {
    expect(await ask(archive.path, 'senders', { limit: 1 }).all()).toHaveLength(1);
    const complaints = await ask(archive.path, 'missing').all();
    expect(complaints).toEqual(await ask(archive.path, 'missing', { limit: 'all' }).all());
  });

  it('has the days of a time zone, in UTC by default', async () => {
    const days = async (timezone?: string) =>
      (await ask(archive.path, 'trend', { by: 'day', timezone }).all()).map(({ period, sent }) => [
        period,
        sent,
      ]);
    const { stdout } = await run([
      'ask',
      'trend',
      '--archive',
      archive.path,
      '--by',
      'day',
      '--timezone',
      'Pacific/Honolulu',
    ]);
    const honolulu = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown[] => {
        const { period, sent } = JSON.parse(line);
        return [period, sent];
      });
    expect(await days('Pacific/Honolulu')).toEqual(honolulu);
    expect(await days('UTC')).toEqual(await days());
    expect(await days()).not.toEqual(honolulu);
  });

  it('lists the time zone in the parameters of the questions with days', () => {
    const withZone = questions().filter(({ parameters }) => parameters.includes('timezone'));
    const withDays = questions().filter(({ columns }) => columns.some(({ type }) => type === 'day'));
    expect(withZone).toEqual(withDays);
    expect(withZone.map(({ name }) => name)).toEqual(['daily', 'missing', 'trend']);
  });

  it('asks again each time that its rows are read', async () => {
    const rows = ask(archive.path, 'kinds');
    expect(await rows.all()).toEqual(await rows.all());
  });

  it('closes the archive when the caller stops reading', async () => {
    for await (const _ of ask(archive.path, 'kinds')) break;
    expect(readdirSync(archive.folder).filter((name) => name.includes('reading'))).toEqual([]);
    expect(existsSync(archive.path)).toBe(true);
  });

  it.each([
    ['xyzzy', {}, 'there is no question "xyzzy". The questions are bounces, campaigns'],
    ['helth', {}, 'there is no question "helth", did you mean health? The questions are bounces, campaigns'],
    ['health', { timezone: 'Europe/Berlin' }, 'the question health does not take timezone: it takes since'],
    ['daily', { timezone: 'Berlin' }, 'there is no time zone "Berlin", did you mean Europe/Berlin?'],
    ['trend', { timezone: "UTC' OR true --" }, 'there is no time zone "UTC\' OR true --": Use UTC'],
    ['health', { domain: 'a.example' }, 'the question health does not take domain: it takes since'],
  ])('refuses %s with %j at once', (name, options, message) => {
    const untyped = ask as (...args: unknown[]) => unknown;
    expect(() => untyped(archive.path, name, options)).toThrow(QueryError);
    expect(() => untyped(archive.path, name, options)).toThrow(message);
  });

  it('explains an empty answer by the name that does not exist', async () => {
    const rows = ask(archive.path, 'health', { configurationSet: 'nope' });
    await expect(rows.all()).rejects.toThrow(
      'there is no configuration set "nope" in this archive; existing: ',
    );
  });

  it('refuses an archive that does not exist, when its rows are read', async () => {
    await expect(ask('nowhere.duckdb', 'health').all()).rejects.toThrow(ArchiveError);
  });
});

describe('ask with Athena', () => {
  const fixture = new AthenaFixture();
  const source = () => ({
    workgroup: 'email-events',
    database: 'email_events',
    region: 'eu-west-1',
    endpoint: fixture.athena.endpoint,
    source: 'lines' as const,
  });
  const counted = (lines: string) =>
    pagesOf(
      [
        ['lines', 'bigint'],
        ['objects', 'bigint'],
      ],
      [[lines, '1']],
    );
  const answer = pagesOf(
    [
      ['event_type', 'varchar'],
      ['events', 'bigint'],
    ],
    [['Bounce', '12']],
  );

  it.each([
    ['0', []],
    ['3', [[{ lines: 3, objects: 1 }]]],
  ])('returns rows, and reports %s lines that it could not read', async (lines, reported) => {
    fixture.athena.script = (sql) => ({
      states: succeeded(),
      pages: sql.startsWith('SELECT coalesce(sum(lines)') ? counted(lines) : answer,
    });
    const onUnreadable = jest.fn();
    const since = new Date('2026-03-02');
    expect(await ask(source(), 'kinds', { since, onUnreadable }).all()).toEqual([
      { event_type: 'Bounce', events: 12 },
    ]);
    expect(onUnreadable.mock.calls).toEqual(reported);
    for (const { QueryString } of fixture.athena.inputs('StartQueryExecution'))
      expect(QueryString).toContain("event_lines WHERE dt >= '2026-03-01'");
  });

  it.each([
    ['an unknown name in the bucket is refused', {}, 3, /configuration set "nope" in the bucket/],
    ['an unknown name in some partitions is not searched', { since: new Date() }, 2, undefined],
  ])('of an empty answer, %s', async (_, window, statements, message) => {
    const names = pagesOf(
      [
        ['name', 'varchar'],
        ['is_shared', 'boolean'],
      ],
      [],
    );
    fixture.athena.script = (sql) => ({
      states: succeeded(),
      pages: sql.startsWith('SELECT coalesce(sum(lines)') ? counted('0') : names,
    });
    const rows = ask(source(), 'kinds', { ...window, configurationSet: 'nope' }).all();
    await (message === undefined ? expect(rows).resolves.toEqual([]) : expect(rows).rejects.toThrow(message));
    expect(fixture.athena.inputs('StartQueryExecution')).toHaveLength(statements);
  });
});
