import type { Dialect } from '../dialects/dialect';

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

export type { ArchiveView, View, ViewColumn };
