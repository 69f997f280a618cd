import { lineEventColumns } from '../lines/events-from-lines';
import type { ViewColumn } from './view';

const eventTypes = new Map(lineEventColumns.map(({ name, type }) => [name, type]));

/**
 * Columns that a view takes over from `events`, with the types that they have there.
 * @throws {Error} when the events have no such column
 */
function columnsOfEvents(names: readonly string[]): ViewColumn[] {
  return names.map((name) => {
    const type = eventTypes.get(name);
    if (type === undefined) throw new Error(`the column ${name} is none of the view events`);
    return { name, type };
  });
}

/** Columns of one type. */
function columnsOfType(type: string, ...names: readonly string[]): ViewColumn[] {
  return names.map((name) => ({ name, type }));
}

export { columnsOfEvents, columnsOfType };
