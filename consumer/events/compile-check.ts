import { z } from 'zod';

/** Tells whether a parsed JSON value satisfies a schema. */
type Check = (value: unknown) => boolean;

/** A parsed JSON object, whatever it holds. */
type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

function objectCheck(schema: z.ZodObject): Check {
  const keys = Object.keys(schema.shape);
  const checks = keys.map((key) => compileCheck(schema.shape[key] as z.ZodType));
  return (value) => {
    if (!isObject(value) || Array.isArray(value)) return false;
    for (let i = 0; i < keys.length; i++) {
      // biome-ignore lint/style/noNonNullAssertion: the two lists have the same length
      if (!checks[i]!(value[keys[i]!])) return false;
    }
    return true;
  };
}

function recordCheck(schema: z.ZodRecord): Check {
  const check = compileCheck(schema.valueType as z.ZodType);
  return (value) => {
    if (!isObject(value) || Array.isArray(value)) return false;
    for (const key in value) {
      // zod leaves this one key out, so that it cannot become the prototype of zod's copy.
      if (key !== '__proto__' && !check(value[key])) return false;
    }
    return true;
  };
}

function arrayCheck(schema: z.ZodArray): Check {
  const check = compileCheck(schema.element as z.ZodType);
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (let i = 0; i < value.length; i++) {
      if (!check(value[i])) return false;
    }
    return true;
  };
}

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

/** One check for however many `optional` and `nullable` are around a schema: most fields have both. */
function absenceCheck(schema: z.ZodType): Check {
  let allowsUndefined = false;
  let allowsNull = false;
  let inner = schema;
  while ((inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) && !asksForMore(inner)) {
    if (inner instanceof z.ZodOptional) allowsUndefined = true;
    else allowsNull = true;
    inner = inner.unwrap() as z.ZodType;
  }
  const check = compileCheck(inner);
  if (allowsUndefined && allowsNull) return (value) => value === undefined || value === null || check(value);
  return allowsNull
    ? (value) => value === null || check(value)
    : (value) => value === undefined || check(value);
}

/**
 * Turns a zod schema into a function that answers yes or no and builds nothing.
 *
 * zod copies every object it accepts, which costs more than parsing the JSON; the reader only wants to
 * know whether the parsed object may be handed on. A value that fails is put to zod itself, which says
 * why. The schema stays the single source: a property test shows that the two agree.
 *
 * @throws {Error} when the schema uses a kind of check that has no compiled form here
 */
function compileCheck(schema: z.ZodType): Check {
  if (asksForMore(schema)) {
    throw new Error(`a schema of type ${schema.def.type} that asks for more has no compiled check`);
  }
  if (schema instanceof z.ZodObject) return objectCheck(schema);
  if (schema instanceof z.ZodArray) return arrayCheck(schema);
  if (schema instanceof z.ZodRecord) return recordCheck(schema);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return absenceCheck(schema);
  if (schema instanceof z.ZodUnion) {
    const checks = schema.options.map((option) => compileCheck(option as z.ZodType));
    return (value) => checks.some((check) => check(value));
  }
  if (schema instanceof z.ZodLiteral) {
    const { values } = schema;
    return (value) => values.has(value as z.core.util.Literal); // has() takes any value at run time
  }
  if (schema instanceof z.ZodString) return (value) => typeof value === 'string';
  if (schema instanceof z.ZodNumber) return (value) => Number.isFinite(value);
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === 'boolean';
  // Only a key that is absent is undefined in JSON, and zod wants the key unless it is optional.
  if (schema instanceof z.ZodUnknown) return (value) => value !== undefined;
  throw new Error(`a schema of type ${schema.def.type} has no compiled check`);
}

export { type Check, compileCheck, isObject, type JsonObject };
