import type { z } from 'zod';
import { eventSchemas } from '../../../events';
import { schemaNode } from '../../../events/schema-node';
import { ExpectedText } from '../../../records/four-bytes';
import { planOf } from '../../rows/plan';
import { type Column, type ColumnType, fieldColumns } from '../../store/columns';

/** The spelling of a value by SES on a line, as far as the line scanner supports it. */
type Shape =
  | { shape: 'text' | 'timestamp' | 'integer' | 'boolean' }
  | { shape: 'list'; item: Shape }
  | { shape: 'map'; value: Shape }
  | ObjectShape;

/** An object of known keys. */
interface ObjectShape {
  shape: 'object';
  /** By a hash of the key's bytes; see {@link keyHash}. */
  fields: ReadonlyMap<number, FieldShape>;
  /** Bits of the required fields. */
  required: number;
  /** The field that was first on the last line. */
  first: FieldShape | undefined;
  /** Whether it can be empty: its presence is implied, or stored as text. */
  mayBeEmpty: boolean;
}

/** A field of an object. */
interface FieldShape {
  /** The key's bytes with its quotes and the colon. */
  key: ExpectedText;
  /** One bit, unlike those of its siblings. */
  bit: number;
  shape: Shape;
  /** Index of the column for the value, or -1. */
  column: number;
  columnType: ColumnType | undefined;
  /** The content of `extra` when the value is an explicit null; undefined where a line must not have one. */
  nullExtra: string | undefined;
  /** The field after it on the last line, which is most likely the next one again. */
  next: FieldShape | undefined;
}

/** The fields of an object's schema. */
type Fields = readonly (readonly [name: string, schema: z.ZodType])[];

/** The hash for looking up a key. The key itself is compared afterwards. */
function keyHash(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

function hashOf(key: Buffer): number {
  return key.reduce(keyHash, 0);
}

/** The content of `extra` for an explicit null in a block. Other lines with a null take the slow path. */
function nullExtra(path: string): string | undefined {
  const [block = '', name, ...deeper] = path.split('.');
  return name === undefined || deeper.length > 0 ? undefined : JSON.stringify({ [block]: { [name]: null } });
}

/** The shape of a value; undefined where lines take the slow path. */
function shapeOf(schema: z.ZodType, path: string, kind: string): Shape | undefined {
  const column = columnAt(path, kind);
  if (column?.type === 'timestamp') return { shape: 'timestamp' };
  if (column?.type === 'integer') return { shape: 'integer' };
  const node = schemaNode(schema);
  switch (node.node) {
    case 'string':
    case 'literal':
      return { shape: 'text' };
    case 'boolean':
      return { shape: 'boolean' };
    case 'list': {
      const item = shapeOf(node.item, `${path}[]`, kind);
      return item && { shape: 'list', item };
    }
    case 'map': {
      const value = shapeOf(node.value, `${path}{}`, kind);
      return value && { shape: 'map', value };
    }
    case 'object':
      return objectShape(node.fields, path, kind);
    default:
      return undefined;
  }
}

function columnAt(path: string, kind: string): Column | undefined {
  const index = planOf(kind).paths.findIndex((columnPath) => columnPath?.join('.') === path);
  return index === -1 ? undefined : fieldColumns[index];
}

/** Whether a row stores the value at a path: in a column, as a part of one, or by the labels of its kind. */
function isKept(path: string, kind: string): boolean {
  const { paths, present } = planOf(kind);
  if (path === 'eventType' || present.includes(path)) return true;
  return paths.some((columnPath) => {
    const column = columnPath?.join('.') ?? '';
    const isWithin = path.startsWith(column) && /^(?:$|[.[{])/.test(path.slice(column.length));
    return column !== '' && (isWithin || column.startsWith(`${path}.`));
  });
}

function objectShape(schemaFields: Fields, path: string, kind: string): ObjectShape {
  const fields = new Map<number, FieldShape>();
  const { paths, present } = planOf(kind);
  let required = 0;
  schemaFields.forEach(([name, field], index) => {
    const fieldPath = path === '' ? name : `${path}.${name}`;
    const { isOptional, isNullable } = schemaNode(field);
    const bit = 1 << index;
    if (!isOptional) required |= bit;
    const shape = shapeOf(field, fieldPath, kind);
    // Lines with a value for `extra` take the slow path.
    if (shape === undefined || !isKept(fieldPath, kind)) return;
    const column = paths.findIndex((columnPath) => columnPath?.join('.') === fieldPath);
    const hash = hashOf(Buffer.from(name));
    if (fields.has(hash))
      throw new Error(`two keys of ${path} have the same hash: choose another hash function`);
    fields.set(hash, {
      key: new ExpectedText(`"${name}":`),
      bit,
      shape,
      column,
      columnType: fieldColumns[column]?.type,
      nullExtra: isNullable && column !== -1 ? nullExtra(fieldPath) : undefined,
      next: undefined,
    });
  });
  const holdsColumns = paths.some((columnPath) => columnPath?.join('.').startsWith(`${path}.`));
  return {
    shape: 'object',
    fields,
    required,
    first: undefined,
    mayBeEmpty: present.includes(path) || !holdsColumns,
  };
}

/** The columns that the line stage fills by name. */
const filledColumns: readonly string[] = ['event_time', 'mail_timestamp', 'configuration_set'];

/** Whether the line stage fills all columns of a kind: those with a path, and the copies that it supports. */
function isFilled(kind: string): boolean {
  const { copies, paths } = planOf(kind);
  const copied = copies.map(([column]) => fieldColumns[column]?.name ?? '');
  const read = fieldColumns.filter((_, column) => paths[column] !== undefined);
  const filled = [...copied, ...read.map(({ name }) => name)];
  return (
    copied.every((name) => filledColumns.includes(name)) &&
    filledColumns.every((name) => filled.includes(name))
  );
}

/** The shapes of the records of each kind whose lines can be staged from their bytes. */
const recordShapes: ReadonlyMap<string, ObjectShape> = new Map(
  Object.entries(eventSchemas)
    .filter(([kind]) => isFilled(kind))
    .map(([kind, schema]) => [kind, objectShape(Object.entries(schema.shape), '', kind)]),
);

export { type FieldShape, keyHash, type ObjectShape, recordShapes, type Shape };
