import type { View, ViewColumn } from '../../archive/views/view';
import { columnsOfEvents, columnsOfType } from '../../archive/views/view-columns';
import { views } from '../../archive/views/views';
import { type LineTables, lineEventColumns } from '../lines/events-from-lines';
import { athenaViews } from './athena-views';

/** A view whose columns are known before its query has run, as a catalog wants it. */
interface CatalogView extends View {
  columns: readonly ViewColumn[];
}

/** The columns of the views that only Athena has in this form, by the view's name. */
const athenaColumns: Readonly<Record<string, readonly ViewColumn[]>> = {
  events: lineEventColumns,
  unreadable_lines: [
    ...columnsOfType('varchar', 'line', 'object'),
    ...columnsOfType('bigint', 'occurrences'),
  ],
  unique_events: lineEventColumns,
  arrivals: [
    ...columnsOfEvents(['event_id', 'event_type', 'event_time', 'configuration_set', 'message_id']),
    ...columnsOfType('timestamp(3)', 'delivered_at'),
    ...columnsOfType('bigint', 'occurrences'),
  ],
  event_objects: [...columnsOfType('varchar', 'object'), ...columnsOfType('timestamp(3)', 'delivered_at')],
};

/**
 * All views over tables of text lines with their columns, in the order in which they can be made.
 * @example catalogViews({ events: 'event_lines', errors: 'error_lines' })
 * @throws {Error} when a view does not say which columns it has
 */
function catalogViews(tables: LineTables): readonly CatalogView[] {
  return [...athenaViews(tables), ...views].map((view) => {
    const columns = view.columns ?? athenaColumns[view.name];
    if (columns === undefined) throw new Error(`the view ${view.name} has no columns: write them beside it`);
    return { ...view, columns };
  });
}

export { type CatalogView, catalogViews };
