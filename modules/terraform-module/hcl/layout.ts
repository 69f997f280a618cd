import type { Expression, For } from './expression';
import { afterWord, flat, highest, keyText, leastOperand, lineWidth, precedenceOf } from './print';

type Binary = Extract<Expression, { kind: 'binary' }>;
type Conditional = Extract<Expression, { kind: 'conditional' }>;

/** A name with a value, which can have several lines. */
interface Assignment {
  name: string;
  value: string;
}

/** An expression is open if a reader requires several lines for it: it contains an object of several entries. */
function isOpen(expression: Expression): boolean {
  switch (expression.kind) {
    case 'object':
      return expression.entries.length > 1 || expression.entries.some(({ value }) => isOpen(value));
    case 'list':
      return expression.items.some(isOpen);
    case 'call':
      return expression.args.some(isOpen);
    case 'conditional':
      return isOpen(expression.yes) || isOpen(expression.no);
    case 'for':
      return expression.key !== undefined;
    default:
      return false;
  }
}

const graphemes = new Intl.Segmenter('en');

/** The width of a text in columns: a character that a person sees is one. */
const widthOf = (text: string) => [...graphemes.segment(text)].length;

/**
 * Writes assignments with aligned equals signs, as `terraform fmt` does: in consecutive lines, without those whose
 * value continues on the next line, except heredocs.
 */
function assignments(all: readonly Assignment[], indent: string): string {
  const groups: Assignment[][] = [];
  let isJoined = false;
  for (const each of all) {
    const isHeredoc = each.value.startsWith('<<');
    const isSingle = !each.value.includes('\n');
    const last = groups.at(-1);
    if (isJoined && last !== undefined && (isSingle || isHeredoc)) last.push(each);
    else groups.push([each]);
    isJoined = isSingle || isHeredoc;
  }
  return groups
    .flatMap((group) => {
      const width = Math.max(...group.map(({ name }) => widthOf(name)));
      return group.map(
        ({ name, value }) => `${indent}${name}${' '.repeat(width - widthOf(name))} = ${value}\n`,
      );
    })
    .join('');
}

/** Writes each item on a separate line, between brackets. */
function lines(items: readonly string[], [open, close]: readonly [string, string], indent: string): string {
  return `${open}\n${items.map((item) => `${indent}  ${item}\n`).join('')}${indent}${close}`;
}

/** The operands of a chain of one operator: `a && b && c`. */
function chain(expression: Expression, operator: string): Expression[] {
  if (expression.kind !== 'binary' || expression.operator !== operator) return [expression];
  return [...chain(expression.left, operator), expression.right];
}

/** Writes an operand as {@link layout} does, in parentheses if its precedence is lower than the least. */
function nested(expression: Expression, least: number, indent: string, column: number): string {
  if (precedenceOf(expression) >= least) return layout(expression, indent, column);
  const written = layout(expression, indent, column + 2);
  return written.startsWith('(\n') ? written : `(${written})`;
}

function brokenBinary(expression: Binary, indent: string): string {
  const { operator } = expression;
  // A line that begins with a sign has another format.
  if (['+', '-', '*', '/', '%'].includes(operator)) return flat(expression);
  const inner = `${indent}  `;
  const operands = chain(expression, operator).map((each) =>
    nested(each, leastOperand(operator), inner, operator.length + 1),
  );
  return lines(
    operands.map((each, at) => (at === 0 ? each : `${operator} ${each}`)),
    ['(', ')'],
    indent,
  );
}

const brackets = ['call', 'list', 'object'];

/**
 * Writes `condition ? [ … ] : []` without parentheses, with only the first value on several lines. Undefined if the
 * other parts do not fit.
 */
function withBrokenValue({ condition, yes, no }: Conditional, indent: string, column: number) {
  if (!brackets.includes(yes.kind) || no.kind === 'conditional') return undefined;
  const start = `${flat(condition)} ? `;
  const end = flat(no);
  if (precedenceOf(condition) < 1 || end.length > 4) return undefined;
  if (indent.length + column + start.length > lineWidth / 2) return undefined;
  return `${start}${layout(yes, indent, column + start.length)} : ${end}`;
}

/** Writes a chain of conditions, each with its value, and the last value. */
function brokenConditional(expression: Conditional, indent: string, column: number): string {
  const short = withBrokenValue(expression, indent, column);
  if (short !== undefined) return short;
  const inner = `${indent}  `;
  const parts = [nested(expression.condition, 1, inner, 0)];
  let rest: Expression = expression;
  while (rest.kind === 'conditional') {
    const { yes, no }: Conditional = rest;
    parts.push(`? ${nested(yes, 1, inner, 2)}`);
    const last = no.kind === 'conditional' ? no.condition : no;
    parts.push(`: ${nested(last, 1, inner, 2)}`);
    rest = no;
  }
  return lines(parts, ['(', ')'], indent);
}

function brokenFor({ names, of, key, value, grouped, condition }: For, indent: string): string {
  const inner = `${indent}  `;
  const start = key === undefined ? '' : `${flat(key)} => `;
  const parts = [
    `for ${names.join(', ')} ${afterWord('in', flat(of))} :`,
    `${start}${layout(value, inner, start.length)}${grouped ? '...' : ''}`,
    ...(condition === undefined ? [] : [afterWord('if', flat(condition))]),
  ];
  return lines(parts, key === undefined ? ['[', ']'] : ['{', '}'], indent);
}

/**
 * Writes an expression on one line if it fits and is not {@link isOpen}, and else on several.
 * @param indent the spaces before the line on which the expression begins
 * @param column the number of characters before the expression on its line, without the spaces
 */
function layout(expression: Expression, indent: string, column = 0): string {
  const single = flat(expression);
  const fits = indent.length + column + single.length <= lineWidth;
  if (fits && !isOpen(expression)) return single;
  const inner = `${indent}  `;
  switch (expression.kind) {
    case 'object': {
      if (expression.entries.length === 0) return single;
      const entries = expression.entries.map(({ key, value }) => {
        const name = keyText(key);
        return { name, value: layout(value, inner, name.length + 3) };
      });
      return `{\n${assignments(entries, inner)}${indent}}`;
    }
    case 'list': {
      const items = expression.items.map((item) => layout(item, inner, 1));
      return items.length === 0
        ? single
        : lines(
            items.map((item) => `${item},`),
            ['[', ']'],
            indent,
          );
    }
    case 'call': {
      const { name, args, expanded } = expression;
      const [only] = args;
      if (only !== undefined && args.length === 1 && !expanded)
        return `${name}(${layout(only, indent, column + name.length + 1)})`;
      const written = args.map((arg, at) => {
        const end = at < args.length - 1 ? ',' : expanded ? '...' : '';
        return `${layout(arg, inner, end.length)}${end}`;
      });
      return written.length === 0 ? single : lines(written, [`${name}(`, ')'], indent);
    }
    case 'conditional':
      return brokenConditional(expression, indent, column);
    case 'binary':
      return brokenBinary(expression, indent);
    case 'not':
      return `!${nested(expression.of, highest, indent, column + 1)}`;
    case 'for':
      return brokenFor(expression, indent);
    default:
      return single;
  }
}

export { assignments, layout };
