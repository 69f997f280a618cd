import { type Entry, type Expression, type For, type Template, textOf } from './expression';
import { Tokens } from './tokens';

/** Operators by precedence, the loosest first. A longer one precedes its prefix. */
const operators = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
] as const;

const identifier = /[A-Za-z_][\w-]*/y;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Returns the character of an escape in quotes: `\n`, `\u0001`. */
function unescaped(written: string): string {
  const code = /^\\[uU](.*)$/.exec(written)?.[1];
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
  return escapes[written.slice(1)] ?? written;
}

/**
 * Reads a text with interpolations, to the quote at its end or to the end of the source. `$${` and `%%{` are the
 * literal `${` and `%{`.
 */
function template(tokens: Tokens, isQuoted: boolean): Template {
  const parts: (string | Expression)[] = [];
  let literal = '';
  const flush = () => {
    if (literal !== '') parts.push(literal);
    literal = '';
  };
  while (isQuoted ? tokens.match(/"/y) === undefined : !tokens.isAtEnd) {
    const escaped = isQuoted ? tokens.match(/\\(?:u[\da-fA-F]{4}|U[\da-fA-F]{8}|[nrt"\\])/y) : undefined;
    if (escaped !== undefined) literal += unescaped(escaped);
    else if (tokens.match(/\$\$\{/y) !== undefined) literal += '${';
    else if (tokens.match(/%%\{/y) !== undefined) literal += '%{';
    else if (tokens.match(/\$\{/y) !== undefined) {
      flush();
      parts.push(expression(tokens));
      tokens.expect('}');
    } else if (tokens.match(/%\{/y) !== undefined) tokens.fail('an interpolation instead of a directive');
    else literal += tokens.match(isQuoted ? /[^"\\]/uy : /[\s\S]/uy) ?? tokens.fail('the end of the text');
  }
  flush();
  return { kind: 'template', parts };
}

function expression(tokens: Tokens): Expression {
  const condition = binary(tokens, 0);
  if (!tokens.accept('?')) return condition;
  const yes = expression(tokens);
  tokens.expect(':');
  return { kind: 'conditional', condition, yes, no: expression(tokens) };
}

function binary(tokens: Tokens, level: number): Expression {
  const candidates = operators[level];
  if (candidates === undefined) return unary(tokens);
  let left = binary(tokens, level + 1);
  for (;;) {
    const operator = candidates.find((each) => tokens.accept(each));
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: binary(tokens, level + 1) };
  }
}

function unary(tokens: Tokens): Expression {
  if (tokens.accept('!')) return { kind: 'not', of: unary(tokens) };
  if (tokens.accept('-')) return { kind: 'negative', of: unary(tokens) };
  let found = primary(tokens);
  for (;;) {
    if (tokens.accept('[*]')) found = { kind: 'splat', of: found };
    else if (tokens.accept('[')) {
      found = { kind: 'index', of: found, key: expression(tokens) };
      tokens.expect(']');
    } else if (!tokens.sees('...') && tokens.accept('.')) {
      const name = tokens.next(identifier) ?? tokens.fail('the name of an attribute');
      found = { kind: 'attribute', of: found, name };
    } else return found;
  }
}

function primary(tokens: Tokens): Expression {
  if (tokens.accept('(')) {
    const inner = expression(tokens);
    tokens.expect(')');
    return inner;
  }
  if (tokens.accept('"')) return template(tokens, true);
  if (tokens.accept('[')) return tokens.accept('for') ? forExpression(tokens, ']') : list(tokens);
  if (tokens.accept('{')) return tokens.accept('for') ? forExpression(tokens, '}') : object(tokens);
  const digits = tokens.next(number);
  if (digits !== undefined) return { kind: 'literal', value: Number(digits) };
  const name = tokens.next(identifier) ?? tokens.fail('a value');
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
  if (name === 'null') return { kind: 'literal', value: null };
  return tokens.accept('(') ? call(tokens, name) : { kind: 'name', name };
}

function call(tokens: Tokens, name: string): Expression {
  const args: Expression[] = [];
  let expanded = false;
  while (!tokens.accept(')')) {
    args.push(expression(tokens));
    expanded = tokens.accept('...');
    if (!tokens.accept(',') && !tokens.sees(')')) tokens.fail(', or )');
  }
  return { kind: 'call', name, args, expanded };
}

function list(tokens: Tokens): Expression {
  const items: Expression[] = [];
  while (!tokens.accept(']')) {
    items.push(expression(tokens));
    if (!tokens.accept(',') && !tokens.sees(']')) tokens.fail(', or ]');
  }
  return { kind: 'list', items };
}

/** A name or a text is a literal key; another expression is evaluated, and so is a name in parentheses. */
function entryKey(key: Expression): Entry['key'] {
  return key.kind === 'name' ? key.name : (textOf(key) ?? key);
}

function object(tokens: Tokens): Expression {
  const entries: Entry[] = [];
  while (!tokens.accept('}')) {
    const isEvaluated = tokens.sees('(');
    const key = expression(tokens);
    if (!tokens.accept('=')) tokens.expect(':');
    entries.push({ key: isEvaluated ? key : entryKey(key), value: expression(tokens) });
    tokens.accept(',');
  }
  return { kind: 'object', entries };
}

function forExpression(tokens: Tokens, end: ']' | '}'): For {
  const names: string[] = [];
  do names.push(tokens.next(identifier) ?? tokens.fail('a name'));
  while (tokens.accept(','));
  tokens.expect('in');
  const of = expression(tokens);
  tokens.expect(':');
  const first = expression(tokens);
  const hasKey = tokens.accept('=>');
  const value = hasKey ? expression(tokens) : first;
  const grouped = tokens.accept('...');
  const condition = tokens.accept('if') ? expression(tokens) : undefined;
  tokens.expect(end);
  return {
    ...{ kind: 'for', names, of, value, grouped },
    ...(hasKey && { key: first }),
    ...(condition !== undefined && { condition }),
  };
}

/**
 * Reads a text of Terraform's JSON syntax. A text that is one interpolation is the expression in it.
 * @throws {Error} when the text is not valid, or contains a directive (`%{ if … }`)
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
function parseText(source: string): Expression {
  const parsed = template(new Tokens(source), false);
  const [part, ...more] = parsed.parts;
  return part !== undefined && typeof part !== 'string' && more.length === 0 ? part : parsed;
}

/**
 * Reads an expression, such as `var.name`.
 * @throws {Error} when it is not valid
 */
function parseExpression(source: string): Expression {
  return parseText(`\${${source}}`);
}

/** Converts a value of Terraform's JSON syntax. */
function parseJson(value: unknown): Expression {
  if (typeof value === 'string') return parseText(value);
  if (value === null || typeof value === 'number' || typeof value === 'boolean')
    return { kind: 'literal', value };
  if (Array.isArray(value)) return { kind: 'list', items: value.map(parseJson) };
  const entries = Object.entries(Object(value)).map(([key, each]) => ({
    key: entryKey(parseText(key)),
    value: parseJson(each),
  }));
  return { kind: 'object', entries };
}

export { parseExpression, parseJson, parseText };
