import fc from 'fast-check';
import { namedTables, withTables } from '../../../consumer/queries/prelude/named-tables';

describe('the tables that a query reads', () => {
  it.each<[sql: string, tables: string[]]>([
    ['SELECT 1', []],
    ['SELECT a FROM opens', ['opens']],
    ['select a from Opens', ['opens']],
    ['SELECT a FROM "opens"', ['opens']],
    ['SELECT a FROM opens AS o, clicks c', ['opens', 'clicks']],
    ['SELECT a FROM opens JOIN clicks ON opens.a = clicks.a, sends', ['opens', 'clicks', 'sends']],
    ['SELECT a FROM (opens CROSS JOIN clicks)', ['opens', 'clicks']],
    ['SELECT a FROM (SELECT b, clicks FROM opens) clicks', ['opens']],
    ['SELECT a, clicks FROM opens', ['opens']],
    ['SELECT count(*) AS clicks FROM opens ORDER BY clicks, bounces', ['opens']],
    ['SELECT a FROM opens WHERE b IN (SELECT c FROM clicks) GROUP BY a, sends', ['opens', 'clicks']],
    ['SELECT a FROM opens UNION ALL SELECT a, clicks FROM sends', ['opens', 'sends']],
    ['SELECT a FROM mine.opens', []],
    ['SELECT opens.a FROM mine.clicks, opens', ['opens']],
    ['SELECT a -- FROM clicks\nFROM /* sends, */ opens', ['opens']],
    ["SELECT 'FROM clicks' FROM opens", ['opens']],
    ["SELECT 'it''s FROM clicks' FROM opens", ['opens']],
    ['SELECT "a FROM clicks" FROM opens', ['opens']],
    ['TABLE opens', ['opens']],
    ['WITH mine AS (SELECT a FROM opens) SELECT a FROM mine', ['opens', 'mine']],
  ])('%s', (sql, tables) => {
    expect([...namedTables(sql)]).toEqual(tables);
  });

  it('are found in any text, complete or not', () => {
    fc.assert(fc.property(fc.string(), (sql) => [...namedTables(sql), ...withTables(sql)].length >= 0));
    const words = fc.constantFrom(
      'FROM',
      'SELECT',
      '(',
      ')',
      ',',
      'opens',
      "'",
      '"',
      '--',
      '/*',
      '.',
      'JOIN',
    );
    fc.assert(
      fc.property(fc.array(words), (some) => {
        expect(namedTables(`SELECT 1 FROM opens; ${some.join(' ')}`)).toContain('opens');
      }),
    );
  });
});

describe('the tables in the WITH of a query', () => {
  it.each<[sql: string, tables: string[]]>([
    ['SELECT a FROM opens', []],
    ['WITH a AS (SELECT 1), "B" (x, y) AS (SELECT 2, 3) SELECT 1 FROM a, b', ['a', 'b']],
    ['with recursive a AS (SELECT 1) SELECT 1 FROM a', ['a']],
    ['SELECT 1 FROM (WITH c AS (SELECT 1) SELECT 1 FROM c) d', ['c']],
    ["SELECT 'WITH a AS (' FROM opens", []],
  ])('%s', (sql, tables) => {
    expect([...withTables(sql)]).toEqual(tables);
  });
});
