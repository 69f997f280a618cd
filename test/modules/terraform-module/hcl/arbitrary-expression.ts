import fc from 'fast-check';
import type { Expression } from '../../../../modules/terraform-module/hcl/expression';

const name = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,6}$/)
  .filter((word) => !/^(for|if|in|true|false|null)$/.test(word));

/** Texts with everything that has a meaning in quotes or templates. */
const rawText = fc
  .array(
    fc.constantFrom(
      '${',
      '$${',
      '%{',
      '%%{',
      '$',
      '%',
      '"',
      '\\',
      '\n',
      '\t',
      '\u0001',
      '{',
      '}',
      'é',
      '😀',
      'a b',
    ),
    {
      maxLength: 5,
    },
  )
  .map((parts) => parts.join(''));

/** Any expression, without a regard for the types of its values. */
const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => {
  const expression = tie('expression');
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      name.map((each): Expression => ({ kind: 'name', name: each })),
      fc
        .oneof(fc.nat(100_000), fc.boolean(), fc.constant(null))
        .map((value): Expression => ({ kind: 'literal', value })),
      rawText.map((text): Expression => ({ kind: 'template', parts: text === '' ? [] : [text] })),
      fc
        .tuple(
          rawText.filter((text) => text !== ''),
          expression,
        )
        .map(([text, of]): Expression => ({ kind: 'template', parts: [text, of] })),
      fc
        .tuple(expression, name)
        .map(([of, attribute]): Expression => ({ kind: 'attribute', of, name: attribute })),
      fc.tuple(expression, expression).map(([of, key]): Expression => ({ kind: 'index', of, key })),
      expression.map((of): Expression => ({ kind: 'splat', of })),
      fc
        .tuple(name, fc.array(expression, { maxLength: 3 }))
        .map(([called, args]): Expression => ({ kind: 'call', name: called, args, expanded: false })),
      expression.map((of): Expression => ({ kind: 'not', of })),
      fc
        .tuple(
          fc.constantFrom('||', '&&', '==', '!=', '<', '<=', '+', '-', '*', '/', '%'),
          expression,
          expression,
        )
        .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right })),
      fc
        .tuple(expression, expression, expression)
        .map(([condition, yes, no]): Expression => ({ kind: 'conditional', condition, yes, no })),
      fc.array(expression, { maxLength: 3 }).map((items): Expression => ({ kind: 'list', items })),
      fc.array(fc.tuple(rawText, expression), { maxLength: 3 }).map(
        (entries): Expression => ({
          kind: 'object',
          entries: entries.map(([key, value]) => ({ key, value })),
        }),
      ),
      fc.tuple(name, expression, expression, expression).map(
        ([item, of, value, condition]): Expression => ({
          ...{ kind: 'for', names: [item], of, value, condition, grouped: false },
        }),
      ),
    ),
  };
}).expression;

/** Text values, by the way in which CDKTF writes them. */
const textValue = fc.letrec<{ text: string; flag: string }>((tie) => {
  const text = tie('text');
  const flag = tie('flag');
  const quoted = rawText.map((value) =>
    JSON.stringify(value).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign),
  );
  return {
    text: fc.oneof(
      { maxDepth: 4 },
      quoted,
      fc.constantFrom('local.one', 'local.two'),
      fc.array(text, { minLength: 2, maxLength: 3 }).map((parts) => `join("", [${parts.join(', ')}])`),
      fc.tuple(rawText, text).map(
        ([value, part]) =>
          `"${JSON.stringify(value)
            .slice(1, -1)
            .replaceAll(/[$%](?=\{)/g, (sign) => sign + sign)
            .replace(/[$%]+$/, '')}\${${part}}"`,
      ),
      fc
        .tuple(flag, text, text)
        .map(([condition, yes, no]) => `(${condition}) ? ${yes} : ${no}`)
        .map((each) => `(${each})`),
      fc.array(text, { minLength: 1, maxLength: 2 }).map((parts) => `coalesce(${parts.join(', ')}, "x")`),
      fc.tuple(quoted, text).map(([key, value]) => `jsonencode({${key} = ${value}, "Version" = [${value}]})`),
      fc
        .tuple(flag, text, text)
        .map(
          ([condition, one, other]) =>
            `(${condition} ? jsonencode({"V" = 1, "Statement" = [{"a" = ${one}}, {"b" = ${other}}]}) : jsonencode({"V" = 1, "Statement" = [{"a" = ${one}}]}))`,
        ),
      fc
        .tuple(text, quoted)
        .map(([part, prefix]) => `jsonencode(formatlist("%s%s", ${prefix}, coalescelist([${part}], ["x"])))`),
    ),
    flag: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('local.yes', 'local.no', 'true'),
      fc.tuple(text, text).map(([one, other]) => `(${one} == ${other})`),
      flag.map((each) => `!${each}`),
      fc
        .tuple(fc.constantFrom('&&', '||', '!='), flag, flag)
        .map(([operator, one, other]) => `(${one} ${operator} ${other})`),
      fc.tuple(text).map(([each]) => `(0 == length(${each}))`),
    ),
  };
}).text;

export { anyExpression, rawText, textValue };
