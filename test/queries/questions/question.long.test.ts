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

/** The types of the engine for each type of column. */
const engineTypes = {
  text: /^VARCHAR$/,
  header: /^VARCHAR$/,
  raw: /^VARCHAR$/,
  verdict: /^VARCHAR$/,
  count: /^(BIGINT|HUGEINT)$/,
  share: /^DOUBLE$/,
  milliseconds: /^BIGINT$/,
  hours: /^DOUBLE$/,
  time: /^TIMESTAMP$/,
  day: /^DATE$/,
};

/** Values that are not in the sample, and that would be SQL without quotes. */
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
  it('has exactly the declared columns, with their types and meanings', async () => {
    await archive.ask(async (engine) => {
      const { columns } = await engine.query(questionSql(question, {}, duckdb));
      expect(columns.map((column) => column.name)).toEqual(question.columns.map((column) => column.name));
      for (const [index, { type, meaning }] of question.columns.entries()) {
        expect(columns[index]?.type).toMatch(engineTypes[type]);
        expect(meaning).toMatch(/\w{3}.*\.$/);
      }
    });
  });

  it('has rows for the sample, in the same order each time', async () => {
    const rows = await answer(question);
    expect(rows.length).toBeGreaterThan(0);
    expect(await answer(question)).toEqual(rows);
  });

  it('has shares from 0 to 1, and no negative counts', async () => {
    for (const row of await answer(question)) {
      for (const column of question.columns) {
        const value = row[column.name] ?? 0;
        if (column.type === 'share') expect(value).toBeLessThanOrEqual(1);
        if (['share', 'count', 'milliseconds', 'hours'].includes(column.type))
          expect(value).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it.each(question.parameters)('has another answer with %s', async (parameter) => {
    const all = await answer(question, others[parameter]);
    const few = await answer(question, { ...others[parameter], ...filters[parameter] });
    expect(few).not.toEqual(all);
  });

  it('never interprets a value as SQL', async () => {
    for (const parameter of question.parameters) {
      const values = (value: string) => textValues(parameter, value);
      const impossible = values('no such name');
      if (impossible === undefined) continue;
      const nothing = await answer(question, impossible);
      for (const value of hostile)
        expect([value, await answer(question, values(value))]).toEqual([value, nothing]);
    }
  });

  it('adds the number of all rows to the first row', async () => {
    const all = await answer(question, { limit: 'all' });
    const [first = {}, ...others] = await archive.ask((engine) =>
      rowsOf(engine, questionSql(question, { limit: 1 }, duckdb, { isCounted: true })),
    );
    expect(first).toEqual({ ...all[0], rows_in_all: all.length });
    expect(others).toEqual([]);
  });

  it('replaces all placeholders in the SQL of both engines', () => {
    for (const dialect of [duckdb, trino]) {
      expect(questionSql(question, {}, dialect)).not.toMatch(/\{[a-zA-Z_]+[ }]/);
    }
  });

  it('is in one group', () => {
    const groups = Object.values(questionGroups).filter((names) => names.includes(name));
    expect(groups).toHaveLength(1);
  });
});

/** Values that exclude rows of the sample. */
const filters: Readonly<Record<ParameterName, ParameterValues>> = {
  since: { since: new Date('2026-08-10T00:00:00Z') },
  until: { until: new Date('2026-08-05T00:00:00Z') },
  configurationSet: { configurationSet: 'none of them' },
  domain: { domain: 'EXAMPLE.net' },
  tag: { tag: { name: 'campaign', value: 'none of them' } },
  tenant: { tenant: 'none of them' },
  sourceRegion: { sourceRegion: 'none of them' },
  account: { account: 'none of them' },
  recipient: { recipient: 'none of them' },
  subject: { subject: 'none of them' },
  status: { status: 'suppressed' },
  outcome: { outcome: 'suppressed' },
  tagName: { tagName: 'none of them' },
  by: { by: 'month' },
  timezone: { timezone: 'Pacific/Honolulu' },
  limit: { limit: 0 },
};

/** Other values that a parameter requires to have an effect on the sample, whose days have mail in the mornings. */
const others: Readonly<Partial<Record<ParameterName, ParameterValues>>> = {
  since: { limit: 'all' },
  timezone: { by: 'day' },
};

/** A value of a text parameter; undefined for other parameters. */
function textValues(parameter: ParameterName, value: string): ParameterValues | undefined {
  if (parameter === 'configurationSet') return { configurationSet: value };
  if (parameter === 'domain') return { domain: value };
  if (parameter === 'tenant') return { tenant: value };
  if (parameter === 'sourceRegion') return { sourceRegion: value };
  if (parameter === 'account') return { account: value };
  if (parameter === 'recipient') return { recipient: value };
  if (parameter === 'subject') return { subject: value };
  if (parameter === 'tagName') return { tagName: value };
  if (parameter === 'tag') return { tag: { name: value, value } };
  return undefined;
}

describe('the text of a question', () => {
  const text = [
    '-- title: Count',
    '-- description: An example.',
    '-- parameters: since, limit',
    '-- time: happened',
    '-- window: by event time',
    '-- column: n | count | The count.',
    '',
    'SELECT 1 AS n LIMIT {limit}',
  ].join('\n');

  it('consists of a head and a query', () => {
    expect(parseQuestion('what', text)).toMatchObject({
      name: 'what',
      title: 'Count',
      parameters: ['since', 'limit'],
      columns: [{ name: 'n', type: 'count', meaning: 'The count.' }],
      body: 'SELECT 1 AS n LIMIT {limit}',
    });
  });

  it.each([
    ['no title', text.replace(/.*title.*\n/, ''), "has 0 lines '-- title: …'"],
    ['an unknown parameter', text.replace('limit\n', 'mood\n'), 'unknown parameter mood'],
    ['an unknown type', text.replace('count', 'number'), 'unknown type number'],
    ['another comment', `${text}\n-- a note`, 'a comment that is not a line of its head'],
  ])('with %s is invalid', (_, changed, message) => {
    expect(() => parseQuestion('what', changed)).toThrow(message);
  });

  it('with an unknown macro is invalid', () => {
    const question = parseQuestion('what', text.replace('SELECT 1', 'SELECT {mood 1}'));
    expect(() => questionSql(question, {}, duckdb)).toThrow(
      'unknown macro {mood 1}: use one of milliseconds',
    );
  });

  it('with an unknown placeholder is invalid', () => {
    const question = parseQuestion('what', text.replace('{limit}', '{mood}'));
    expect(() => questionSql(question, {}, duckdb)).toThrow('unknown {mood}');
  });
});
