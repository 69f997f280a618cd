import { sqlTime } from '../dialects/literals';
import { heaviestVector, joinedFile, type StagedFile } from '../staging/row-file';
import type { StagedObject } from '../staging/stage';
import { type StagedColumn, stagedEvents, stagedOccurrences, stagedRejects } from '../staging/staged-columns';
import { type ReadMode, stagedRows } from '../staging/staged-rows';
import { StagedRowsError } from '../store/archive-error';
import type { Database } from '../store/database';
import { reserveMemoryForRows } from '../store/engine-memory';
import { type BatchResult, enterObjects, type LedgerObject } from './enter-objects';

/** An object that was read and staged, ready to be committed. */
interface BatchObject extends LedgerObject {
  staged: StagedObject;
}

/** The staged objects of a transaction, and the way to read their files. */
interface StagedRows {
  stages: readonly StagedObject[];
  /** @default 'fast' */
  mode?: ReadMode;
}

/** Several objects can share a file: rows of objects outside this transaction are not read. */
const isOfBatch = 'found.staged_object IN (SELECT staged_object FROM batch_objects)';

type RowKind = 'events' | 'occurrences' | 'rejects';

/** The files of one kind, each once: small objects share their files. */
function filesOf(kind: RowKind, stages: readonly StagedObject[]): StagedFile[] {
  const files = new Map<string, StagedFile>();
  for (const { [kind]: file } of stages) {
    if (file === undefined) continue;
    const shared = files.get(file.path);
    files.set(file.path, shared === undefined ? file : joinedFile(shared, file));
  }
  return [...files.values()];
}

/**
 * Requires that all staged rows have arrived.
 * @throws {StagedRowsError} when there are fewer or more
 */
function expectRows(kind: RowKind, step: 'read' | 'inserted', expected: number, found: number): void {
  if (found === expected) return;
  throw new StagedRowsError(`expected ${expected} rows of ${kind}, but ${step} ${found}`);
}

/** Counts the staged rows of a kind. */
function stagedCount(kind: RowKind, stages: readonly StagedObject[]): number {
  return stages.reduce((sum, { [kind]: file }) => sum + (file?.rows ?? 0), 0);
}

/** The columns of staged rows that their table also has. */
function tableColumns(columns: readonly StagedColumn[]): string {
  return columns
    .filter(({ name }) => name !== 'staged_object' && name !== 'ordinal')
    .map(({ name }) => `found."${name}"`)
    .join(', ');
}

/**
 * Removes events from the batch that a prune has deleted, or would have: reading an object again must not restore them.
 * Their keys are then in the session's table `pruned`.
 */
async function skipPruned(database: Database): Promise<number> {
  await database.run(`
    CREATE OR REPLACE TEMP TABLE pruned AS
      SELECT staged_object, ordinal FROM incoming JOIN batch_objects USING (staged_object)
      WHERE event_time < pruned_before`);
  return database.change('DELETE FROM incoming WHERE (staged_object, ordinal) IN (FROM pruned)');
}

/**
 * Finds the rows of the batch that are not inserted: pruned events, events in the archive, and later occurrences of an
 * event in the batch.
 */
async function findSurplus(database: Database, stages: readonly StagedObject[]): Promise<number> {
  const first = Math.min(...stages.map(({ firstTime }) => firstTime));
  const last = Math.max(...stages.map(({ lastTime }) => lastTime));
  // Equal events have equal times, so only this time range of the archive is compared.
  const conditions = [
    ...(first <= last ? [`event_time BETWEEN ${sqlTime(first)} AND ${sqlTime(last)}`] : []),
    // An event of a kind that was unknown to the version that ingested it had no time.
    'event_time IS NULL',
  ];
  await database.run(`
    CREATE OR REPLACE TEMP TABLE surplus AS
      SELECT staged_object, ordinal FROM incoming
      WHERE event_id IN (SELECT event_id FROM event_rows WHERE ${conditions.join(' OR ')})
      UNION
      SELECT staged_object, ordinal FROM incoming
      WHERE event_id IN (SELECT event_id FROM incoming GROUP BY event_id HAVING count(*) > 1)
      QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY staged_object, ordinal) > 1
      UNION
      FROM pruned`);
  return database.count('surplus');
}

/**
 * Inserts staged events: one row for each event that is not in the archive, and an occurrence for every event. The
 * session's table `batch_objects` has the ledger number of each `staged_object`, and the time before which its events
 * were pruned.
 *
 * @throws {StagedRowsError} when not every staged row has arrived
 */
async function insertEvents(
  database: Database,
  { stages, mode }: StagedRows,
): Promise<Pick<BatchResult, 'newEvents' | 'prunedEvents'>> {
  const occurrences = filesOf('occurrences', stages);
  if (occurrences.length === 0) return { newEvents: 0, prunedEvents: 0 };
  const events = filesOf('events', stages);
  const staged = stagedCount('events', stages);
  await reserveMemoryForRows(database, heaviestVector([...occurrences, ...events]));
  await database.run(
    `CREATE OR REPLACE TEMP TABLE incoming AS FROM ${stagedRows(stagedOccurrences, occurrences, mode)} found WHERE ${isOfBatch}`,
  );
  const incoming = await database.count('incoming');
  expectRows('occurrences', 'read', staged, incoming);
  const prunedEvents = await skipPruned(database);
  const surplus = await findSurplus(database, stages);
  const isNew =
    surplus === 0
      ? ''
      : 'ANTI JOIN surplus ON surplus.staged_object = found.staged_object AND surplus.ordinal = found.ordinal';
  const places = await database.change(`
    INSERT INTO occurrences BY NAME
      SELECT object_number, incoming.* EXCLUDE (staged_object, ordinal, event_time)
      FROM incoming JOIN batch_objects USING (staged_object)`);
  expectRows('occurrences', 'inserted', incoming - prunedEvents, places);
  const newEvents = await database.change(`
    INSERT INTO event_rows BY NAME
      SELECT ${tableColumns(stagedEvents)} FROM ${stagedRows(stagedEvents, events, mode)} found ${isNew}
      WHERE ${isOfBatch}`);
  expectRows('events', 'inserted', staged - surplus, newEvents);
  return { newEvents, prunedEvents };
}

/**
 * Inserts staged rejects, with `batch_objects` as for {@link insertEvents}.
 * @throws {StagedRowsError} when not every staged row has arrived
 */
async function insertRejects(database: Database, { stages, mode }: StagedRows): Promise<void> {
  const rejects = filesOf('rejects', stages);
  if (rejects.length === 0) return;
  await reserveMemoryForRows(database, heaviestVector(rejects));
  const inserted = await database.change(`
    INSERT INTO rejects BY NAME
      SELECT object_number, found.* EXCLUDE (staged_object, ordinal)
      FROM ${stagedRows(stagedRejects, rejects, mode)} found JOIN batch_objects USING (staged_object)`);
  expectRows('rejects', 'inserted', stagedCount('rejects', stages), inserted);
}

/**
 * Commits staged objects to the archive: their events, rejects and ledger entries, in one transaction. An object
 * replaces its older version in the archive.
 *
 * @throws {StagedRowsError} when not every staged row has arrived; nothing has changed then
 */
async function commitBatch(
  database: Database,
  objects: readonly BatchObject[],
  mode: ReadMode = 'fast',
): Promise<BatchResult> {
  return enterObjects(database, objects, async () => {
    const intake = { stages: objects.map(({ staged }) => staged), mode };
    const inserted = await insertEvents(database, intake);
    await insertRejects(database, intake);
    return inserted;
  });
}

/** Enters an object whose rows cannot be stored, with one reject for the whole object. */
async function commitRejected(
  database: Database,
  object: BatchObject,
  message: string,
): Promise<BatchResult> {
  return enterObjects(database, [object], async () => {
    await database.run(
      `INSERT INTO rejects BY NAME
        SELECT object_number, 0 AS byte_offset, bytes AS byte_length, 'unstorable-object' AS reason, ? AS message,
          ''::BLOB AS raw
        FROM batch_objects`,
      [message],
    );
    return { newEvents: 0, prunedEvents: 0 };
  });
}

export { type BatchObject, commitBatch, commitRejected, insertEvents, insertRejects };
