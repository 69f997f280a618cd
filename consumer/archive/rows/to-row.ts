import { isJsonObject, type JsonObject } from '../../events/json-object';
import { fieldColumns } from '../store/columns';
import { type Cell, toCell } from './cell';
import type { Document } from './document';
import { type PlanNode, planOf } from './plan';

/** A document as cells, one for each of `fieldColumns`, and the parts that they do not restore. */
interface Row {
  cells: readonly (Cell | undefined)[];
  /** Merged into the tree of the cells, it restores the document's tree. */
  extra: Readonly<Record<string, unknown>> | undefined;
}

function isEmpty(tree: JsonObject): boolean {
  return Object.keys(tree).length === 0;
}

/** Sets a key like JSON.parse: `__proto__` becomes an ordinary key. */
function setKey(tree: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') tree[key] = value;
  else Object.defineProperty(tree, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The value at a path, through objects and lists. */
function valueAt(tree: unknown, path: readonly string[]): unknown {
  let value = tree;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonObject)[key]; // an object or a list, both have keys
  }
  return value;
}

/**
 * Fills the cells from a tree.
 * @returns the parts of the tree that no cell restores; undefined when there are none
 */
function fill(
  tree: JsonObject,
  node: PlanNode,
  cells: (Cell | undefined)[],
  isImplied: (key: string) => boolean,
) {
  let rest: Record<string, unknown> | undefined;
  for (const key of Object.keys(tree)) {
    const left = remainder(tree[key], node.children.get(key), cells, isImplied(key));
    if (left === undefined) continue;
    rest ??= {};
    setKey(rest, key, left);
  }
  return rest;
}

const notImplied = () => false;

function remainder(
  value: unknown,
  planned: PlanNode | number | undefined,
  cells: (Cell | undefined)[],
  isImplied: boolean,
): unknown {
  if (planned === undefined) return isImplied && isJsonObject(value) && isEmpty(value) ? undefined : value;
  if (typeof planned === 'number') {
    const column = fieldColumns[planned];
    if (column === undefined) return value;
    const { cell, isExact } = toCell(column.type, value);
    cells[planned] = cell;
    return isExact ? undefined : value;
  }
  if (!isJsonObject(value)) return value;
  const rest = fill(value, planned, cells, notImplied);
  return isEmpty(value) && !isImplied ? {} : rest;
}

/** Converts a document to a row. */
function toRow({ kind, labelKey, tree }: Document): Row {
  const { root, present, copies } = planOf(kind);
  const cells: (Cell | undefined)[] = new Array(fieldColumns.length).fill(undefined);
  const { [labelKey]: _, ...unlabelled } = tree;
  const extra = fill(unlabelled, root, cells, (key) => present.includes(key));
  for (const [column, path] of copies) {
    cells[column] = toCell(fieldColumns[column]?.type ?? 'text', valueAt(tree, path)).cell;
  }
  return { cells, extra };
}

export { type Row, setKey, toRow };
