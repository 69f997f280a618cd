import type { z } from 'zod';
import { type SchemaNode, schemaNode } from '../../events/schema-node';

/** The JSON text of a value. Its first character determines the type. */
const text = (value: string) => `json_format(${value})`;

const isText = (value: string) => `${text(value)} LIKE '"%'`;

/** A JSON object as a map; NULL for other values. */
const asMap = (value: string) => `TRY(CAST(${value} AS map(varchar, json)))`;

/** A JSON array; NULL for other values. */
const asArray = (value: string) => `TRY(CAST(${value} AS array(json)))`;

function checkPresent(node: Exclude<SchemaNode, { node: 'unknown' }>, value: string, depth: number): string {
  const item = `item${depth}`;
  switch (node.node) {
    case 'object': {
      const fields = node.fields
        .map(([key, field]) => jsonCheck(field, `element_at(${item}, '${key}')`, depth + 1))
        .filter((check) => check !== 'true');
      // A list of one item, so that the map is computed once and has a name.
      return `any_match(ARRAY[${asMap(value)}], ${item} -> ${[`${item} IS NOT NULL`, ...fields].join(' AND ')})`;
    }
    case 'list': {
      const check = jsonCheck(node.item, item, depth + 1);
      return `coalesce(all_match(${asArray(value)}, ${item} -> ${check}), false)`;
    }
    case 'map': {
      const check = jsonCheck(node.value, item, depth + 1);
      return `coalesce(all_match(map_values(${asMap(value)}), ${item} -> ${check}), false)`;
    }
    case 'union':
      return `(${node.options.map((option) => jsonCheck(option, value, depth)).join(' OR ')})`;
    case 'string':
    case 'literal':
      return isText(value);
    case 'number':
      return `regexp_like(${text(value)}, '^-?[0-9]')`;
    case 'boolean':
      return `${text(value)} IN ('true', 'false')`;
    case 'other':
      throw new Error(`${node.what} has no check in SQL`);
  }
}

/**
 * Returns a condition in the SQL of Trino that a JSON value satisfies a schema. NULL counts as false. It has
 * the same requirements as the check of the reader, so that both engines read the same records.
 *
 * @param value an expression of type json, NULL where the key is absent
 * @param depth number of enclosing lists and objects; makes the names of their items unique
 * @throws {Error} when the schema uses a kind of check that has no form in SQL
 */
function jsonCheck(schema: z.ZodType, value: string, depth = 0): string {
  const node = schemaNode(schema);
  const { isOptional, isNullable } = node;
  if (node.node === 'unknown') return isOptional ? 'true' : `${value} IS NOT NULL`;
  const check = checkPresent(node, value, depth);
  const absent = [
    ...(isOptional ? [`${value} IS NULL`] : []),
    ...(isNullable ? [`${text(value)} = 'null'`] : []),
  ];
  return absent.length === 0 ? `coalesce(${check}, false)` : `(${[...absent, check].join(' OR ')})`;
}

export { asArray, asMap, isText, jsonCheck, text };
