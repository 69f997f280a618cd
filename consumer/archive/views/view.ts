import type { Dialect } from '../dialects/dialect';
import { trinoTypes } from '../dialects/trino';
import { fieldColumns, identityColumns } from '../store/columns';

/** A column of a view, with its type in Trino. A text with a maximum length counts as `varchar`. */
interface ViewColumn {
  name: string;
  type: string;
}

/** A view that both engines have, under the same name and with the same columns. */
interface View {
  /** In snake_case. */
  name: string;
  /** One sentence: the meaning of a row. */
  meaning: string;
  /** The columns of its query, in order. */
  columns: readonly ViewColumn[];
  /** The query, which can read the views before it. */
  sql(dialect: Dialect): string;
}

/** A view that only an archive has. DuckDB determines its columns. */
type ArchiveView = Omit<View, 'columns'>;

const eventColumns = [...identityColumns, ...fieldColumns];

/**
 * Columns that a view copies from `events`, with their types there.
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
