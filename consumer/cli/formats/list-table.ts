import { fittedTable } from '../output/table';
import type { Cell, Shape } from './line-format';

/** How list items are shown in a table. */
interface TableForm<Item> {
  /** The table's header. */
  head: readonly string[];
  row(item: Item): readonly Cell[];
}

/** The formats of a list of rejects, duplicates or ignored objects. */
interface ListForm<Item> extends Shape<Item>, TableForm<Item> {}

/**
 * Formats list items as a table; empty where there are none.
 * @param width columns of the terminal
 */
function listTable<Item>({ head, row }: TableForm<Item>, items: readonly Item[], width?: number): string {
  return items.length === 0 ? '' : `${fittedTable(items.map(row), { head, width })}\n`;
}

export { type ListForm, listTable, type TableForm };
