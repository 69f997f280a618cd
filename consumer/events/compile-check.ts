import { z } from 'zod';

/** Tells whether a parsed JSON value satisfies a schema. */
type Check = (value: unknown) => boolean;

/** A parsed JSON object, whatever it holds. */
type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
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

/** The schema inside any `optional` and `nullable`, and which of them were around it. */
function withoutAbsence(schema: z.ZodType) {
  let inner = schema;
  let undefinedAllowed = false;
  let nullAllowed = false;
  while ((inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) && !asksForMore(inner)) {
    if (inner instanceof z.ZodOptional) undefinedAllowed = true;
    else nullAllowed = true;
    inner = inner.unwrap() as z.ZodType;
  }
  return { inner, undefinedAllowed, nullAllowed };
}

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
  const { inner, undefinedAllowed, nullAllowed } = withoutAbsence(schema);
  const absence = [
    ...(undefinedAllowed ? [`${value}===undefined`] : []),
    ...(nullAllowed ? [`${value}===null`] : []),
  ];
  return `(${[...absence, presentExpression(inner, value, depth)].join('||')})`;
}

function presentExpression(schema: z.ZodType, value: string, depth: number): string {
  if (asksForMore(schema)) {
    throw new Error(`a schema of type ${schema.def.type} that asks for more has no compiled check`);
  }
  const item = `item${depth}`;
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape).map(([key, field]) =>
      expression(field as z.ZodType, `${value}[${JSON.stringify(key)}]`, depth),
    );
    return [objectTest(value), ...fields].join('&&');
  }
  if (schema instanceof z.ZodArray) {
    return `Array.isArray(${value})&&${value}.every((${item})=>${expression(schema.element as z.ZodType, item, depth + 1)})`;
  }
  if (schema instanceof z.ZodRecord) {
    const check = expression(schema.valueType as z.ZodType, item, depth + 1);
    return `${objectTest(value)}&&everyValue(${value},(${item})=>${check})`;
  }
  if (schema instanceof z.ZodUnion) {
    return schema.options.map((option) => expression(option as z.ZodType, value, depth)).join('||');
  }
  if (schema instanceof z.ZodLiteral) {
    return [...schema.values].map((literal) => `${value}===${JSON.stringify(literal)}`).join('||');
  }
  if (schema instanceof z.ZodString) return `typeof ${value}==='string'`;
  if (schema instanceof z.ZodNumber) return `Number.isFinite(${value})`;
  if (schema instanceof z.ZodBoolean) return `typeof ${value}==='boolean'`;
  // Only a key that is absent is undefined in JSON, and zod wants the key unless it is optional.
  if (schema instanceof z.ZodUnknown) return `${value}!==undefined`;
  throw new Error(`a schema of type ${schema.def.type} has no compiled check`);
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

export { type Check, compileCheck, isObject, type JsonObject };
