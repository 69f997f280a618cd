import { Fn, type ListTerraformIterator, TerraformIterator, Token } from 'cdktf';
import { type Condition, choose, inExpression, isKnown } from './condition';

/** Two lists, one behind the other. */
function concatenate(one: readonly string[], other: readonly string[]): readonly string[] {
  if (Token.isUnresolved(one) || Token.isUnresolved(other)) return Token.asList(Fn.concat([one, other]));
  return [...one, ...other];
}

/**
 * A text for each item: `parts` around it.
 * @example textsAround('arn:aws:s3:::', names, '/*')
 */
function textsAround(before: string, items: readonly string[], after = ''): readonly string[] {
  if (!Token.isUnresolved(items)) return items.map((item) => `${before}${item}${after}`);
  return Token.asList(Fn.formatlist('%s%s%s', [inExpression(before), items, inExpression(after)]));
}

/** Something to make a resource for each item with; undefined when it is known that there is nothing. */
function eachOf(items: readonly string[], condition: Condition = true): ListTerraformIterator | undefined {
  if (condition === false || (!Token.isUnresolved(items) && items.length === 0)) return undefined;
  const chosen = isKnown(condition) ? items : choose(condition, items, []);
  return TerraformIterator.fromList([...chosen]);
}

export { concatenate, eachOf, textsAround };
