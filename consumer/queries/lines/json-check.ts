import { z } from 'zod';

/** The schema inside any `optional` and `nullable`, and which of them were around it. */
function present(schema: z.ZodType) {
  let inner = schema;
  const absence = new Set<'optional' | 'nullable'>();
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) {
    absence.add(inner instanceof z.ZodOptional ? 'optional' : 'nullable');
    inner = inner.unwrap() as z.ZodType;
  }
  return { inner, absence };
}

/** The JSON text of a value: what it starts with tells its type. */
const text = (value: string) => `json_format(${value})`;

const isText = (value: string) => `substr(${text(value)}, 1, 1) = '"'`;

/** A JSON object as a map; NULL when it is none. */
const asMap = (value: string) => `TRY(CAST(${value} AS map(varchar, json)))`;

/** A JSON array; NULL when it is none. */
const asArray = (value: string) => `TRY(CAST(${value} AS array(json)))`;

function checkPresent(schema: z.ZodType, value: string, depth: number): string {
  const item = `item${depth}`;
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape).flatMap(([key, field]) => {
      const check = jsonCheck(field as z.ZodType, `element_at(${item}, '${key}')`, depth + 1);
      return check === 'true' ? [] : [check];
    });
    // A list of one, so that the map is made once and has a name.
    return `any_match(ARRAY[${asMap(value)}], ${item} -> ${[`${item} IS NOT NULL`, ...fields].join(' AND ')})`;
  }
  if (schema instanceof z.ZodArray) {
    const check = jsonCheck(schema.element as z.ZodType, item, depth + 1);
    return `coalesce(all_match(${asArray(value)}, ${item} -> ${check}), false)`;
  }
  if (schema instanceof z.ZodRecord) {
    const check = jsonCheck(schema.valueType as z.ZodType, item, depth + 1);
    return `coalesce(all_match(map_values(${asMap(value)}), ${item} -> ${check}), false)`;
  }
  if (schema instanceof z.ZodUnion) {
    return `(${schema.options.map((option) => jsonCheck(option as z.ZodType, value, depth)).join(' OR ')})`;
  }
  if (schema instanceof z.ZodString || schema instanceof z.ZodLiteral) return isText(value);
  if (schema instanceof z.ZodNumber) return `regexp_like(${text(value)}, '^-?[0-9]')`;
  if (schema instanceof z.ZodBoolean) return `${text(value)} IN ('true', 'false')`;
  throw new Error(`a schema of type ${schema.def.type} has no check in SQL`);
}

/**
 * A condition of Trino's SQL that a JSON value satisfies a schema; NULL counts as no. It asks what the
 * reader's own check asks, so that both engines read the same records.
 *
 * @param value an expression of type json, NULL where the key is absent
 * @param depth how many lists and objects are around, to name their items
 * @throws {Error} when the schema uses a kind of check that has no form in SQL
 */
function jsonCheck(schema: z.ZodType, value: string, depth = 0): string {
  const { inner, absence } = present(schema);
  if (inner instanceof z.ZodUnknown) return absence.has('optional') ? 'true' : `${value} IS NOT NULL`;
  const check = checkPresent(inner, value, depth);
  const absent = [
    ...(absence.has('optional') ? [`${value} IS NULL`] : []),
    ...(absence.has('nullable') ? [`${text(value)} = 'null'`] : []),
  ];
  return absent.length === 0 ? `coalesce(${check}, false)` : `(${[...absent, check].join(' OR ')})`;
}

export { asArray, asMap, isText, jsonCheck, text };
