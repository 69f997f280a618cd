import { type EventKind, eventKinds } from '../events';
import { type Check, checkDate, checkObject, checkOptions, received } from './check-options';
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

function checkKinds(_: string, kinds: unknown): void {
  if (!Array.isArray(kinds)) {
    throw new TypeError(`kinds must be an array, such as ['Bounce']: received ${received(kinds)}`);
  }
  const unknown: unknown = kinds.find((kind) => !eventKinds.includes(kind));
  if (unknown === undefined) return;
  throw new TypeError(`no such kind: ${received(unknown)}, the kinds are ${eventKinds.join(', ')}`);
}

/** Checks for the filter, for callers without types. */
const filterChecks: Readonly<Record<keyof RecordFilter, Check>> = {
  kinds: checkKinds,
  since: checkDate,
  until: checkDate,
  limits: checkObject,
};

/**
 * Checks a filter among other options.
 * @throws {TypeError} for values of another type, unknown kinds and invalid dates
 */
function checkFilter({ kinds, since, until, limits }: RecordFilter): void {
  checkOptions({ kinds, since, until, limits }, filterChecks);
}

export { checkFilter, filterChecks, type RecordFilter };
