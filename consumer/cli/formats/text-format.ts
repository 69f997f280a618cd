import type { LineFormat } from './line-format';

/** A value of a column, for formats that have columns; undefined where there is none. */
type Cell = string | number | undefined;

/** What a format needs to know of the things of a list. */
interface Shape<Item> {
  /** A thing as one JSON value, without a line break. */
  json(item: Item): string | Uint8Array;
  /** The names of the columns; a list without them is not written in formats that need them. */
  columns: readonly string[];
  /** The values of a thing, one for each column. */
  cells(item: Item): readonly Cell[];
}

/** A format that writes the things of a list one after the other. */
interface TextFormat {
  /** Whether it is for lists with columns alone. */
  needsColumns: boolean;
  lines<Item>(shape: Shape<Item>): LineFormat<Item>;
}

export type { Cell, Shape, TextFormat };
