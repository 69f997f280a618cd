import { checkArchive, checkDate, checkOptions } from '../../records/check-options';
import { sqlTime } from '../dialects/literals';
import { announceCompaction } from '../file/compact';
import { withExistingArchive } from '../file/writable-archive';
import type { Database } from '../store/database';
import { abortable, compactIfDue, type EraseOptions, eraseChecks } from './progress';

/** Options for deleting by age. */
type PruneOptions = EraseOptions;

/** Numbers of rows that were deleted because of their age, or would be. */
interface PruneReport {
  /** Whether nothing was deleted. */
  isDryRun: boolean;
  /** Events and rejects before this time are deleted. */
  before: Date;
  /** Number of events. */
  events: number;
  /** Number of occurrences of these events. */
  occurrences: number;
  /** Number of rejects. */
  rejects: number;
}

/**
 * Finds the older rows, in temporary tables: the ids of events, and the numbers of objects whose rejects are deleted.
 */
async function findOld(database: Database, before: Date): Promise<void> {
  const cutoff = sqlTime(before);
  await database.run(`
    CREATE OR REPLACE TEMP TABLE old_events AS
      SELECT event_id FROM event_rows WHERE event_time < ${cutoff}
      UNION ALL
      SELECT event_id FROM event_rows JOIN occurrences USING (event_id) JOIN objects USING (object_number)
      WHERE event_rows.event_time IS NULL
      GROUP BY event_id HAVING max(ingested_at) < ${cutoff};
    CREATE OR REPLACE TEMP TABLE old_objects AS
      SELECT object_number FROM objects WHERE ingested_at < ${cutoff};
  `);
}

const oldOccurrences = 'occurrences WHERE event_id IN (SELECT event_id FROM old_events)';
const oldRejects = 'rejects WHERE object_number IN (SELECT object_number FROM old_objects)';

/** Finds and counts the older rows. Does not change the archive. */
async function findChanges(database: Database, before: Date, isDryRun: boolean): Promise<PruneReport> {
  await findOld(database, before);
  return {
    isDryRun,
    before,
    events: await database.count('old_events'),
    occurrences: await database.count(oldOccurrences),
    rejects: await database.count(oldRejects),
  };
}

async function pruneIn(database: Database, before: Date, options: PruneOptions): Promise<PruneReport> {
  const { archive, dryRun = false, signal } = options;
  const report = await abortable(database, signal, () => findChanges(database, before, dryRun));
  if (dryRun) return report;
  if (report.events + report.rejects > 0) announceCompaction(archive);
  await database.transaction(async () => {
    await database.run(`DELETE FROM ${oldOccurrences}`);
    await database.run(`DELETE FROM ${oldRejects}`);
    await database.run('DELETE FROM event_rows WHERE event_id IN (SELECT event_id FROM old_events)');
    // Reading an object again, because it changed or after a replay, must not restore them.
    await database.run(`UPDATE objects SET pruned_before = greatest(pruned_before, ${sqlTime(before)})`);
  });
  await compactIfDue(database, options);
  return report;
}

/**
 * Deletes events and rejects before a time, and compacts the file. The time of an event is the time when it happened,
 * or that of its object's ingest if it has none. Its occurrences are deleted with it. The time of a reject is that of
 * its object's ingest. The ledger remains and stores the time, so that no later ingest of these objects restores the
 * events.
 *
 * @throws {TypeError} for an argument of another type or an unknown option
 * @throws {ArchiveError} when the archive cannot be opened or compacted; or the reason of `signal`
 *
 * @example
 * ```ts
 * await prune(new Date('2025-01-01'), { archive: 'ses-events.duckdb' });
 * ```
 */
async function prune(before: Date, options: PruneOptions): Promise<PruneReport> {
  checkDate('before', before);
  checkOptions(options, eraseChecks);
  checkArchive('archive', options.archive);
  return withExistingArchive(options, (database) => pruneIn(database, before, options));
}

export { type PruneOptions, type PruneReport, prune };
