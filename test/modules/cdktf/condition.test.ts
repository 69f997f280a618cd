import { TerraformLocal, TerraformVariable, Token } from 'cdktf';
import fc from 'fast-check';
import {
  and,
  beginsWith,
  type Condition,
  choose,
  equals,
  exceeds,
  implies,
  isDistinct,
  isEmpty,
  isSet,
  matches,
  matchesAny,
  not,
  or,
  valueOr,
  when,
} from '../../../modules/cdktf/condition';
import { newStack } from '../synthesize';

const stack = newStack();
const variable = (name: string) => new TerraformVariable(stack, name, {});
const open = { on: variable('on').booleanValue, off: variable('off').booleanValue };
const [text, number, list] = [
  variable('text').stringValue,
  variable('number').numberValue,
  variable('list').listValue,
];

/** The value in the synthesized stack. */
function written(value: unknown): unknown {
  const reading = newStack();
  new TerraformLocal(reading, 'value', value);
  return reading.toTerraform().locals.value;
}

describe('a condition', () => {
  it('is decided at synthesis if everything is known', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 5 }), fc.boolean(), (several, one) => {
        expect(and(...several)).toBe(several.every(Boolean));
        expect(or(...several)).toBe(several.some(Boolean));
        expect(not(one)).toBe(!one);
        expect(implies(one, and(...several))).toBe(!one || several.every(Boolean));
      }),
    );
  });

  it('is decided as soon as one part decides it', () => {
    expect(and(open.on, false)).toBe(false);
    expect(or(open.on, true)).toBe(true);
    expect(implies(false, open.on)).toBe(true);
    expect(implies(open.on, true)).toBe(true);
  });

  it('omits parts that cannot change the result', () => {
    expect(and(open.on, true)).toBe(open.on);
    expect(or(false, open.on)).toBe(open.on);
    expect(implies(true, open.on)).toBe(open.on);
  });

  it.each<[string, Condition, string]>([
    ['and', and(open.on, open.off), '${(var.on && var.off)}'],
    ['or', or(open.on, open.off), '${(var.on || var.off)}'],
    ['not', not(open.on), '${!var.on}'],
    ['implies', implies(open.on, open.off), '${(!var.on || var.off)}'],
    ['isSet', isSet(text), '${(var.text != null)}'],
    ['equals', equals(text, 'a'), '${("a" == var.text)}'],
    ['equals with an empty text', equals(text, ''), '${("" == var.text)}'],
    ['equals with swapped operands', equals('', text), '${("" == var.text)}'],
    ['exceeds', exceeds(number, 63), '${(63 < var.number)}'],
    ['exceeds zero', exceeds(number, 0), '${(0 < var.number)}'],
    ['exceeds with swapped operands', exceeds(0, number), '${(0 > var.number)}'],
    ['beginsWith', beginsWith(text, 'a/'), '${startswith(var.text, "a/")}'],
    ['isEmpty', isEmpty(list), '${(0 == length(var.list))}'],
    ['isDistinct', isDistinct(list), '${(length(var.list) == length(distinct(var.list)))}'],
    ['matches', matches(text, /^a+[.]/), '${can(regex("^a+[.]", var.text))}'],
    ['matchesAny', matchesAny(list, /^a:/), '${can(regex("(?m)^a:", join("\\n", var.list)))}'],
  ])('%s is an expression if only Terraform knows the value', (_, condition, expression) => {
    expect(written(condition)).toBe(expression);
  });

  it.each<[string, Condition, boolean]>([
    ['isSet of a value', isSet('a'), true],
    ['isSet of an empty text', isSet(''), true],
    ['isSet of undefined', isSet(undefined), false],
    ['equals', equals('a', 'a'), true],
    ['equals of different values', equals('a', 'b'), false],
    ['equals of undefined', equals(undefined, 'a'), false],
    ['exceeds', exceeds(64, 63), true],
    ['exceeds of equal values', exceeds(63, 63), false],
    ['beginsWith', beginsWith('a/b/', 'a/'), true],
    ['isEmpty', isEmpty([]), true],
    ['isEmpty of one item', isEmpty(['a']), false],
    ['isDistinct', isDistinct(['a', 'b']), true],
    ['isDistinct of a repeated item', isDistinct(['a', 'b', 'a']), false],
    ['isDistinct of a repeated item and a token', isDistinct(['a', text, 'a']), false],
    ['isDistinct of tokens', isDistinct([text, 'a', text]), true],
    ['matches', matches('aa.b', /^a+[.]/), true],
    ['matches without a match', matches('b', /^a+[.]/), false],
    ['matchesAny', matchesAny(['b:a:', 'a:'], /^a:/), true],
    ['matchesAny without a match', matchesAny(['b:a:'], /^a:/), false],
    ['matchesAny of an empty list', matchesAny([], /^a:/), false],
  ])('%s is known at synthesis: %s', (_, condition, known) => {
    expect(condition).toBe(known);
  });
});

describe('a choice', () => {
  it('is made at synthesis if the condition is known', () => {
    expect(choose(true, 'a', 'b')).toBe('a');
    expect(choose(false, 'a', 'b')).toBe('b');
    expect(when(true, 'a')).toBe('a');
    expect(when(false, 'a')).toBeUndefined();
    expect(valueOr(undefined, 'b')).toBe('b');
    expect(valueOr('a', 'b')).toBe('a');
  });

  it('keeps its type if only Terraform knows the condition', () => {
    expect(typeof choose(open.on, 'a', 'b')).toBe('string');
    expect(typeof choose(open.on, 1, 2)).toBe('number');
    expect(Array.isArray(choose<readonly string[]>(open.on, ['a'], []))).toBe(true);
    for (const chosen of [choose(open.on, 'a', 'b'), choose(open.on, 1, 2)]) {
      expect(Token.isUnresolved(chosen)).toBe(true);
    }
  });

  it.each([
    ['text', choose(open.on, 'a', 'b'), '${var.on ? "a" : "b"}'],
    ['numbers', choose(open.on, 1, 2), '${var.on ? 1 : 2}'],
    ['lists', choose<readonly string[]>(open.on, ['a'], []), '${var.on ? ["a"] : []}'],
    ['nothing', when(open.on, 'a'), '${var.on ? "a" : null}'],
    ['a default', valueOr(text, 'b'), '${coalesce(var.text, "b")}'],
    ['a default list', valueOr<readonly string[]>(list, ['b']), '${coalesce(var.list, ["b"])}'],
    ['a compared default', exceeds(valueOr(number, 3), number), '${(coalesce(var.number, 3) > var.number)}'],
    [
      'a text with a reference',
      choose(open.on, `s3://${text}/a`, ''),
      '${var.on ? join("", ["s3://", var.text, "/a"]) : ""}',
    ],
  ])('between %s is an expression', (_, chosen, expression) => {
    expect(written(chosen)).toBe(expression);
  });

  it('of texts with references causes no warning from CDKTF', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    try {
      const inner = choose(open.on, `a-${text}`, text);
      written(choose(open.off, `s3://${inner}/${text}`, 'none'));
      expect(warn).not.toHaveBeenCalled();
    } finally {
      warn.mockRestore();
    }
  });
});
