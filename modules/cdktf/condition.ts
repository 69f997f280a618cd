import {
  conditional,
  Fn,
  type IResolvable,
  type ListTerraformIterator,
  Op,
  TerraformIterator,
  Token,
} from 'cdktf';

/** A condition that is known at synthesis, or that Terraform evaluates during the plan. */
type Condition = boolean | IResolvable;

/** A value that a condition can select. */
type Choosable = string | number | readonly string[] | Condition;

const isKnown = (condition: Condition): condition is boolean => typeof condition === 'boolean';

function not(condition: Condition): Condition {
  return isKnown(condition) ? !condition : Op.not(condition);
}

function and(...conditions: readonly Condition[]): Condition {
  if (conditions.includes(false)) return false;
  const open = conditions.filter((condition) => condition !== true);
  return open.length === 0 ? true : open.reduce((all, next) => Op.and(all, next));
}

function or(...conditions: readonly Condition[]): Condition {
  if (conditions.includes(true)) return true;
  const open = conditions.filter((condition) => condition !== false);
  return open.length === 0 ? false : open.reduce((any, next) => Op.or(any, next));
}

/** Whether the consequence holds wherever the condition does. */
function implies(condition: Condition, consequence: Condition): Condition {
  return or(not(condition), consequence);
}

/** Whether a text is one token and nothing else. */
const isBareToken = (text: string) => /^\$\{TfToken\[[^\]]*\]\}$/.test(text);

/** Whether a setting has a value; a value from Terraform may be null. */
function isSet(value: unknown): Condition {
  if (value === undefined) return false;
  // A text around a token is never null.
  if (typeof value === 'string' && !isBareToken(value)) return true;
  return Token.isUnresolved(value) ? Op.neq(value, Token.nullValue()) : true;
}

// In a comparison the token is on the right, because CDKTF treats 0 and '' on the right as a missing operand.

function equals(value: Choosable | undefined, other: Choosable): Condition {
  if (Token.isUnresolved(other)) return Op.eq(inExpression(value), inExpression(other));
  return Token.isUnresolved(value) ? Op.eq(other, inExpression(value)) : value === other;
}

function exceeds(value: number, other: number): Condition {
  if (Token.isUnresolved(other)) return Op.gt(value, other);
  return Token.isUnresolved(value) ? Op.lt(other, value) : value > other;
}

function beginsWith(text: string, start: string): Condition {
  if (!Token.isUnresolved(text) && !Token.isUnresolved(start)) return text.startsWith(start);
  // Fn types its boolean functions by their result.
  return Fn.startswith(inExpression(text), inExpression(start)) as IResolvable;
}

/** Whether a text matches a pattern that Terraform supports too; false when the text is null. */
function matches(text: string, pattern: RegExp): Condition {
  if (!Token.isUnresolved(text)) return pattern.test(text);
  // Fn types its boolean functions by their result.
  return Fn.can(Fn.regex(pattern.source, inExpression(text))) as IResolvable;
}

/** Whether one of a list's texts matches a pattern that is anchored at the start. */
function matchesAny(list: readonly string[], pattern: RegExp): Condition {
  if (!Token.isUnresolved(list)) return list.some((item) => pattern.test(item));
  return Fn.can(Fn.regex(`(?m)${pattern.source}`, Fn.join('\n', [...list]))) as IResolvable; // as in matches
}

function keysOf(map: Readonly<Record<string, string>>): readonly string[] {
  return Token.isUnresolved(map) ? Token.asList(Fn.keys(map)) : Object.keys(map);
}

/** Returns the number of characters of a text, or of items of a list. */
function lengthOf(value: string | readonly string[]): number {
  return Token.isUnresolved(value) ? Fn.lengthOf(value) : value.length;
}

/** Whether a list contains no item twice; in a list with tokens only the other items are compared. */
function isDistinct(list: readonly string[]): Condition {
  if (Token.isUnresolved(list)) return Op.eq(Fn.lengthOf(list), Fn.lengthOf(Fn.distinct([...list])));
  const known = list.filter((item) => !Token.isUnresolved(item));
  return new Set(known).size === known.length;
}

/** Whether no item of a list is a token. */
const areKnown = (list: readonly string[]) =>
  !Token.isUnresolved(list) && !list.some((item) => Token.isUnresolved(item));

/** Returns the common items of two lists. */
function common(one: readonly string[], other: readonly string[]): readonly string[] {
  if (!Token.isUnresolved(one) && !Token.isUnresolved(other))
    return one.filter((item) => other.includes(item));
  return Fn.setintersection([...one], [[...other]]);
}

/** Whether a list contains an item. */
function containsItem(list: readonly string[], item: string): Condition {
  if (areKnown(list) && (list.length === 0 || !Token.isUnresolved(item))) return list.includes(item);
  // Fn types its boolean functions by their result.
  return Fn.contains([...list], inExpression(item)) as IResolvable;
}

/** Returns the items of a list that are not in another one. */
function without(list: readonly string[], excluded: readonly string[]): readonly string[] {
  if (areKnown(list) && areKnown(excluded)) return list.filter((item) => !excluded.includes(item));
  return Token.asList(Fn.setsubtract([...list], [...excluded]));
}

function isEmpty(list: readonly string[]): Condition {
  return equals(lengthOf(list), 0);
}

/**
 * Prepares a value for an expression. A text with tokens becomes a call of `join`. CDKTF would write it as a
 * template in a template, which is correct, but it warns each time.
 */
function inExpression<Value extends Choosable | undefined>(value: Value): Value {
  if (typeof value !== 'string' || !Token.isUnresolved(value)) return value;
  const parts = value.split(/(\$\{TfToken\[[^\]]*\]\})/).filter((part) => part !== '');
  return parts.length === 1 ? value : (Fn.join('', parts) as Value); // a text, as before
}

function areDisjoint(one: readonly string[], other: readonly string[]): Condition {
  return isEmpty(common(one, other));
}

/** Gives an expression the type of the value that it replaces: CDKTF's tokens are strings, numbers or lists. */
function asLike<Value extends Choosable>(example: Value, expression: IResolvable): Value {
  if (typeof example === 'string') return Token.asString(expression) as Value;
  if (typeof example === 'number') return Token.asNumber(expression) as Value;
  if (Array.isArray(example)) return Token.asList(expression) as unknown as Value;
  return expression as Value; // a condition
}

/**
 * Selects one of two values.
 *
 * @example choose(config.createBucket, bucket.arn, existingArn)
 */
function choose<Value extends Choosable>(condition: Condition, whenTrue: Value, whenFalse: Value): Value {
  if (isKnown(condition)) return condition ? whenTrue : whenFalse;
  return asLike(whenTrue, conditional(condition, inExpression(whenTrue), inExpression(whenFalse)));
}

/** Returns a value, or none: undefined if this is known at synthesis, null if Terraform evaluates the condition. */
function when<Value extends Choosable>(condition: Condition, value: Value): Value | undefined {
  if (isKnown(condition)) return condition ? value : undefined;
  return asLike(value, conditional(condition, inExpression(value), Token.nullValue()));
}

/** Returns a setting's value, or another one where it has none. In Terraform an empty text also counts as none. */
function valueOr<Value extends Choosable>(value: Value | undefined, other: Value): Value {
  if (value === undefined) return other;
  if (!Token.isUnresolved(value)) return value;
  // Not a conditional, because CDKTF writes it without parentheses, also as an operand.
  return asLike(value, Fn.coalesce([inExpression(value), inExpression(other)]) as IResolvable);
}

/** An object without its undefined members. */
type Defined<Value> = { [Name in keyof Value]?: Exclude<Value[Name], undefined> };

/** Removes undefined arguments, because CDKTF's types distinguish an absent argument from an undefined one. */
function defined<Value extends object>(value: Value): Defined<Value> {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as Defined<Value>; // the rest of the same members
}

/** Concatenates two lists. */
function concatenate(one: readonly string[], other: readonly string[]): readonly string[] {
  if (Token.isUnresolved(one) || Token.isUnresolved(other)) return Token.asList(Fn.concat([one, other]));
  return [...one, ...other];
}

/**
 * Adds a text before and after each item.
 * @example textsAround('arn:aws:s3:::', names, '/*')
 */
function textsAround(before: string, items: readonly string[], after = ''): readonly string[] {
  if (!Token.isUnresolved(items)) return items.map((item) => `${before}${item}${after}`);
  return Token.asList(Fn.formatlist('%s%s%s', [inExpression(before), items, inExpression(after)]));
}

/** Returns an iterator that creates a resource for each item; undefined when the list is known to be empty. */
function eachOf(items: readonly string[], condition: Condition = true): ListTerraformIterator | undefined {
  if (condition === false || (!Token.isUnresolved(items) && items.length === 0)) return undefined;
  const chosen = isKnown(condition) ? items : choose(condition, items, []);
  return TerraformIterator.fromList([...chosen]);
}

export {
  and,
  areDisjoint,
  beginsWith,
  type Condition,
  choose,
  common,
  concatenate,
  containsItem,
  defined,
  eachOf,
  equals,
  exceeds,
  implies,
  inExpression,
  isDistinct,
  isEmpty,
  isKnown,
  isSet,
  keysOf,
  lengthOf,
  matches,
  matchesAny,
  not,
  or,
  textsAround,
  valueOr,
  when,
  without,
};
