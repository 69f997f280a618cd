import { types } from 'node:util';
import { type EventKind, eventKinds } from '../events';
import type { RecordLimits } from './limits';

/** A filter for events, and the limits for records. */
interface RecordFilter {
  /**
   * Kinds to return. Lines that cannot contain one are counted as unexamined.
   * @default - all, unknown ones too
   */
  kinds?: readonly EventKind[] | undefined;
  /**
   * Only events that happened at or after this time. Partitions that end before it, less a margin of 14 hours and
   * 15 minutes, are skipped.
   * @default - no lower bound
   */
  since?: Date | undefined;
  /**
   * Only events that happened before this time.
   * @default - no upper bound
   */
  until?: Date | undefined;
  /**
   * Limits for one record.
   * @default 4 MiB, 512 levels, 64 KiB
   */
  limits?: Partial<RecordLimits>;
}

/** Formats a value that a caller passed, shortened, for the message of an error. */
function received(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function checkKinds(kinds: unknown): void {
  if (kinds === undefined) return;
  if (!Array.isArray(kinds)) {
    throw new TypeError(`kinds must be an array, such as ['Bounce']: received ${received(kinds)}`);
  }
  const unknown: unknown = kinds.find((kind) => !eventKinds.includes(kind));
  if (unknown === undefined) return;
  throw new TypeError(`no such kind: ${received(unknown)}, the kinds are ${eventKinds.join(', ')}`);
}

function checkDate(name: string, value: unknown): void {
  if (value === undefined) return;
  if (!types.isDate(value)) {
    throw new TypeError(
      `${name} must be a Date, such as new Date('2026-03-01'): received ${received(value)}`,
    );
  }
  if (Number.isNaN(value.getTime())) throw new TypeError(`${name} is an invalid date`);
}

/**
 * Checks a filter, for callers without types.
 * @throws {TypeError} for values of another type, unknown kinds and invalid dates
 */
function checkFilter({ kinds, since, until }: RecordFilter): void {
  checkKinds(kinds);
  checkDate('since', since);
  checkDate('until', until);
}

export { checkFilter, type RecordFilter, received };
