/** A field of a list of objects that a JSON column holds. */
interface ListField {
  /** As the record spells it. */
  key: string;
  /** As the view calls it. */
  name: string;
}

/** A query that has a row for each item of a list. */
interface Unnested {
  /** What every row has beside the item, as SQL. */
  columns: readonly string[];
  from: string;
  /** @default - every row has its items */
  where?: string;
}

/** Which list a row's items are in: texts, each of which is an item's first field, or objects in a JSON column. */
type ListSource = { when: string } & ({ texts: string } | { objects: string });

/** What the two engines spell differently. Views and questions are the same text but for these. */
interface Dialect {
  readonly name: 'duckdb' | 'trino';
  /** How many items a list of texts has. */
  length(list: string): string;
  /** A query with a row for each item of a row's list, with the item's fields as columns behind the others. */
  eachItem(sources: readonly ListSource[], fields: readonly ListField[], query: Unnested): string;
  /** A query with a row for each value of a JSON column of lists by name, in the columns `name` and `value`. */
  eachNamedValue(column: string, query: Unnested): string;
  /** Whole milliseconds from one time to another. */
  milliseconds(from: string, to: string): string;
  /** The time that a text says in the form `2026-03-01-12-30-59`; NULL when it says none. */
  keyTime(text: string): string;
  /** What a regular expression's first group matched; NULL when it did not match. */
  matched(text: string, pattern: string): string;
  /** What stands behind a character's last place in a text; the whole text when it has none. */
  behindLast(text: string, character: string): string;
  /** A list of times, from the first to the last (columns, no aggregates), `step` apart (`INTERVAL '1' DAY`). */
  times(first: string, last: string, step: string): string;
}

export type { Dialect, ListField, ListSource, Unnested };
