import type { Entry, Expression, For, Template } from './expression';

/** Maximum width of a line, unless a text is longer. */
const lineWidth = 100;

/** Precedence of operators; a conditional has the lowest, 0. */
const precedence: Readonly<Record<string, number>> = {
  ...{ '||': 1, '&&': 2, '==': 3, '!=': 3, '<': 4, '<=': 4, '>': 4, '>=': 4 },
  ...{ '+': 5, '-': 5, '*': 6, '/': 6, '%': 6 },
};
const unaryPrecedence = 7;
/** The precedence of what never requires parentheses. */
const highest = 8;

function precedenceOf(expression: Expression): number {
  if (expression.kind === 'conditional') return 0;
  if (expression.kind === 'binary') return precedence[expression.operator] ?? 0;
  if (expression.kind === 'not' || expression.kind === 'negative') return unaryPrecedence;
  return highest;
}

const controls: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Escapes a text for quotes in HCL. */
function escaped(text: string): string {
  return text
    .replace(/["\\]/g, '\\$&')
    .replace(/[\n\r\t]/g, (character) => controls[character] ?? character)
    .replace(
      /[\p{Cc}\u2028\u2029]/gu,
      (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
    )
    .replace(/\$(?=\{)/g, '$$$$')
    .replace(/%(?=\{)/g, '%%');
}

/** Writes an interpolation, with spaces around braces, as `terraform fmt` does. */
function interpolation(written: string): string {
  return `\${${written.replace(/^\{/, ' {').replace(/\}$/, '} ')}}`;
}

/** Writes a text in quotes. */
function quoted({ parts }: Template): string {
  const written = parts.map((part, at) => {
    if (typeof part !== 'string') return interpolation(flat(part));
    if (at === parts.length - 1) return escaped(part);
    // A sign before an interpolation would escape it.
    const [signs = ''] = /[$%]*$/.exec(part) ?? [];
    const start = escaped(part.slice(0, part.length - signs.length));
    return signs === '' ? start : `${start}\${"${signs}"}`;
  });
  return `"${written.join('')}"`;
}

const words = new Set(['for', 'if', 'in', 'true', 'false', 'null']);

/** Writes the key of an object. */
function keyText(key: Entry['key']): string {
  if (typeof key !== 'string') return `(${flat(key)})`;
  const isName = /^[A-Za-z_][\w-]*$/.test(key) && !words.has(key);
  return isName ? key : `"${escaped(key)}"`;
}

/** Writes an operand, in parentheses if its precedence is lower than the least. */
function operand(expression: Expression, least: number): string {
  const written = flat(expression);
  return precedenceOf(expression) < least ? `(${written})` : written;
}

/**
 * The least precedence of the operands of an operator that require no parentheses, except for the left one if it has
 * the same operator. `&&` in `||` has parentheses, because readers do not know which is stronger.
 */
function leastOperand(operator: string): number {
  return operator === '||' ? 3 : (precedence[operator] ?? 0) + 1;
}

function flatBinary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): string {
  const least = leastOperand(operator);
  const isChain = left.kind === 'binary' && left.operator === operator;
  return `${isChain ? flat(left) : operand(left, least)} ${operator} ${operand(right, least)}`;
}

/** Writes a word of a `for` and what follows it; `terraform fmt` has no space before some brackets. */
function afterWord(word: 'in' | 'if', written: string): string {
  const isAdjacent = written.startsWith('(') || (word === 'if' && written.startsWith('['));
  return isAdjacent ? `${word}${written}` : `${word} ${written}`;
}

function flatFor({ names, of, key, value, grouped, condition }: For): string {
  const result = key === undefined ? flat(value) : `${flat(key)} => ${flat(value)}`;
  const filter = condition === undefined ? '' : ` ${afterWord('if', flat(condition))}`;
  const head = `for ${names.join(', ')} ${afterWord('in', flat(of))}`;
  const body = `${head} : ${result}${grouped ? '...' : ''}${filter}`;
  return key === undefined ? `[${body}]` : `{ ${body} }`;
}

/** Writes an expression on one line. */
function flat(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return String(expression.value);
    case 'template':
      return quoted(expression);
    case 'name':
      return expression.name;
    case 'attribute':
      return `${operand(expression.of, highest)}.${expression.name}`;
    case 'index':
      return `${operand(expression.of, highest)}[${flat(expression.key)}]`;
    case 'splat':
      return `${operand(expression.of, highest)}[*]`;
    case 'not':
      return `!${operand(expression.of, unaryPrecedence)}`;
    case 'negative':
      return `-${operand(expression.of, highest)}`;
    case 'call':
      return `${expression.name}(${expression.args.map(flat).join(', ')}${expression.expanded ? '...' : ''})`;
    case 'binary':
      return flatBinary(expression);
    case 'conditional': {
      const { condition, yes, no } = expression;
      return `${operand(condition, 1)} ? ${operand(yes, 1)} : ${flat(no)}`;
    }
    case 'list':
      return `[${expression.items.map(flat).join(', ')}]`;
    case 'object':
      if (expression.entries.length === 0) return '{}';
      return `{ ${expression.entries.map(({ key, value }) => `${keyText(key)} = ${flat(value)}`).join(', ')} }`;
    case 'for':
      return flatFor(expression);
  }
}

export { afterWord, flat, highest, keyText, leastOperand, lineWidth, precedenceOf };
