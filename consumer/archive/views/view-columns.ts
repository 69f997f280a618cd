import { trinoTypes } from '../dialects/trino';
import { type Column, fieldColumns, identityColumns } from '../store/columns';
import type { ViewColumn } from './view';

const eventColumns: readonly Column[] = [...identityColumns, ...fieldColumns];

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

export { columnsOfEvents, columnsOfType };
