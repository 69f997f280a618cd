import { type Entry, type Expression, textOf, transform } from './expression';
import { flat } from './print';

type Conditional = Extract<Expression, { kind: 'conditional' }>;
type Call = Extract<Expression, { kind: 'call' }>;
type List = Extract<Expression, { kind: 'list' }>;
type Binary = Extract<Expression, { kind: 'binary' }>;

const isEqual = (one: Expression, other: Expression) => flat(one) === flat(other);

/** Joins texts in a template, and replaces a template of one interpolation by its expression. */
function joined(parts: readonly (string | Expression)[]): Expression {
  const inner = parts.flatMap((part) =>
    typeof part !== 'string' && part.kind === 'template' ? part.parts : [part],
  );
  const merged: (string | Expression)[] = [];
  for (const part of inner) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  const [only] = merged;
  if (merged.length === 1 && only !== undefined && typeof only !== 'string') return only;
  return { kind: 'template', parts: merged };
}

/** `join("", [a, "-", b])` is `"${a}-${b}"`. */
function joinedList({ name, args }: Call): Expression | undefined {
  const [separator, list, ...more] = args;
  if (name !== 'join' || list?.kind !== 'list' || list.items.length < 2 || more.length > 0) return undefined;
  return separator !== undefined && textOf(separator) === '' ? joined(list.items) : undefined;
}

/** `formatlist("%s%s", "a", list)` with texts and one list is `[for item in list : "a${item}"]`. */
function formattedList({ name, args }: Call): Expression | undefined {
  const [format, ...values] = args;
  const lists = values.filter(({ kind }) => kind !== 'template');
  const [list] = lists;
  if (name !== 'formatlist' || format === undefined || list === undefined || lists.length > 1)
    return undefined;
  if (textOf(format) !== '%s'.repeat(values.length)) return undefined;
  const item: Expression = { kind: 'name', name: 'item' };
  const parts = values.map((value) => (value === list ? item : value));
  return { kind: 'for', names: ['item'], of: list, value: joined(parts), grouped: false };
}

/** The statements of a policy in `jsonencode`, and its other entries. */
function policyOf(expression: Expression): { statements: List; others: Entry[] } | undefined {
  if (expression.kind !== 'call' || expression.name !== 'jsonencode') return undefined;
  const [document] = expression.args;
  if (document?.kind !== 'object') return undefined;
  const isStatement = ({ key }: Entry) => key === 'Statement';
  const statements = document.entries.find(isStatement)?.value;
  if (statements?.kind !== 'list') return undefined;
  return { statements, others: document.entries.filter((entry) => !isStatement(entry)) };
}

/** Two policies that differ in one more statement at the end are one policy with an optional statement. */
function joinedPolicy({ condition, yes, no }: Conditional): Expression | undefined {
  const [more, less] = [policyOf(yes), policyOf(no)];
  if (more === undefined || less === undefined) return undefined;
  const common = less.statements.items;
  const [extra, ...rest] = more.statements.items.slice(common.length);
  if (extra === undefined || rest.length > 0) return undefined;
  const isPrefix = common.every((item, at) => isEqual(item, more.statements.items[at] ?? item));
  const asObject = (entries: Entry[]): Expression => ({ kind: 'object', entries });
  if (!isPrefix || !isEqual(asObject(more.others), asObject(less.others))) return undefined;
  const optional: Expression = {
    kind: 'conditional',
    condition,
    yes: { kind: 'list', items: [extra] },
    no: { kind: 'list', items: [] },
  };
  const args = [{ ...less.statements }, optional];
  const statements: Expression = { kind: 'call', name: 'concat', args, expanded: false };
  const document = asObject([...more.others, { key: 'Statement', value: statements }]);
  return { kind: 'call', name: 'jsonencode', args: [document], expanded: false };
}

const opposite: Readonly<Record<string, string>> = { '==': '!=', '!=': '==' };

const isConstant = (expression: Expression) =>
  expression.kind === 'literal' || textOf(expression) !== undefined;

/** Writes the constant of a comparison on the right. */
function compared(binary: Binary): Binary {
  const { operator, left, right } = binary;
  const isReversed = operator in opposite && isConstant(left) && !isConstant(right);
  return isReversed ? { ...binary, left: right, right: left } : binary;
}

function simpler(expression: Expression): Expression {
  switch (expression.kind) {
    case 'template':
      return joined(expression.parts);
    case 'binary':
      return compared(expression);
    case 'not': {
      const { of } = expression;
      const operator = of.kind === 'binary' ? opposite[of.operator] : undefined;
      return of.kind === 'binary' && operator !== undefined ? { ...of, operator } : expression;
    }
    case 'call':
      return joinedList(expression) ?? formattedList(expression) ?? expression;
    case 'conditional':
      return joinedPolicy(expression) ?? expression;
    default:
      return expression;
  }
}

/** Writes an expression in the way in which a person writes it, with the same value. */
function simplify(expression: Expression): Expression {
  return transform(expression, simpler);
}

export { simplify };
