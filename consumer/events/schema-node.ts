import { z } from 'zod';

/**
 * The requirements of a schema for a value that is not absent or null. Its items and fields are schemas
 * again.
 */
type PresentNode =
  | { node: 'object'; fields: readonly (readonly [key: string, schema: z.ZodType])[] }
  | { node: 'list'; item: z.ZodType }
  | { node: 'map'; value: z.ZodType }
  | { node: 'union'; options: readonly z.ZodType[] }
  | { node: 'literal'; values: readonly z.core.util.Literal[] }
  | { node: 'string' | 'number' | 'boolean' }
  | { node: 'unknown' }
  /** A schema of another type, or one with requirements beyond its type: `what` names it in errors. */
  | { node: 'other'; what: string };

/**
 * A zod schema as the event schemas use it: the requirements for the value, and whether it can be absent or
 * null.
 */
type SchemaNode = PresentNode & { isOptional: boolean; isNullable: boolean };

/**
 * Checks whether the schema has requirements beyond its type: a refinement, a format, coercion, certain keys.
 */
function asksForMore(schema: z.ZodType): boolean {
  const { def } = schema;
  if ((def.checks ?? []).length > 0 || 'format' in def || 'coerce' in def) return true;
  if (schema instanceof z.ZodObject) {
    return schema.def.catchall !== undefined && !(schema.def.catchall instanceof z.ZodUnknown);
  }
  if (schema instanceof z.ZodRecord) {
    return !(schema.keyType instanceof z.ZodString) || asksForMore(schema.keyType);
  }
  // Options with different discriminators exclude each other, so the number of matches does not matter.
  return schema instanceof z.ZodUnion && schema.def.inclusive === false && !('discriminator' in def);
}

// zod's types of inner schemas are wider than the classes of the actual schemas, so each requires `as`.
function presentNode(schema: z.ZodType): PresentNode {
  if (asksForMore(schema)) {
    return { node: 'other', what: `a schema of type ${schema.def.type} with additional checks` };
  }
  if (schema instanceof z.ZodObject) {
    return { node: 'object', fields: Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>) };
  }
  if (schema instanceof z.ZodArray) return { node: 'list', item: schema.element as z.ZodType };
  if (schema instanceof z.ZodRecord) return { node: 'map', value: schema.valueType as z.ZodType };
  if (schema instanceof z.ZodUnion) return { node: 'union', options: schema.options as z.ZodType[] };
  if (schema instanceof z.ZodLiteral) return { node: 'literal', values: [...schema.values] };
  if (schema instanceof z.ZodString) return { node: 'string' };
  if (schema instanceof z.ZodNumber) return { node: 'number' };
  if (schema instanceof z.ZodBoolean) return { node: 'boolean' };
  if (schema instanceof z.ZodUnknown) return { node: 'unknown' };
  return { node: 'other', what: `a schema of type ${schema.def.type}` };
}

/** A cache: the issues of one record require the nodes of the same few schemas many times. */
const nodes = new WeakMap<z.ZodType, SchemaNode>();

/**
 * Returns the requirements of a schema, for code that generates something other than a parser from it. The
 * result has one level, without the `optional` and `nullable` wrappers.
 *
 * @example
 * ```ts
 * schemaNode(z.array(z.string()).optional()); // { node: 'list', item: …, isOptional: true, isNullable: false }
 * ```
 */
function schemaNode(schema: z.ZodType): SchemaNode {
  const known = nodes.get(schema);
  if (known !== undefined) return known;
  let inner = schema;
  let isOptional = false;
  let isNullable = false;
  while ((inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) && !asksForMore(inner)) {
    if (inner instanceof z.ZodOptional) isOptional = true;
    else isNullable = true;
    inner = inner.unwrap() as z.ZodType;
  }
  const node = { ...presentNode(inner), isOptional, isNullable };
  nodes.set(schema, node);
  return node;
}

export { type SchemaNode, schemaNode };
