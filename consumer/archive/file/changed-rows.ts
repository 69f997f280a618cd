import { sqlText } from '../dialects/literals';
import { fieldColumns } from '../store/columns';
import { currentLayout, type Field, type Layout } from './layout';

/** The condition that a JSON text may have a key; JSON.stringify writes it in one way. */
function hasKey(json: string, key: string): string {
  return `contains(${json}, ${sqlText(JSON.stringify(key))})`;
}

/** The condition that a row may have the value at a path, in `extra` or within a column. */
function hasValueAt(path: readonly string[]): string[] {
  const key = path.filter((part) => !/^\d+$/.test(part)).at(-1) ?? '';
  const joined = path.join('.');
  const holder = fieldColumns.find(({ paths }) =>
    paths.some((held) => joined === held || joined.startsWith(`${held}.`)),
  );
  const inExtra = hasKey('extra', key);
  if (holder === undefined) return [inExtra];
  const isWithin = holder.type === 'json' && !holder.paths.includes(joined);
  return [inExtra, isWithin ? hasKey(`"${holder.name}"`, key) : `"${holder.name}" IS NOT NULL`];
}

/** The conditions that a row may have a value for a column that was read from elsewhere before, or not at all. */
function columnConditions({ paths, copiedFrom }: Field, before: Field | undefined): string[] {
  const added = paths.filter((path) => before?.paths.includes(path) !== true);
  const isCopiedAnew = copiedFrom !== undefined && copiedFrom.join() !== before?.copiedFrom?.join();
  return [
    ...added.map((path) => hasKey('extra', path.split('.').at(-1) ?? '')),
    ...(isCopiedAnew ? hasValueAt(copiedFrom) : []),
  ];
}

/** Rows of unknown kinds that this version may know; what a Pinpoint record becomes does not depend on its label. */
function kindConditions(before: Layout['kinds']): string[] {
  const added = Object.keys(currentLayout.kinds).filter((kind) => before[kind] === undefined);
  if (added.length === 0) return [];
  const known = added.map(sqlText).join(', ');
  return [`event_type = 'Unknown' AND (origin = 'pinpoint' OR record_type IN (${known}))`];
}

/**
 * The condition that a row of `event_rows` is one that this version might write otherwise; undefined when there is none.
 * It may hold for too many rows, but never for too few.
 *
 * @param before the layout that the rows were written with; undefined when the archive does not say it
 * @param lacking the columns that `event_rows` lacks
 */
function mayChange(before: Layout | undefined, lacking: readonly string[]): string | undefined {
  const changed = Object.entries(currentLayout.fields).flatMap(([name, field]) => {
    if (before !== undefined) return columnConditions(field, before.fields[name]);
    return lacking.includes(name) ? columnConditions(field, undefined) : [];
  });
  // The versions that did not keep their layout had the columns of their tables, at the paths of this version.
  const conditions = [...changed, ...kindConditions(before?.kinds ?? {})];
  return conditions.length === 0 ? undefined : [...new Set(conditions)].join(' OR ');
}

export { mayChange };
