import { createHash } from 'node:crypto';
import { blockOfKind, type Column, fieldColumns } from '../store/columns';
import { type TableColumns, tables } from '../store/schema';
import { createView, storedViews } from '../views/stored-views';

/** Where the values of a column stand in the record. */
type Field = Pick<Column, 'paths' | 'copiedFrom'>;

/**
 * How an archive is laid out. The archive keeps it as JSON, so that the next version knows which of the rows it
 * would write otherwise.
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

/** The same as the archive keeps it: equal texts are equal layouts. */
const currentLayoutText = JSON.stringify(currentLayout);

/** What a layout has and this version does not know: it was written by a newer one. */
function unknownParts({ tables: theirs, kinds }: Layout): string[] {
  const columns = Object.entries(theirs).flatMap(([table, columns]) =>
    Object.keys(columns)
      .filter((column) => tables[table]?.[column] === undefined)
      .map((column) => `the column ${table}.${column}`),
  );
  const strange = Object.keys(kinds).filter((kind) => blockOfKind[kind] === undefined);
  return [...columns, ...strange.map((kind) => `the kind ${kind}`)];
}

export { currentLayout, currentLayoutText, type Field, type Layout, unknownParts };
