import { duckdb } from '../../../consumer/archive/dialects/duckdb';
import { trino } from '../../../consumer/archive/dialects/trino';
import type { ParameterName, ParameterValues } from '../../../consumer/queries/questions/parameters';
import {
  parseQuestion,
  type Question,
  questionSql,
  questions,
} from '../../../consumer/queries/questions/question';
import { questionGroups } from '../../../consumer/queries/questions/question-groups';
import { AskedArchive, type Row, rowsOf } from '../asked-archive';

const archive = new AskedArchive();
const named = questions().map((question): [string, Question] => [question.name, question]);

const answer = (question: Question, values: ParameterValues = {}): Promise<Row[]> =>
  archive.ask((engine) => rowsOf(engine, questionSql(question, values, duckdb)));

/** What the engine calls the types of each type of column. */
const engineTypes = {
  text: /^VARCHAR$/,
  header: /^VARCHAR$/,
  raw: /^VARCHAR$/,
  count: /^(BIGINT|HUGEINT)$/,
  share: /^DOUBLE$/,
  milliseconds: /^BIGINT$/,
  hours: /^DOUBLE$/,
  time: /^TIMESTAMP$/,
  day: /^DATE$/,
};

/** Values that nothing in the sample has, and that would be SQL if they were not quoted. */
const hostile = [
  "' OR true --",
  "'; DROP TABLE event_rows; --",
  "\\' OR 1=1 --",
  "''||(SELECT 1)||''",
  '{limit}',
  "{happened} ' {sent}",
  '$1 $& $`',
  '"; SELECT 1; "',
  '/* */',
];

describe.each(named)('the question %s', (name, question) => {
  it('has exactly the columns that it declares, of their types, each with a meaning', async () => {
    await archive.ask(async (engine) => {
      const { columns } = await engine.query(questionSql(question, {}, duckdb));
      expect(columns.map((column) => column.name)).toEqual(question.columns.map((column) => column.name));
      for (const [index, { type, meaning }] of question.columns.entries()) {
        expect(columns[index]?.type).toMatch(engineTypes[type]);
        expect(meaning).toMatch(/\w{3}.*\.$/);
      }
    });
  });

  it('answers the sample in the same order each time', async () => {
    const rows = await answer(question);
    expect(rows.length).toBeGreaterThan(0);
    expect(await answer(question)).toEqual(rows);
  });

  it('has shares from 0 to 1 and counts that are not negative', async () => {
    for (const row of await answer(question)) {
      for (const column of question.columns) {
        const value = row[column.name] ?? 0;
        if (column.type === 'share') expect(value).toBeLessThanOrEqual(1);
        if (['share', 'count', 'milliseconds', 'hours'].includes(column.type))
          expect(value).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it.each(question.parameters)('answers something else with %s', async (parameter) => {
    const all = await answer(question);
    const few = await answer(question, filters[parameter]);
    expect(few).not.toEqual(all);
  });

  it('takes no value for SQL', async () => {
    for (const parameter of question.parameters) {
      const values = (value: string) => textValues(parameter, value);
      const impossible = values('no such name');
      if (impossible === undefined) continue;
      const nothing = await answer(question, impossible);
      for (const value of hostile)
        expect([value, await answer(question, values(value))]).toEqual([value, nothing]);
    }
  });

  it('counts its rows beside the first of them, and leaves the others as they are', async () => {
    const all = await answer(question, { limit: 'all' });
    const [first = {}, ...others] = await archive.ask((engine) =>
      rowsOf(engine, questionSql(question, { limit: 1 }, duckdb, { isCounted: true })),
    );
    expect(first).toEqual({ ...all[0], rows_in_all: all.length });
    expect(others).toEqual([]);
  });

  it('leaves no placeholder in the SQL of either engine', () => {
    for (const dialect of [duckdb, trino]) {
      expect(questionSql(question, {}, dialect)).not.toMatch(/\{[a-z_]+[ }]/);
    }
  });

  it('stands in one group', () => {
    const groups = Object.values(questionGroups).filter((names) => names.includes(name));
    expect(groups).toHaveLength(1);
  });
});

/** Values that take something out of the sample. */
const filters: Readonly<Record<ParameterName, ParameterValues>> = {
  since: { since: new Date('2026-08-06T00:00:00Z') },
  until: { until: new Date('2026-08-05T00:00:00Z') },
  configurationSet: { configurationSet: 'none of them' },
  domain: { domain: 'EXAMPLE.net' },
  tag: { tag: { name: 'campaign', value: 'none of them' } },
  limit: { limit: 0 },
};

/** A value of a parameter that is a text; undefined for the others. */
function textValues(parameter: ParameterName, value: string): ParameterValues | undefined {
  if (parameter === 'configurationSet') return { configurationSet: value };
  if (parameter === 'domain') return { domain: value };
  if (parameter === 'tag') return { tag: { name: value, value } };
  return undefined;
}

describe('a question’s text', () => {
  const text = [
    '-- title: What?',
    '-- description: That.',
    '-- parameters: since, limit',
    '-- time: happened',
    '-- window: when the events happened',
    '-- column: n | count | How many.',
    '',
    'SELECT 1 AS n LIMIT {limit}',
  ].join('\n');

  it('is a head and a query', () => {
    expect(parseQuestion('what', text)).toMatchObject({
      name: 'what',
      title: 'What?',
      parameters: ['since', 'limit'],
      columns: [{ name: 'n', type: 'count', meaning: 'How many.' }],
      body: 'SELECT 1 AS n LIMIT {limit}',
    });
  });

  it.each([
    ['no title', text.replace(/.*title.*\n/, ''), "has 0 lines '-- title: …'"],
    ['an unknown parameter', text.replace('limit\n', 'mood\n'), 'unknown parameter mood'],
    ['an unknown type', text.replace('count', 'number'), 'unknown type number'],
    ['another comment', `${text}\n-- a note`, 'a comment that is no line of its head'],
  ])('with %s is refused', (_, changed, message) => {
    expect(() => parseQuestion('what', changed)).toThrow(message);
  });

  it('with an unknown placeholder is refused', () => {
    const question = parseQuestion('what', text.replace('{limit}', '{mood}'));
    expect(() => questionSql(question, {}, duckdb)).toThrow('unknown {mood}');
  });
});
