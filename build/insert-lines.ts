/** Lines to insert above a line of a text. */
interface Insertion {
  /** Number of the line, from 0. */
  above: number;
  lines: readonly string[];
}

/** A text, and the mappings of its source map: one item per line. */
interface MappedText {
  lines: readonly string[];
  mappings: readonly string[];
}

/**
 * Inserts lines into a text and keeps the mappings of all other lines. The positions in a source map are
 * relative to earlier ones, but its columns restart on each line: a line without mappings changes nothing.
 */
function insertLines({ lines, mappings }: MappedText, insertions: readonly Insertion[]): MappedText {
  const inserted = new Map<number, string[]>();
  for (const { above, lines: added } of insertions) {
    inserted.set(above, [...(inserted.get(above) ?? []), ...added]);
  }
  const addedAbove = (index: number) => inserted.get(index) ?? [];
  return {
    lines: lines.flatMap((line, index) => [...addedAbove(index), line]),
    mappings: mappings.flatMap((mapping, index) => [...addedAbove(index).map(() => ''), mapping]),
  };
}

export { type Insertion, insertLines };
