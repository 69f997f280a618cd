import type { z } from 'zod';
import type { JsonObject } from './json-object';
import { type SchemaNode, schemaNode } from './schema-node';

/** Checks whether a parsed JSON value satisfies a schema. */
type Check = (value: unknown) => boolean;

/** Checks every value of a map. Skips `__proto__`, as zod does, so that it cannot become a prototype. */
function everyValue(map: JsonObject, check: Check): boolean {
  for (const key in map) {
    if (key !== '__proto__' && !check(map[key])) return false;
  }
  return true;
}

const objectTest = (value: string) => `typeof ${value}==='object'&&${value}!==null&&!Array.isArray(${value})`;

/**
 * Returns a JavaScript expression that checks whether `value`, itself an expression, satisfies a schema.
 *
 * @param depth number of enclosing lists and maps; makes the names of their items unique
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
    // Only an absent key is undefined in JSON, and zod requires the key unless it is optional.
    case 'unknown':
      return `${value}!==undefined`;
    case 'other':
      throw new Error(`${node.what} has no compiled check`);
    default:
      return `typeof ${value}==='${node.node}'`;
  }
}

/**
 * Compiles a zod schema to a function that returns a boolean and builds no objects.
 *
 * zod copies every object that it accepts, which costs as much as parsing the JSON. The reader only requires
 * a yes or no. If a value fails, the reader parses it with zod itself to get the issues. The schema remains
 * the single source: a property test verifies that both checks agree.
 *
 * The function is generated from the keys and literals of the schema, as zod does for its parsers. Where code
 * generation is forbidden, the function calls zod, which is slower.
 *
 * @throws {Error} when the schema uses a kind of check that has no compiled form here
 */
function compileCheck(schema: z.ZodType): Check {
  const body = `return (value)=>${expression(schema, 'value', 0)}`;
  try {
    // The generated function has no types.
    return new Function('everyValue', body)(everyValue) as Check;
  } catch {
    return (value) => schema.safeParse(value).success; // code generation is forbidden here
  }
}

export { type Check, compileCheck };
