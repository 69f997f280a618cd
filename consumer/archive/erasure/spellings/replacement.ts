/** A part of a text, and the ASCII text that replaces it. */
interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** Finds the replacements in a text, in order and without overlaps. */
type FindReplacements = (text: string) => readonly Replacement[];

const none: readonly Replacement[] = [];

/**
 * Sorts replacements. Of those that overlap, the first one remains and covers all of them. Those without a change are
 * removed.
 */
function settled(text: string, replacements: readonly Replacement[]): readonly Replacement[] {
  if (replacements.length === 0) return none;
  const ordered = [...replacements].sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: Replacement[] = [];
  for (const next of ordered) {
    const previous = kept.at(-1);
    if (previous === undefined || next.start >= previous.end) kept.push({ ...next });
    // It also covers the end of the other: half an address must not remain.
    else previous.end = Math.max(previous.end, next.end);
  }
  return kept.filter(({ start, end, text: replacement }) => text.slice(start, end) !== replacement);
}

/** Moves replacements in a part of a text to their places in the whole text. */
function shifted(replacements: readonly Replacement[], by: number): Replacement[] {
  return replacements.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }));
}

/** Makes replacements in a text. They must be in order and must not overlap. */
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
