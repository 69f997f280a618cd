/** A stretch of a text, and the ASCII text that takes its place. */
interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** Finds what has to be replaced in a text: in order, without overlaps. */
type FindReplacements = (text: string) => readonly Replacement[];

const none: readonly Replacement[] = [];

/** Replacements in order. Of those that overlap, the one that covers more stays; those that change nothing go. */
function settled(text: string, replacements: readonly Replacement[]): readonly Replacement[] {
  if (replacements.length === 0) return none;
  const ordered = [...replacements].sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: Replacement[] = [];
  for (const next of ordered) {
    const previous = kept.at(-1);
    if (previous === undefined || next.start >= previous.end) kept.push({ ...next });
    // What reaches beyond goes too: half an address must not stay.
    else previous.end = Math.max(previous.end, next.end);
  }
  return kept.filter(({ start, end, text: replacement }) => text.slice(start, end) !== replacement);
}

/** Replacements that were found in a part of a text, at their places in the whole. */
function shifted(replacements: readonly Replacement[], by: number): Replacement[] {
  return replacements.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }));
}

/** A text with replacements carried out that are in order and do not overlap. */
function replaced(text: string, replacements: readonly Replacement[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: replacement } of replacements) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

export { type FindReplacements, none, type Replacement, replaced, settled, shifted };
