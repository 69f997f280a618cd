import fc from 'fast-check';
import { trino } from '../../../../consumer/archive/dialects/trino';
import {
  athenaStatement,
  longestStatement,
  queryStatements,
  questionStatements,
} from '../../../../consumer/queries/engines/athena/statements';
import { lineTables } from '../../../../consumer/queries/lines/line-tables';
import { namedTables } from '../../../../consumer/queries/prelude/named-tables';
import { questions } from '../../../../consumer/queries/questions/question';
import { catalogViews } from '../../../../consumer/queries/views/athena-views';

const since = new Date('2026-08-04T00:00:00Z');
const until = new Date('2026-08-06T00:00:00Z');

/** Returns the conditions of a statement on the two tables, for all mentions. */
function conditions(statement: string): Set<string> {
  const mentions = statement.matchAll(
    /FROM (?:event_lines|error_lines) WHERE (true\b|dt[^)\n]*?)(?=\s*(?:\)|\n|UNION))/g,
  );
  return new Set([...mentions].map(([, condition = '']) => condition));
}

const mentions = (statement: string) => statement.match(/\b(event|error)_lines\b/g)?.length ?? 0;
const filtered = (statement: string) =>
  statement.match(/\b(event|error)_lines WHERE (true|dt)\b/g)?.length ?? 0;

const byName = (name: string) => {
  const found = questions().find((question) => question.name === name);
  if (found === undefined) throw new Error(`there is no question ${name}`);
  return found;
};

/** Only the lines are read. */
const lines = { source: 'lines' } as const;

const names = new Set(catalogViews(lineTables).map(({ name }) => name));

describe('the statements of a question', () => {
  it.each(questions().map((question) => [question.name, question] as const))(
    '%s reads only the tables of lines, and only the partitions of its time range',
    (_, question) => {
      const { answer, unreadable } = questionStatements(question, { since, until }, lines);
      for (const statement of [answer, unreadable]) {
        expect(Buffer.byteLength(statement)).toBeLessThan(longestStatement / 4);
        expect(namedTables(statement)).toContain('event_lines');
        expect(filtered(statement)).toBe(mentions(statement));
        const upper = question.time === 'happened' ? " AND dt <= '2026-08-09'" : '';
        expect(conditions(statement)).toEqual(new Set([`dt >= '2026-08-03'${upper}`]));
      }
    },
  );

  it('read all partitions without a time range', () => {
    const { answer, unreadable } = questionStatements(byName('health'), {}, lines);
    expect(conditions(answer)).toEqual(new Set(['true']));
    expect(conditions(unreadable)).toEqual(new Set(['true']));
  });

  it('look ahead by the given number of days', () => {
    const { answer, unreadable } = questionStatements(byName('health'), { since, until }, lines, {
      lookAhead: 10,
    });
    for (const statement of [answer, unreadable])
      expect(conditions(statement)).toEqual(new Set(["dt >= '2026-08-03' AND dt <= '2026-08-16'"]));
  });

  it('contain only the views that they read', () => {
    const { answer, unreadable } = questionStatements(byName('kinds'), {}, lines);
    expect(answer).toMatch(/^WITH events AS/);
    expect(answer).not.toContain('recipients AS (');
    expect(answer).not.toContain('messages AS (');
    expect(questionStatements(byName('health'), {}, lines).answer).toContain('recipients AS (');
    expect(unreadable).not.toMatch(/\bAS \(\s*SELECT/);
  });

  it('contain the values of parameters as text literals', () => {
    const { answer } = questionStatements(byName('kinds'), { configurationSet: "a' OR 'a' = 'a" }, lines);
    expect(answer).toContain("configuration_set = 'a'' OR ''a'' = ''a'");
  });
});

describe('a statement', () => {
  it('that is too long for Athena is rejected before it is sent', () => {
    const sql = `SELECT 'é${'a'.repeat(longestStatement)}' AS text`;
    expect(() => athenaStatement(sql, lines)).toThrow(
      `the query has ${longestStatement + 19} bytes, including its views, and Athena accepts at most ${longestStatement}: shorten the query`,
    );
  });
});

describe('the statements of a query', () => {
  it('contain the views, the values, and the partitions of its time range', () => {
    const { answer, unreadable } = queryStatements(
      'SELECT count(*) FROM opens WHERE message_id = $id;\n',
      { id: "it's" },
      lines,
      { time: 'happened', since, until },
    );
    expect(answer).toMatch(/^WITH events AS/);
    expect(answer).toMatch(/SELECT count\(\*\) FROM opens WHERE message_id = 'it''s'$/);
    for (const statement of [answer, unreadable])
      expect(conditions(statement)).toEqual(new Set(["dt >= '2026-08-03' AND dt <= '2026-08-09'"]));
  });

  it.each([
    'SELECT 1',
    'with a AS (SELECT 1) SELECT * FROM a',
    '(SELECT 1) UNION SELECT 2',
    'VALUES 1',
    'TABLE events',
    '-- why\n/* and\nhow */ SELECT 1',
  ])('are created for a query that only reads: %s', (sql) => {
    expect(queryStatements(sql, {}, lines).answer).toContain(sql);
  });

  it.each([
    '',
    'INSERT INTO events SELECT 1',
    'CREATE TABLE a AS SELECT 1',
    'DROP VIEW events',
    "UNLOAD (SELECT 1) TO 's3://bucket/' WITH (format = 'JSON')",
    'EXPLAIN ANALYZE DELETE FROM events',
    '-- SELECT\nMSCK REPAIR TABLE event_lines',
    'SELECTED',
  ])('are not created for another statement: %s', (sql) => {
    expect(() => queryStatements(sql, {}, lines)).toThrow(
      'a query can only read: start it with SELECT, WITH, VALUES or TABLE',
    );
  });
});

/** Returns the statement of a query that reads no view. */
const bind = (sql: string, values: Record<string, string>) => queryStatements(sql, values, lines).answer;

describe('parameters of a query', () => {
  it.each([
    ['SELECT $a, $b', "SELECT 'x', 'it''s'"],
    ['SELECT $a || $a, $b', "SELECT 'x' || 'x', 'it''s'"],
    [`SELECT '$b', "$b", $a, $b -- $c\n/* $d */`, `SELECT '$b', "$b", 'x', 'it''s' -- $c\n/* $d */`],
    ["SELECT 'it''s $c', $a, $b", "SELECT 'it''s $c', 'x', 'it''s'"],
  ])('are replaced with text literals: %s', (sql, bound) => {
    expect(bind(sql, { a: 'x', b: "it's" })).toBe(bound);
  });

  it('without a value, and values without a parameter, are errors', () => {
    expect(() => bind('SELECT $a', {})).toThrow('the query has no value for $a');
    expect(() => bind('SELECT $toString', {})).toThrow('the query has no value for $toString');
    expect(() => bind("SELECT '$a'", { a: 'x' })).toThrow(
      'the query has no parameter $a: add $a to the query or remove its value',
    );
  });

  it('are one text literal, whatever the content', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const bound = bind('SELECT $a AS b', { a: value });
        const literal = /^SELECT '((?:[^']|'')*)' AS b$/.exec(bound)?.[1];
        expect(literal?.replaceAll("''", "'")).toBe(value);
      }),
    );
  });
});

describe('a view', () => {
  it.each(catalogViews(lineTables).map(({ name, sql }) => [name, sql(trino)] as const))(
    '%s reads one other view or the lines, once, because a second place would scan them again',
    (_, sql) => {
      const read = [...namedTables(sql)].filter((name) => names.has(name) || name === 'event_lines');
      expect(read).toHaveLength(1);
      expect(sql.match(new RegExp(`\\b(?:FROM|JOIN) ${read[0]}\\b`, 'g'))).toHaveLength(1);
    },
  );
});
