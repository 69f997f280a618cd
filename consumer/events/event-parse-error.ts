import type { z } from 'zod';

/** A validation issue of zod. Its path starts at the input. */
type EventIssue = z.core.$ZodIssue;

/** Maps with keys that the sender chooses. */
const maps: ReadonlySet<unknown> = new Set(['tags', 'linkTags', 'link_tags', 'attributes']);

/** Returns the path of an issue as text, without the keys of maps. */
function pathText(path: readonly PropertyKey[]): string {
  return path.map((segment, index) => (maps.has(path[index - 1]) ? '*' : String(segment))).join('.');
}

/**
 * Thrown for a record that is not a valid email event. The message contains no values of the record and no
 * keys of the sender.
 */
class EventParseError extends Error {
  override readonly name = 'EventParseError';

  constructor(
    /** The mismatch, in one line. */
    readonly shortMessage: string,
    /** Up to 20 issues of zod. Empty when the record is of no known family. */
    readonly issues: readonly EventIssue[],
    /** Minimum number of further issues. */
    readonly moreIssues = 0,
  ) {
    const details = issues.map((issue) => `${pathText(issue.path) || '(record)'}: ${issue.message}`);
    const rest = moreIssues > 0 ? [`and ${moreIssues} more`] : [];
    super([shortMessage, ...details, ...rest].join('; '));
  }
}

export { type EventIssue, EventParseError };
