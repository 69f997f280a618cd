import type { EventOrigin } from '../../events';
import { isJsonObject, type JsonObject } from '../../events/json-object';
import { fieldColumns } from '../store/columns';
import { fromCell } from './cell';
import { type Document, labelOf } from './document';
import { planOf } from './plan';
import { type Row, setKey } from './to-row';

/** Lays one tree over another: where both have an object it goes deeper, elsewhere the upper one counts. */
function overlay(base: Record<string, unknown>, upper: JsonObject): Record<string, unknown> {
  for (const key of Object.keys(upper)) {
    const below = Object.hasOwn(base, key) ? base[key] : undefined;
    const above = upper[key];
    setKey(base, key, isJsonObject(below) && isJsonObject(above) ? overlay(below, above) : above);
  }
  return base;
}

function setAt(tree: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    setKey(tree, key, value);
    return;
  }
  if (!isJsonObject(tree[key])) setKey(tree, key, {});
  setAt(tree[key] as Record<string, unknown>, rest, value); // just shown or made
}

/** The document that a row was made of. */
function fromRow(
  { cells, extra }: Row,
  { kind, origin, recordType }: { kind: Document['kind']; origin: EventOrigin; recordType: string },
): Document {
  const { labelKey, isKind } = labelOf(kind, origin);
  const { present, paths } = planOf(kind);
  const tree: Record<string, unknown> = { [labelKey]: isKind ? kind : recordType };
  for (const key of present) tree[key] = {};
  cells.forEach((cell, column) => {
    const path = paths[column];
    const type = fieldColumns[column]?.type;
    if (cell !== undefined && path !== undefined && type !== undefined)
      setAt(tree, path, fromCell(type, cell));
  });
  return { kind, origin, recordType, labelKey, tree: extra === undefined ? tree : overlay(tree, extra) };
}

export { fromRow };
