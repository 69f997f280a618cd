import { z } from 'zod';

/** A field of a schema, with its path as `mail.headers[].name` and its known values. */
interface SchemaField {
  path: string;
  knownValues: readonly unknown[];
}

/** Every field of the schema, with nested fields. The entries of a map are not fields. */
function schemaFields(schema: z.core.$ZodType, path: string): SchemaField[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return schemaFields(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return schemaFields(schema.element, `${path}[]`);
  if (schema instanceof z.ZodObject) {
    const prefix = path === '' ? '' : `${path}.`;
    const inner = Object.entries(schema.shape).flatMap(([key, field]) =>
      schemaFields(field, `${prefix}${key}`),
    );
    return path === '' ? inner : [{ path, knownValues: [] }, ...inner];
  }
  const examples = schema instanceof z.ZodType ? schema.meta()?.examples : undefined;
  return [{ path, knownValues: Array.isArray(examples) ? examples : [] }];
}

/** Every value of a JSON document with its path, except null. */
function valuesByPath(value: unknown, path: string): [path: string, value: unknown][] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => valuesByPath(item, `${path}[]`));
  if (typeof value !== 'object') return [[path, value]];
  const prefix = path === '' ? '' : `${path}.`;
  const inner = Object.entries(value).flatMap(([key, item]) => valuesByPath(item, `${prefix}${key}`));
  return [[path, value], ...inner];
}

export { type SchemaField, schemaFields, valuesByPath };
