import { createHash } from 'node:crypto';
import { sqlText } from '../dialects/literals';
import { blockOfKind, type Column, fieldColumns } from '../store/columns';
import { type TableColumns, tables } from '../store/schema';
import { createView, storedViews } from '../views/stored-views';

/** The paths of a column's value in the record. */
type Field = Pick<Column, 'paths' | 'copiedFrom'>;

/**
 * The layout of an archive. The archive contains it as JSON, so that the next version can find the rows that it would
 * write differently.
 */
interface Layout {
  tables: Readonly<Record<string, TableColumns>>;
  /** The fields of the record, by column. */
  fields: Readonly<Record<string, Field>>;
  /** The kinds that have columns, each with the key of its block. */
  kinds: Readonly<Record<string, string>>;
  /** The digests of the stored views' statements, by name. */
  views: Readonly<Record<string, string>>;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The layout that this version writes. */
const currentLayout: Layout = {
  tables,
  fields: Object.fromEntries(
    fieldColumns.map(({ name, paths, copiedFrom }) => [name, { paths, ...(copiedFrom && { copiedFrom }) }]),
  ),
  kinds: blockOfKind,
  views: Object.fromEntries(storedViews.map((view) => [view.name, digest(createView(view))])),
};

/** The layout as text, as in the archive: equal texts are equal layouts. */
const currentLayoutText = JSON.stringify(currentLayout);

/** The parts of a layout that this version does not know, because a newer version wrote it. */
function unknownParts({ tables: otherTables, kinds }: Layout): string[] {
  const columns = Object.entries(otherTables).flatMap(([table, columns]) =>
    Object.keys(columns)
      .filter((column) => tables[table]?.[column] === undefined)
      .map((column) => `the column ${table}.${column}`),
  );
  const unknownKinds = Object.keys(kinds).filter((kind) => blockOfKind[kind] === undefined);
  return [...columns, ...unknownKinds.map((kind) => `the kind ${kind}`)];
}

/** The condition that a JSON text may contain a key, in the spelling of JSON.stringify. */
function hasKey(json: string, key: string): string {
  return `contains(${json}, ${sqlText(JSON.stringify(key))})`;
}

/** The condition that a row may have the value at a path, in `extra` or within a column. */
function hasValueAt(path: readonly string[]): string[] {
  const key = path.filter((part) => !/^\d+$/.test(part)).at(-1) ?? '';
  const joined = path.join('.');
  const column = fieldColumns.find(({ paths }) =>
    paths.some((path) => joined === path || joined.startsWith(`${path}.`)),
  );
  const inExtra = hasKey('extra', key);
  if (column === undefined) return [inExtra];
  const isWithin = column.type === 'json' && !column.paths.includes(joined);
  return [inExtra, isWithin ? hasKey(`"${column.name}"`, key) : `"${column.name}" IS NOT NULL`];
}

/** The conditions that a row may have a value for a column whose paths are new or have changed. */
function columnConditions({ paths, copiedFrom }: Field, before: Field | undefined): string[] {
  const added = paths.filter((path) => before?.paths.includes(path) !== true);
  const hasNewSource = copiedFrom !== undefined && copiedFrom.join() !== before?.copiedFrom?.join();
  return [
    ...added.map((path) => hasKey('extra', path.split('.').at(-1) ?? '')),
    ...(hasNewSource ? hasValueAt(copiedFrom) : []),
  ];
}

/**
 * The conditions for rows of unknown kinds that this version may know. The result for a Pinpoint record does not depend
 * on its label.
 */
function kindConditions(before: Layout['kinds']): string[] {
  const added = Object.keys(currentLayout.kinds).filter((kind) => before[kind] === undefined);
  if (added.length === 0) return [];
  const known = added.map(sqlText).join(', ');
  return [`event_type = 'Unknown' AND (origin = 'pinpoint' OR record_type IN (${known}))`];
}

/**
 * The condition for rows of `event_rows` that this version may write differently; undefined when there are none. It may
 * match too many rows, but never too few.
 *
 * @param before the layout that the rows were written with; undefined when the archive does not contain it
 * @param missing the columns that `event_rows` lacks
 */
function mayChange(before: Layout | undefined, missing: readonly string[]): string | undefined {
  const changed = Object.entries(currentLayout.fields).flatMap(([name, field]) => {
    if (before !== undefined) return columnConditions(field, before.fields[name]);
    return missing.includes(name) ? columnConditions(field, undefined) : [];
  });
  // Versions without a stored layout had the columns of their tables at the paths of this version.
  const conditions = [...changed, ...kindConditions(before?.kinds ?? {})];
  return conditions.length === 0 ? undefined : [...new Set(conditions)].join(' OR ');
}

export { currentLayout, currentLayoutText, type Layout, mayChange, unknownParts };
