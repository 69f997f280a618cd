import type { z } from 'zod';

/** Where in the input something is wrong, and what: zod's issue, its path starting at the input. */
type EventIssue = z.core.$ZodIssue;

/** A record is not a valid email event. The message never holds the record's own values. */
class EventParseError extends Error {
  override readonly name = 'EventParseError';

  constructor(
    /** What the record failed to be, in one line. */
    readonly shortMessage: string,
    /** zod's issues; empty when the record is of no known family. */
    readonly issues: readonly EventIssue[],
  ) {
    const details = issues.map((issue) => `${issue.path.join('.') || '(record)'}: ${issue.message}`);
    super([shortMessage, ...details].join('; '));
  }
}

export { type EventIssue, EventParseError };
