import { parseExpression } from '../../../../modules/terraform-module/hcl/parse';
import { flat } from '../../../../modules/terraform-module/hcl/print';
import { simplify } from '../../../../modules/terraform-module/hcl/simplify';

const simplified = (source: string) => flat(simplify(parseExpression(source)));

describe('a simplified expression', () => {
  it.each([
    ['an interpolation alone', '"${a}"', 'a'],
    ['texts that are joined', 'join("", [a, "-", b])', '"${a}-${b}"'],
    ['a template in a template', '"x${"y${z}"}"', '"xy${z}"'],
    ['a formatted list', 'formatlist("%s%s%s", "a${b}", c, "")', '[for item in c : "a${b}${item}"]'],
    ['a constant on the left', '"x" == a', 'a == "x"'],
    ['a negated comparison', '!("x" == a)', 'a != "x"'],
    ['a comparison that is negated twice', '!!(a == b)', 'a == b'],
    [
      'policies that differ in one statement',
      'a ? jsonencode({"V" = 1, "Statement" = [x, y]}) : jsonencode({"V" = 1, "Statement" = [x]})',
      'jsonencode({ V = 1, Statement = concat([x], a ? [y] : []) })',
    ],
  ])('replaces %s', (_, source, written) => {
    expect(simplified(source)).toBe(written);
  });

  it.each([
    ['a list that is joined with a separator', 'join(",", [a, b])'],
    ['a list that is not written out', 'join("", list)'],
    ['a list of one value, which can be a number', 'join("", [a])'],
    ['a format with other texts', 'formatlist("%s-%s", "a", b)'],
    ['a format of two lists', 'formatlist("%s%s", a, b)'],
    ['an order', '1 < a'],
    [
      'policies that differ in another entry',
      'a ? jsonencode({ V = 1, Statement = [x, y] }) : jsonencode({ V = 2, Statement = [x] })',
    ],
    [
      'policies that differ in two statements',
      'a ? jsonencode({ Statement = [x, y, z] }) : jsonencode({ Statement = [x] })',
    ],
    [
      'policies that begin differently',
      'a ? jsonencode({ Statement = [y, x] }) : jsonencode({ Statement = [x] })',
    ],
  ])('keeps %s', (_, source) => {
    expect(simplified(source)).toBe(source);
  });
});
