import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { eventSchemas } from '../../consumer/events/email-event';
import { type SchemaNode, schemaNode } from '../../consumer/events/schema-node';

const example = readFileSync(join(packageRoot(), 'terraform/examples/parquet/main.tf'), 'utf8');
const [, block = ''] = /^ {2}columns = \{\n(.*?)^ {2}\}$/ms.exec(example) ?? [];

/** The columns of the example's table: the types in Glue by name. */
const columns = block
  .trim()
  .split(/^ {4}(?=\w)/m)
  .map((column) => {
    const [, name = '', value = ''] = /^(\w+)\s+= (.*)$/s.exec(column) ?? [];
    return [
      name,
      [...value.replace('join("", ', '').matchAll(/"([^"]*)"/g)].map(([, text]) => text).join(''),
    ];
  }) as [name: string, type: string][]; // the function returns pairs

/** The parts of a list in angle brackets, such as `a:struct<b:int>` of `struct<a:struct<b:int>,c:int>`. */
function partsOf(type: string): string[] {
  let depth = 0;
  const parts = [''];
  for (const character of type.slice(type.indexOf('<') + 1, -1)) {
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
    depth += { '<': 1, '>': -1 }[character] ?? 0;
  }
  return parts;
}

/** The field of a schema with a name in lowercase. */
function fieldOf(node: SchemaNode, name: string): z.ZodType | undefined {
  if (node.node !== 'object') return undefined;
  return node.fields.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Differences between a type in Glue and a schema: the places, and the types. */
function differences(type: string, schema: z.ZodType | undefined, place: string): string[] {
  if (schema === undefined) return [`${place} is not a field`];
  const node = schemaNode(schema);
  if (node.node === 'union') {
    const each = node.options.map((option) => differences(type, option, place));
    return each.find((found) => found.length === 0) ?? each.flat();
  }
  const [form = ''] = /^\w+/.exec(type) ?? [];
  const expected = { string: 'string', bigint: 'number', array: 'list', struct: 'object', map: 'map' }[form];
  if (expected !== node.node) return [`${place} is ${type}, but the schema has ${node.node}`];
  const parts = partsOf(type);
  if (node.node === 'list') return differences(parts[0] ?? '', node.item, `${place}[]`);
  if (node.node === 'map') return differences(parts[1] ?? '', node.value, `${place}{}`);
  if (node.node !== 'object') return [];
  return parts.flatMap((part) => {
    const [, name = '', inner = ''] = /^(\w+):(.*)$/.exec(part) ?? [];
    return differences(inner, fieldOf(node, name), `${place}.${name}`);
  });
}

/** Differences of a column in all kinds of event that have its field. */
function columnDifferences(name: string, type: string): string[] {
  const found = Object.values(eventSchemas).flatMap((schema) => fieldOf(schemaNode(schema), name) ?? []);
  return found.length === 0
    ? [`${name} is not a field`]
    : found.flatMap((field) => differences(type, field, name));
}

describe('the table of the Parquet example', () => {
  it('has a column for the kind, for the mail, and for each kind with more fields', () => {
    expect(columns.map(([name]) => name)).toEqual([
      ...['eventtype', 'mail', 'delivery', 'bounce', 'complaint', 'deliverydelay'],
      ...['reject', 'failure', 'open', 'click'],
    ]);
  });

  it.each(columns.filter(([name]) => name !== 'eventtype'))(
    'has the types of the schema in the column %s',
    (name, type) => {
      expect(columnDifferences(name, type)).toEqual([]);
    },
  );

  it.each([
    ['bounce', 'struct<bouncetyp:string>', 'bounce.bouncetyp is not a field'],
    ['bounce', 'struct<bouncetype:bigint>', 'bounce.bouncetype is bigint, but the schema has string'],
    ['bounces', 'string', 'bounces is not a field'],
  ])('is compared with the schema: %s as %s', (name, type, difference) => {
    expect(columnDifferences(name, type)).toEqual([difference]);
  });
});
