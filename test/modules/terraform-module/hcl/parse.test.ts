import fc from 'fast-check';
import { layout } from '../../../../modules/terraform-module/hcl/layout';
import { parseExpression, parseJson, parseText } from '../../../../modules/terraform-module/hcl/parse';
import { flat } from '../../../../modules/terraform-module/hcl/print';
import { anyExpression, rawText } from './arbitrary-expression';

describe('a text of the JSON syntax of Terraform', () => {
  it.each([
    ['plain', '"plain"'],
    ['', '""'],
    ['${var.name}', 'var.name'],
    ['${ var.name }', 'var.name'],
    ['a-${var.name}', '"a-${var.name}"'],
    ['$${dt}', '"$${dt}"'],
    ['%%{if}', '"%%{if}"'],
    ['$$$${dt}', '"$$$${dt}"'],
    ['!{timestamp:HH}', '"!{timestamp:HH}"'],
    ['say "yes"\n', '"say \\"yes\\"\\n"'],
    ['\u0001', '"\\u0001"'],
    ['${"a\\"}${"b}"}"}', '"a\\"}${"b}"}"'],
    ['${{"a" = 1, b = [true, null]}}', '{ a = 1, b = [true, null] }'],
    ['${{"a b" = 1, (var.key) = 2, "for" = 3}}', '{ "a b" = 1, (var.key) = 2, "for" = 3 }'],
    ['${a[*].id}', 'a[*].id'],
    ['${a[0].b["c"]}', 'a[0].b["c"]'],
    ['${((a && b) || c) ? x : y ? z : null}', '(a && b) || c ? x : y ? z : null'],
    ['${a ? (b ? x : y) : z}', 'a ? (b ? x : y) : z'],
    ['${a - (b - c) * -1.5}', 'a - (b - c) * -1.5'],
    ['${!(a == b)}', '!(a == b)'],
    ['${max(list...)}', 'max(list...)'],
    ['${[for k, v in map : v if v != ""]}', '[for k, v in map : v if v != ""]'],
    ['${{for k, v in map : k => v...}}', '{ for k, v in map : k => v... }'],
  ])('%j is the expression %s', (text, written) => {
    expect(flat(parseText(text))).toBe(written);
  });

  it.each(['${', '${a', '${a +}', '${f(a b)}', '${"a}', '%{ if a }b%{ endif }', '${[a b]}'])(
    'is rejected if it is not valid: %s',
    (text) => {
      expect(() => parseText(text)).toThrow('not an expression of Terraform: expected');
    },
  );

  it('is any text, with its signs escaped', () => {
    fc.assert(
      fc.property(rawText, (text) => {
        const escaped = text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
        const reparsed = parseExpression(flat(parseText(escaped)));
        expect(reparsed).toEqual({ kind: 'template', parts: text === '' ? [] : [text] });
      }),
    );
  });
});

describe('an expression', () => {
  it('is the same after it is written, on one line and on several', () => {
    fc.assert(
      fc.property(anyExpression, fc.nat(90), (expression, column) => {
        const once = flat(expression);
        expect(flat(parseExpression(once))).toBe(once);
        expect(flat(parseExpression(layout(expression, '', column)))).toBe(once);
      }),
    );
  });

  it('is broken at its operators, also in a negation, if it is too long', () => {
    const [one, other] = ['a'.repeat(50), 'b'.repeat(60)];
    expect(layout(parseExpression(`!(${one} && (${other} || c))`), '')).toBe(
      `!(\n  ${one}\n  && (${other} || c)\n)`,
    );
    expect(layout(parseExpression(`${one} ? ${other} : c ? d : e`), '')).toBe(
      `(\n  ${one}\n  ? ${other}\n  : c\n  ? d\n  : e\n)`,
    );
    expect(layout(parseExpression(`c ? [${one}, ${other}] : []`), '')).toBe(
      `c ? [\n  ${one},\n  ${other},\n] : []`,
    );
  });

  it('can be a value of JSON', () => {
    expect(flat(parseJson({ a: [1, true, null, '${var.b}'] }))).toBe('{ a = [1, true, null, var.b] }');
  });
});
