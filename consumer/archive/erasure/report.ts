/** What `forget` has changed, or would change. */
interface ForgetReport {
  /** What stands in place of the address now. */
  pseudonym: string;
  isDryRun: boolean;
  /** Events in which the person was pseudonymized, and events about the person alone that were deleted. */
  eventsChanged: number;
  eventsRemoved: number;
  /** Events that are rejects now: without the person they would be no events of their kind. */
  eventsRejected: number;
  /** Places where events were found, whose Firehose error named the person. */
  occurrencesChanged: number;
  rejectsChanged: number;
  /** How many rows have changed in each column, by `table.column`; only columns that have. */
  columns: Readonly<Record<string, number>>;
  /** The delivered objects, by URI or path, that hold the person: the archive does not change them. */
  objects: readonly string[];
}

/** What was deleted because of its age, or would be. */
interface PruneReport {
  isDryRun: boolean;
  /** Older than this is deleted. */
  before: Date;
  events: number;
  occurrences: number;
  rejects: number;
}

export type { ForgetReport, PruneReport };
