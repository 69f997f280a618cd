import { z } from 'zod';

/** What a schema asks of a value that is there. What is inside is a schema again. */
type PresentNode =
  | { node: 'object'; fields: readonly (readonly [key: string, schema: z.ZodType])[] }
  | { node: 'list'; item: z.ZodType }
  | { node: 'map'; value: z.ZodType }
  | { node: 'union'; options: readonly z.ZodType[] }
  | { node: 'literal'; values: readonly z.core.util.Literal[] }
  | { node: 'string' | 'number' | 'boolean' }
  | { node: 'unknown' }
  /** A schema of another type, or one that asks for more than its type: `what` names it in errors. */
  | { node: 'other'; what: string };

/** A schema as the event schemas use zod: what has to be there, and whether it may be absent or null. */
type SchemaNode = PresentNode & { isOptional: boolean; isNullable: boolean };

/** Whether the schema asks for more than its type: a refinement, a format, coercion, certain keys. */
function asksForMore(schema: z.ZodType): boolean {
  const { def } = schema;
  if ((def.checks ?? []).length > 0 || 'format' in def || 'coerce' in def) return true;
  if (schema instanceof z.ZodObject) {
    return schema.def.catchall !== undefined && !(schema.def.catchall instanceof z.ZodUnknown);
  }
  if (schema instanceof z.ZodRecord) {
    return !(schema.keyType instanceof z.ZodString) || asksForMore(schema.keyType);
  }
  // Options that exclude one another by their discriminator need no count of how many match.
  return schema instanceof z.ZodUnion && schema.def.inclusive === false && !('discriminator' in def);
}

// zod's own types of what is inside are wider than the classes that schemas are made of: hence each `as`.
function presentNode(schema: z.ZodType): PresentNode {
  if (asksForMore(schema)) {
    return { node: 'other', what: `a schema of type ${schema.def.type} that asks for more` };
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

/** Findings of one record ask for the nodes of few schemas again and again. */
const nodes = new WeakMap<z.ZodType, SchemaNode>();

/**
 * What a schema asks for, for whoever makes something else of it than a parser: one level, without any `optional` and
 * `nullable` around it.
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
