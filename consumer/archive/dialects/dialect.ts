/** A field of a list of objects in a JSON column. */
interface ListField {
  /** The key in the record. */
  key: string;
  /** The name in the view. */
  name: string;
}

/** A query with a row for each item of a list. */
interface Unnested {
  /** The columns of every row beside the item, as SQL. */
  columns: readonly string[];
  from: string;
  /** @default - every row has its items */
  where?: string;
}

/** The source of a row's items: texts, each of which is an item's first field, or objects in a JSON column. */
type ListSource = { when: string } & ({ texts: string } | { objects: string });

/** The SQL that differs between the two engines. All other text of views and questions is the same. */
interface Dialect {
  readonly name: 'duckdb' | 'trino';
  /** The number of items in a list of texts. */
  length(list: string): string;
  /** The first item of a list; NULL when it is empty. */
  first(list: string): string;
  /** A query with a row for each item of a row's list. The item's fields are columns after the others. */
  eachItem(sources: readonly ListSource[], fields: readonly ListField[], query: Unnested): string;
  /** A query with a row for each value of a JSON column of lists by name, in the columns `name` and `value`. */
  eachNamedValue(column: string, query: Unnested): string;
  /** The first value of a name in a JSON column of lists by name; NULL when there is none. */
  firstValue(column: string, name: string): string;
  /** Whole milliseconds from one time to another. */
  milliseconds(from: string, to: string): string;
  /** The time in a text of the form `2026-03-01-12-30-59`; NULL for any other text. */
  keyTime(text: string): string;
  /** The match of a regular expression's first group; NULL when it did not match. */
  matched(text: string, pattern: string): string;
  /** The text after the last occurrence of a character; the whole text when there is none. */
  afterLast(text: string, character: string): string;
  /** The time in a zone, without the zone, of a time in UTC. */
  localTime(time: string, zone: string): string;
  /** A list of times, from the first to the last (columns, not aggregates), `step` apart (`INTERVAL '1' DAY`). */
  times(first: string, last: string, step: string): string;
}

export type { Dialect, ListField, ListSource, Unnested };
