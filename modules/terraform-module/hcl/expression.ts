/** An expression of HCL. Parentheses are not part of it: the printer adds those that are necessary. */
type Expression =
  | { kind: 'literal'; value: number | boolean | null }
  | Template
  | { kind: 'name'; name: string }
  | { kind: 'attribute'; of: Expression; name: string }
  | { kind: 'index'; of: Expression; key: Expression }
  /** `list[*].name`; the attributes and indexes after it apply to each element. */
  | { kind: 'splat'; of: Expression }
  | { kind: 'call'; name: string; args: readonly Expression[]; expanded: boolean }
  | { kind: 'not' | 'negative'; of: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  | { kind: 'conditional'; condition: Expression; yes: Expression; no: Expression }
  | { kind: 'list'; items: readonly Expression[] }
  | { kind: 'object'; entries: readonly Entry[] }
  | For;

/** A text with interpolations; a text without interpolations has at most one part. */
interface Template {
  kind: 'template';
  parts: readonly (string | Expression)[];
}

/** An entry of an object. A key that is a text is literal. */
interface Entry {
  key: string | Expression;
  value: Expression;
}

/** A `for` in brackets, or in braces if it has a key. */
interface For {
  kind: 'for';
  names: readonly string[];
  of: Expression;
  key?: Expression;
  value: Expression;
  grouped: boolean;
  condition?: Expression;
}

/** Returns the text of an expression that is a text without interpolations. */
function textOf(expression: Expression): string | undefined {
  if (expression.kind !== 'template' || expression.parts.length > 1) return undefined;
  const [part = ''] = expression.parts;
  return typeof part === 'string' ? part : undefined;
}

/** Replaces each part of an expression, from the inside to the outside. */
function transform(expression: Expression, replace: (part: Expression) => Expression): Expression {
  const inner = (part: Expression) => transform(part, replace);
  return replace(withParts(expression, inner));
}

function withParts(expression: Expression, inner: (part: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'literal':
    case 'name':
      return expression;
    case 'template':
      return {
        ...expression,
        parts: expression.parts.map((part) => (typeof part === 'string' ? part : inner(part))),
      };
    case 'attribute':
    case 'splat':
    case 'not':
    case 'negative':
      return { ...expression, of: inner(expression.of) };
    case 'index':
      return { ...expression, of: inner(expression.of), key: inner(expression.key) };
    case 'call':
      return { ...expression, args: expression.args.map(inner) };
    case 'binary':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
    case 'conditional':
      return {
        ...expression,
        condition: inner(expression.condition),
        yes: inner(expression.yes),
        no: inner(expression.no),
      };
    case 'list':
      return { ...expression, items: expression.items.map(inner) };
    case 'object':
      return {
        ...expression,
        entries: expression.entries.map(({ key, value }) => ({
          key: typeof key === 'string' ? key : inner(key),
          value: inner(value),
        })),
      };
    case 'for':
      return {
        ...expression,
        of: inner(expression.of),
        ...(expression.key !== undefined && { key: inner(expression.key) }),
        value: inner(expression.value),
        ...(expression.condition !== undefined && { condition: inner(expression.condition) }),
      };
  }
}

export { type Entry, type Expression, type For, type Template, textOf, transform };
