import fc from 'fast-check';
import { bindParameters } from '../../../../consumer/queries/engines/athena/query-parameters';

describe('parameters of a query', () => {
  it.each([
    ['SELECT $a, $b', "SELECT 'x', 'it''s'"],
    ['SELECT $a || $a, $b', "SELECT 'x' || 'x', 'it''s'"],
    [`SELECT '$b', "$b", $a, $b -- $c\n/* $d */`, `SELECT '$b', "$b", 'x', 'it''s' -- $c\n/* $d */`],
    ["SELECT 'it''s $c', $a, $b", "SELECT 'it''s $c', 'x', 'it''s'"],
  ])('become texts where they stand: %s', (sql, bound) => {
    expect(bindParameters(sql, { a: 'x', b: "it's" })).toBe(bound);
  });

  it('without a value, and values without one, are said', () => {
    expect(() => bindParameters('SELECT $a', {})).toThrow(
      'the query has the parameter $a and no value for it: give it one',
    );
    expect(() => bindParameters('SELECT $toString', {})).toThrow('the parameter $toString and no value');
    expect(() => bindParameters("SELECT '$a'", { a: 'x' })).toThrow(
      'the query has no parameter $a: write $a where its value belongs',
    );
  });

  it('are one text literal, whatever is in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const bound = bindParameters('SELECT $a AS b', { a: value });
        const literal = /^SELECT '((?:[^']|'')*)' AS b$/.exec(bound)?.[1];
        expect(literal?.replaceAll("''", "'")).toBe(value);
      }),
    );
  });
});
