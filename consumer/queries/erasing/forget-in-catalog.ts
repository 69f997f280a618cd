import { type AthenaEngine, readAll } from '../engines/athena/athena-engine';
import { runRepeatedly } from '../filling/run-repeatedly';
import { archiveTables } from '../iceberg/archive-tables';
import { joinFiles, removeOldFiles } from '../iceberg/maintenance';
import { againEvents, type FoundEvent, findErasures, mentioningEvents } from './find-erasures';
import { renameEvents } from './rename-events';
import { type EventChange, isTooLong, rewriteStatements } from './rewrite-events';
import { readTombstones, type Sought, storeTombstone } from './tombstone-rows';

/** Options of an erasure from the archive of a catalog. */
interface CatalogErasureOptions {
  /**
   * Whether only to report what would change.
   * @default false
   */
  isDryRun?: boolean | undefined;
  /**
   * The ids of records that were rewritten in their objects, by the ids that they had before. The events get these ids, so
   * that a later merge does not add them again.
   */
  newIds?: ReadonlyMap<string, string> | undefined;
  /** Called before each step, with a text for people. */
  onStep?: ((text: string) => void) | undefined;
}

/** The changes of an erasure, or those that it would make. */
interface CatalogErasureReport {
  /** The replacement for the address; absent for all erased people, and in a dry run before the first erasure. */
  pseudonym?: string | undefined;
  isDryRun: boolean;
  /** Number of events in which a pseudonym replaces the person. */
  eventsChanged: number;
  /** Number of events about the person alone that were deleted. */
  eventsRemoved: number;
  /** Number of events that were deleted because they would not be valid without the person, or exceed a statement. */
  eventsRejected: number;
  /** Number of files with deleted rows that `OPTIMIZE` has left: another file still has these rows. */
  unmergedFiles: number;
  /** The delivered objects that contain these events, in the order of their names. */
  objects: readonly string[];
}

/** Returns the changes of the rows, one for each event. A row that is too long for a statement is deleted. */
function changesOf(found: readonly FoundEvent[]): EventChange[] {
  const changes = new Map<string, EventChange>();
  for (const { id, time, state, row } of found) {
    if (state === 'known') continue;
    const isKept = row !== undefined && !isTooLong(row);
    changes.set(`${id} ${time?.toISOString()}`, { id, time, row: isKept ? row : undefined });
  }
  return [...changes.values()];
}

/** The number of files that list rows of other files as deleted: those rows are still in a file. */
const deleteFiles = `SELECT count(*) AS files FROM "${archiveTables.events}$files" WHERE content <> 0`;

/**
 * Rewrites the files that have rows from before the change, and removes those that no recent snapshot needs.
 * @returns the number of files that list deleted rows afterwards
 */
async function removeFiles(engine: AthenaEngine, { onStep }: CatalogErasureOptions): Promise<number> {
  const { events } = archiveTables;
  onStep?.(`rewriting files of ${events}`);
  await runRepeatedly(engine, joinFiles(events));
  const [row] = await readAll(await engine.query(deleteFiles));
  onStep?.(`removing old files of ${events}`);
  await runRepeatedly(engine, removeOldFiles(events));
  return Number(row?.[0] ?? 0);
}

/** Rewrites the found events, and reports them. */
async function erase(
  engine: AthenaEngine,
  found: readonly FoundEvent[],
  options: CatalogErasureOptions,
): Promise<CatalogErasureReport> {
  const { isDryRun = false, newIds = new Map(), onStep } = options;
  const changes = changesOf(found);
  let unmergedFiles = 0;
  if (!isDryRun) {
    const statements = [...rewriteStatements(changes)];
    for (const [index, sql] of statements.entries()) {
      onStep?.(`rewriting events (${index + 1} of ${statements.length})`);
      await engine.query(sql);
    }
    if (newIds.size > 0) onStep?.('renaming events');
    await renameEvents(engine, newIds);
    unmergedFiles = await removeFiles(engine, options);
  }
  const count = (state: FoundEvent['state']) => found.filter((event) => event.state === state).length;
  const tooLong = found.filter(
    ({ state, row }) => state === 'changed' && row !== undefined && isTooLong(row),
  ).length;
  return {
    isDryRun,
    eventsChanged: count('changed') - tooLong,
    eventsRemoved: count('removed'),
    eventsRejected: count('rejected') + tooLong,
    unmergedFiles,
    objects: [...new Set(found.flatMap(({ objects }) => objects))].sort(),
  };
}

/**
 * Erases a person from the archive of a catalog: a pseudonym replaces the address in each event, in any spelling. The tombstone
 * is stored first, so that later merges replace the address too. Then the files with the rows from before are
 * replaced; `VACUUM` deletes them when they are six hours old. An interrupted run is completed by the same call.
 *
 * @param sought the person, by {@link soughtInCatalog}
 * @param address a bare address, in any letter case
 * @throws {QueryError} when Athena fails, or more than 100,000 events mention the address
 */
async function forgetInCatalog(
  engine: AthenaEngine,
  address: string,
  sought: Sought,
  options: CatalogErasureOptions = {},
): Promise<CatalogErasureReport> {
  const { isDryRun = false, onStep } = options;
  const { tombstones, tombstone, isTemporary } = isDryRun ? sought : await storeTombstone(engine, sought);
  const { pseudonym } = tombstone;
  onStep?.('searching');
  const found = await findErasures(engine, { sql: mentioningEvents(address, pseudonym), tombstones });
  return { ...(!isTemporary && { pseudonym }), ...(await erase(engine, found, options)) };
}

/**
 * Completes the erasure of all erased people in events that were merged later. A merge replaces addresses as they are
 * usually written; this removes their other spellings in these events, and what else is about the person alone.
 *
 * @throws {QueryError} when Athena fails
 */
async function forgetAgainInCatalog(
  engine: AthenaEngine,
  options: CatalogErasureOptions = {},
): Promise<CatalogErasureReport> {
  const tombstones = await readTombstones(engine);
  if (tombstones === undefined)
    return {
      isDryRun: options.isDryRun ?? false,
      eventsChanged: 0,
      eventsRemoved: 0,
      eventsRejected: 0,
      unmergedFiles: 0,
      objects: [],
    };
  options.onStep?.('searching');
  return erase(engine, await findErasures(engine, { sql: againEvents, tombstones }), options);
}

export { type CatalogErasureOptions, type CatalogErasureReport, forgetAgainInCatalog, forgetInCatalog };
