import { duckdb } from '../../../consumer/archive/dialects/duckdb';
import { duckdbViews } from '../../../consumer/archive/views/stored-views';
import { views } from '../../../consumer/archive/views/views';
import { viewsRead, withViews } from '../../../consumer/queries/prelude/prelude';
import type { ParameterName, ParameterValues } from '../../../consumer/queries/questions/parameters';
import { type Question, questionSql, questions } from '../../../consumer/queries/questions/question';
import { AskedArchive, rowsOf } from '../asked-archive';

const view = (name: string, sql: string) => ({ name, sql: () => sql });

const few = [
  view('events', 'SELECT * FROM event_lines'),
  view('opens', 'SELECT a, 1 AS clicks FROM events'),
  view('clicks', 'SELECT a FROM events'),
  view('both', 'SELECT a FROM opens JOIN clicks ON true'),
];

const flat = (sql: string) => sql.replaceAll(/\s+/g, ' ');

describe('a query with its views', () => {
  it.each<[sql: string, expected: string]>([
    ['SELECT a FROM elsewhere', 'SELECT a FROM elsewhere'],
    ['SELECT a FROM events', 'WITH events AS (SELECT * FROM event_lines ) SELECT a FROM events'],
    [
      '-- clicks\nSELECT count(*) AS clicks FROM opens',
      '-- clicks WITH events AS (SELECT * FROM event_lines ), opens AS (SELECT a, 1 AS clicks FROM events ) ' +
        'SELECT count(*) AS clicks FROM opens',
    ],
    [
      'with mine AS (SELECT a FROM events) SELECT a FROM mine',
      'WITH events AS (SELECT * FROM event_lines ), mine AS (SELECT a FROM events) SELECT a FROM mine',
    ],
    [
      '/* first */ WITH RECURSIVE mine AS (SELECT a FROM events) SELECT a FROM mine',
      '/* first */ WITH RECURSIVE events AS (SELECT * FROM event_lines ), mine AS (SELECT a FROM events) SELECT a FROM mine',
    ],
  ])('%j', (sql, expected) => {
    expect(flat(withViews(sql, few, duckdb))).toBe(expected);
  });

  it('includes the views that its views read, in order', () => {
    const names = (sql: string) => viewsRead(sql, few, duckdb).map(({ name }) => name);
    expect(names('SELECT a FROM both')).toEqual(['events', 'opens', 'clicks', 'both']);
    expect(names('SELECT a FROM clicks')).toEqual(['events', 'clicks']);
    expect(names('SELECT a FROM mine.clicks')).toEqual([]);
  });

  it('cannot define the name of a view in its WITH', () => {
    const own = 'WITH events AS (SELECT 1 AS a) SELECT a FROM events';
    expect(() => withViews(own, few, duckdb)).toThrow(
      'the query defines events in its WITH, but a view has this name: rename it',
    );
  });
});

const values: Readonly<Required<ParameterValues>> = {
  since: new Date('2026-08-04T12:00:00Z'),
  until: new Date('2026-08-08T00:00:00Z'),
  configurationSet: 'newsletter',
  domain: 'example.com',
  tag: { name: 'campaign', value: 'welcome' },
  tenant: 'shop',
  sourceRegion: 'us-east-1',
  account: '111122223333',
  recipient: '@example.com',
  subject: 'order',
  status: 'delivered',
  outcome: 'delivered',
  tagName: 'campaign',
  by: 'month',
  timezone: 'Asia/Kathmandu',
  limit: 7,
};

/** The parameters of the question: each separately, and all together. */
function valuesFor({ parameters }: Question): ParameterValues[] {
  const one = (name: ParameterName): ParameterValues => ({ [name]: values[name] });
  return [{}, ...parameters.map(one), Object.assign({}, ...parameters.map(one))];
}

describe('every question with its views in WITH', () => {
  const archive = new AskedArchive();
  const all = [...duckdbViews, ...views];

  it.each(questions().map((question) => [question.name, question] as const))(
    '%s has the same answer as over the views',
    async (_, question) => {
      await archive.ask(async (engine) => {
        for (const given of valuesFor(question)) {
          const sql = questionSql(question, given, duckdb);
          const statement = withViews(sql, all, duckdb);
          expect(statement).not.toBe(sql);
          expect(await rowsOf(engine, statement)).toEqual(await rowsOf(engine, sql));
        }
      });
    },
  );
});
