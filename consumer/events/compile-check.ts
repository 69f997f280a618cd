import type { z } from 'zod';
import type { JsonObject } from './json-object';
import { type SchemaNode, schemaNode } from './schema-node';

/** Tells whether a parsed JSON value satisfies a schema. */
type Check = (value: unknown) => boolean;

/** What every value of a map has to satisfy. zod leaves `__proto__` out, so that it cannot become a prototype. */
function everyValue(map: JsonObject, check: Check): boolean {
  for (const key in map) {
    if (key !== '__proto__' && !check(map[key])) return false;
  }
  return true;
}

const objectTest = (value: string) => `typeof ${value}==='object'&&${value}!==null&&!Array.isArray(${value})`;

/**
 * A JavaScript expression that tells whether `value`, itself an expression, satisfies a schema.
 *
 * @param depth how many lists and maps are around, to name their items
 */
function expression(schema: z.ZodType, value: string, depth: number): string {
  const node = schemaNode(schema);
  const absence = [
    ...(node.isOptional ? [`${value}===undefined`] : []),
    ...(node.isNullable ? [`${value}===null`] : []),
  ];
  return `(${[...absence, presentExpression(node, value, depth)].join('||')})`;
}

function presentExpression(node: SchemaNode, value: string, depth: number): string {
  const item = `item${depth}`;
  switch (node.node) {
    case 'object': {
      const fields = node.fields.map(([key, field]) =>
        expression(field, `${value}[${JSON.stringify(key)}]`, depth),
      );
      return [objectTest(value), ...fields].join('&&');
    }
    case 'list':
      return `Array.isArray(${value})&&${value}.every((${item})=>${expression(node.item, item, depth + 1)})`;
    case 'map': {
      const check = expression(node.value, item, depth + 1);
      return `${objectTest(value)}&&everyValue(${value},(${item})=>${check})`;
    }
    case 'union':
      return node.options.map((option) => expression(option, value, depth)).join('||');
    case 'literal':
      return node.values.map((literal) => `${value}===${JSON.stringify(literal)}`).join('||');
    case 'number':
      return `Number.isFinite(${value})`;
    // Only a key that is absent is undefined in JSON, and zod wants the key unless it is optional.
    case 'unknown':
      return `${value}!==undefined`;
    case 'other':
      throw new Error(`${node.what} has no compiled check`);
    default:
      return `typeof ${value}==='${node.node}'`;
  }
}

/**
 * Turns a zod schema into a function that answers yes or no and builds nothing.
 *
 * zod copies every object it accepts, which costs as much as parsing the JSON; the reader only wants to
 * know whether the parsed object may be handed on. A value that fails is put to zod itself, which says
 * why. The schema stays the single source: a property test shows that the two agree.
 *
 * The function is generated from the schema's own keys and literals, as zod does for its parsers. Where
 * generating code is forbidden, zod answers instead, more slowly.
 *
 * @throws {Error} when the schema uses a kind of check that has no compiled form here
 */
function compileCheck(schema: z.ZodType): Check {
  const body = `return (value)=>${expression(schema, 'value', 0)}`;
  try {
    // The generated function has no types to take over.
    return new Function('everyValue', body)(everyValue) as Check;
  } catch {
    return (value) => schema.safeParse(value).success; // code generation is forbidden here
  }
}

export { type Check, compileCheck };
