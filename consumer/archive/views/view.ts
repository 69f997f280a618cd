import type { Dialect } from '../dialects/dialect';
import { trinoTypes } from '../dialects/trino';
import { fieldColumns, identityColumns } from '../store/columns';

/** A column of a view, with its type as Trino calls it; a text of a known longest length counts as `varchar`. */
interface ViewColumn {
  name: string;
  type: string;
}

/** A view that both engines have, under the same name and with the same columns. */
interface View {
  /** In snake_case. */
  name: string;
  /** One sentence: what a row is. */
  meaning: string;
  /** What its query gives, in order. */
  columns: readonly ViewColumn[];
  /** The query, which may read the views before it. */
  sql(dialect: Dialect): string;
}

/** A view that only an archive has: DuckDB finds out its columns by itself. */
type ArchiveView = Omit<View, 'columns'>;

const eventColumns = [...identityColumns, ...fieldColumns];

/**
 * Columns that a view takes over from `events`, with the types that they have there.
 * @throws {Error} when the events have no such column
 */
function columnsOfEvents(names: readonly string[]): ViewColumn[] {
  return names.map((name) => {
    const type = eventColumns.find((column) => column.name === name)?.type;
    if (type === undefined || type === 'bytes') throw new Error(`the view events has no column ${name}`);
    return { name, type: trinoTypes[type] };
  });
}

/** Columns of one type. */
function columnsOfType(type: string, ...names: readonly string[]): ViewColumn[] {
  return names.map((name) => ({ name, type }));
}

export { type ArchiveView, columnsOfEvents, columnsOfType, type View, type ViewColumn };
