import type { z } from 'zod';

/** Where in the input something is wrong, and what: zod's issue, its path starting at the input. */
type EventIssue = z.core.$ZodIssue;

/** Maps whose keys are the sender's own words, and may be anything. */
const maps: ReadonlySet<unknown> = new Set(['tags', 'linkTags', 'link_tags', 'attributes']);

/** An issue's path as text, without the keys of maps. */
function pathText(path: readonly PropertyKey[]): string {
  return path.map((segment, index) => (maps.has(path[index - 1]) ? '*' : String(segment))).join('.');
}

/** A record is not a valid email event. The message holds neither the record's values nor the sender's keys. */
class EventParseError extends Error {
  override readonly name = 'EventParseError';

  constructor(
    /** What the record failed to be, in one line. */
    readonly shortMessage: string,
    /** zod's issues, the first 20 at most; empty when the record is of no known family. */
    readonly issues: readonly EventIssue[],
    /** How many issues there are beyond these, at least. */
    readonly moreIssues = 0,
  ) {
    const details = issues.map((issue) => `${pathText(issue.path) || '(record)'}: ${issue.message}`);
    const rest = moreIssues > 0 ? [`and ${moreIssues} more`] : [];
    super([shortMessage, ...details, ...rest].join('; '));
  }
}

export { type EventIssue, EventParseError };
