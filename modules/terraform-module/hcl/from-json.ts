import type { Attribute, Block, Body } from './block';
import type { Expression } from './expression';
import { parseExpression, parseJson } from './parse';
import { simplify } from './simplify';

/** The content of a block in Terraform's JSON syntax. */
type JsonBody = Readonly<Record<string, unknown>>;

/** Arguments that are a list of references, which JSON has as texts. */
const references = ['depends_on', 'ignore_changes'];

/** How to read the content of a block. */
interface Reading {
  /** Whether an argument is a map, which JSON does not distinguish from a block. */
  isMap: (name: string) => boolean;
  /** Converts each expression. */
  convert?: (expression: Expression) => Expression;
}

const isObject = (value: unknown): value is JsonBody =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isObjects = (value: unknown): value is JsonBody[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

/** The blocks of an argument, or undefined if it is not a block. */
function blocksOf(type: string, value: unknown, reading: Reading): Block[] | undefined {
  if (reading.isMap(type)) return undefined;
  const bodies = isObject(value) ? [value] : value;
  if (!isObjects(bodies)) return undefined;
  if (type !== 'dynamic') return bodies.map((body) => ({ type, labels: [], body: bodyOf(body, reading) }));
  return bodies.flatMap((dynamic) =>
    Object.entries(dynamic).flatMap(([label, generated]) =>
      (blocksOf(label, generated, reading) ?? []).map(({ body }) => ({ type, labels: [label], body })),
    ),
  );
}

function referenceList(value: unknown): Expression {
  const names = Array.isArray(value) ? value : [];
  return { kind: 'list', items: names.map((name) => parseExpression(String(name))) };
}

/** Converts the content of a block. An empty list of references is omitted. */
function bodyOf(json: JsonBody, reading: Reading): Body {
  const { convert = (expression) => expression } = reading;
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  for (const [name, value] of Object.entries(json)) {
    const found = blocksOf(name, value, reading);
    if (found !== undefined) blocks.push(...found);
    else if (!references.includes(name))
      attributes.push({ name, value: convert(simplify(parseJson(value))) });
    else if (!Array.isArray(value) || value.length > 0)
      attributes.push({ name, value: referenceList(value) });
  }
  return { attributes, blocks };
}

export { bodyOf, type JsonBody };
