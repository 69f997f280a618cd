import { byteCount, type ReadCounts } from '../../records/counts';
import { StagedRowsError } from '../archive-error';
import { type Database, sqlText } from '../database/database';
import { makeRoomForRows } from '../database/engine-memory';
import { heaviestVector, joinedFile, type StagedFile } from '../staging/row-file';
import type { StagedObject } from '../staging/stage-task';
import { type StagedColumn, stagedEvents, stagedOccurrences, stagedRejects } from '../staging/staged-columns';
import { type ReadingWay, stagedRows } from '../staging/staged-rows';
import type { LedgerEntry } from './ledger';

/** An object that was read and staged, ready to be committed. */
interface BatchObject {
  object: string;
  size: number | undefined;
  version: LedgerEntry;
  isReplacement: boolean;
  counts: ReadCounts;
  staged: StagedObject;
}

/** What a batch has changed. */
interface BatchResult {
  /** Events that the archive did not have. */
  newEvents: number;
  /** Events of objects of which an older version was replaced, and that no other object has. */
  removedEvents: number;
  /** Events that were left out because the ledger says that those of their time were pruned. */
  prunedEvents: number;
}

/** What a transaction takes in: staged objects, and how it reads their files. */
interface Intake {
  stages: readonly StagedObject[];
  /** @default 'fast' */
  way?: ReadingWay;
}

/** Files of several objects may be one: rows of other objects in it are not of this transaction. */
const isOfBatch = 'found.staged_object IN (SELECT staged_object FROM batch_objects)';

type RowKind = 'events' | 'occurrences' | 'rejects';

/** The files of one kind, each once: small objects share theirs. */
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
 * Requires that all rows which were staged have arrived.
 * @throws {StagedRowsError} when there are fewer or more
 */
function expectRows(kind: RowKind, step: 'read' | 'inserted', expected: number, found: number): void {
  if (found === expected) return;
  throw new StagedRowsError(`${expected} rows of ${kind} were expected and ${found} ${step}`);
}

/** How many rows of a kind were staged. */
function stagedCount(kind: RowKind, stages: readonly StagedObject[]): number {
  return stages.reduce((sum, { [kind]: file }) => sum + (file?.rows ?? 0), 0);
}

/** The columns of staged rows that their table has too. */
function tableColumns(columns: readonly StagedColumn[]): string {
  return columns
    .filter(({ name }) => name !== 'staged_object' && name !== 'ordinal')
    .map(({ name }) => `found."${name}"`)
    .join(', ');
}

/** Takes what points to older versions of the batch's objects out of the archive. */
async function removeReplaced(database: Database): Promise<void> {
  await database.run(`
    CREATE OR REPLACE TEMP TABLE replaced AS
      SELECT object_number FROM objects WHERE object IN (SELECT object FROM batch_objects);
    CREATE OR REPLACE TEMP TABLE left_events AS
      SELECT DISTINCT event_id FROM occurrences WHERE object_number IN (FROM replaced);
    DELETE FROM occurrences WHERE object_number IN (FROM replaced);
    DELETE FROM rejects WHERE object_number IN (FROM replaced);
    DELETE FROM objects WHERE object_number IN (FROM replaced);
  `);
}

/** Removes the events of older versions that no object holds any more. */
async function removeOrphans(database: Database): Promise<number> {
  return database.change(`
    DELETE FROM event_rows WHERE event_id IN (
      SELECT event_id FROM left_events WHERE event_id NOT IN (SELECT event_id FROM occurrences)
    )`);
}

/**
 * Takes those events out of the batch that a prune has deleted, or would have: an object that is read again
 * must not bring them back. The session's table `pruned` has them then.
 */
async function leaveOutPruned(database: Database): Promise<number> {
  await database.run(`
    CREATE OR REPLACE TEMP TABLE pruned AS
      SELECT staged_object, ordinal FROM incoming JOIN batch_objects USING (staged_object)
      WHERE event_time < pruned_before`);
  return database.change('DELETE FROM incoming WHERE (staged_object, ordinal) IN (FROM pruned)');
}

/** Rows of the batch that are not to be inserted: pruned, or their event is in the archive already, or comes earlier in the batch. */
async function findSurplus(database: Database, stages: readonly StagedObject[]): Promise<number> {
  const first = Math.min(...stages.map(({ firstTime }) => firstTime));
  const last = Math.max(...stages.map(({ lastTime }) => lastTime));
  // Equal events have equal times: only that stretch of the archive is looked at.
  const conditions = [
    ...(first <= last ? [`event_time BETWEEN ${timeLiteral(first)} AND ${timeLiteral(last)}`] : []),
    // One that was of an unknown kind had no time for the version that ingested it.
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

function timeLiteral(millis: number): string {
  return `make_timestamp(${millis * 1000})`;
}

/**
 * Takes staged events in: one row for each that the archive does not have, and an occurrence for every one.
 * The session's table `batch_objects` says which number a `staged_object` has in the ledger, and before when its
 * events were pruned.
 *
 * @throws {StagedRowsError} when not every staged row has arrived
 */
async function insertEvents(
  database: Database,
  { stages, way }: Intake,
): Promise<Pick<BatchResult, 'newEvents' | 'prunedEvents'>> {
  const occurrences = filesOf('occurrences', stages);
  if (occurrences.length === 0) return { newEvents: 0, prunedEvents: 0 };
  const events = filesOf('events', stages);
  const staged = stagedCount('events', stages);
  await makeRoomForRows(database, heaviestVector([...occurrences, ...events]));
  await database.run(
    `CREATE OR REPLACE TEMP TABLE incoming AS FROM ${stagedRows(stagedOccurrences, occurrences, way)} found WHERE ${isOfBatch}`,
  );
  const incoming = await database.count('incoming');
  expectRows('occurrences', 'read', staged, incoming);
  const prunedEvents = await leaveOutPruned(database);
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
      SELECT ${tableColumns(stagedEvents)} FROM ${stagedRows(stagedEvents, events, way)} found ${isNew}
      WHERE ${isOfBatch}`);
  expectRows('events', 'inserted', staged - surplus, newEvents);
  return { newEvents, prunedEvents };
}

/**
 * Takes staged rejects in; `batch_objects` as for {@link insertEvents}.
 * @throws {StagedRowsError} when not every staged row has arrived
 */
async function insertRejects(database: Database, { stages, way }: Intake): Promise<void> {
  const rejects = filesOf('rejects', stages);
  if (rejects.length === 0) return;
  await makeRoomForRows(database, heaviestVector(rejects));
  const inserted = await database.change(`
    INSERT INTO rejects BY NAME
      SELECT object_number, found.* EXCLUDE (staged_object, ordinal)
      FROM ${stagedRows(stagedRejects, rejects, way)} found JOIN batch_objects USING (staged_object)`);
  expectRows('rejects', 'inserted', stagedCount('rejects', stages), inserted);
}

/** The batch's objects as a table of the session, with their numbers. */
async function listObjects(database: Database, objects: readonly BatchObject[]): Promise<void> {
  const rows = objects.map(({ object, size, version, counts, staged: { stagedObject } }) => ({
    staged_object: stagedObject,
    object,
    etag: version.etag,
    fingerprint: version.fingerprint,
    size,
    events: counts.events,
    rejects: counts.rejects,
    skipped: JSON.stringify(counts.skipped),
    fetched_bytes: counts.fetchedBytes,
    bytes: byteCount(counts),
  }));
  const shape =
    '[{"staged_object":"BIGINT","object":"VARCHAR","etag":"VARCHAR","fingerprint":"VARCHAR","size":"BIGINT",' +
    '"events":"BIGINT","rejects":"BIGINT","skipped":"VARCHAR","fetched_bytes":"BIGINT","bytes":"BIGINT"}]';
  await database.run(
    `CREATE OR REPLACE TEMP TABLE batch_objects AS
      SELECT (SELECT coalesce(max(object_number), 0) FROM objects) + row_number() OVER (ORDER BY object) AS object_number,
        found.*, pruned_before
      FROM (SELECT unnest(from_json(${sqlText(JSON.stringify(rows))}, '${shape}'), recursive := true)) found
      LEFT JOIN (SELECT object, pruned_before FROM objects) USING (object)`,
  );
}

/** Enters objects into the ledger, in place of their older versions, with the rows that `insert` takes in. */
async function enterObjects(
  database: Database,
  objects: readonly BatchObject[],
  insert: () => Promise<Omit<BatchResult, 'removedEvents'>>,
): Promise<BatchResult> {
  return database.transaction(async () => {
    await listObjects(database, objects);
    const isReplacing = objects.some(({ isReplacement }) => isReplacement);
    if (isReplacing) await removeReplaced(database);
    const inserted = await insert();
    await database.run(`
      INSERT INTO objects BY NAME SELECT * EXCLUDE (staged_object), now()::TIMESTAMP AS ingested_at FROM batch_objects`);
    return { ...inserted, removedEvents: isReplacing ? await removeOrphans(database) : 0 };
  });
}

/**
 * Puts staged objects into the archive: their events, rejects and ledger entries, in one transaction. An
 * object of which the archive has an older version is replaced.
 *
 * @throws {StagedRowsError} when not every staged row has arrived; nothing has changed then
 */
async function commitBatch(
  database: Database,
  objects: readonly BatchObject[],
  way: ReadingWay = 'fast',
): Promise<BatchResult> {
  return enterObjects(database, objects, async () => {
    const intake = { stages: objects.map(({ staged }) => staged), way };
    const inserted = await insertEvents(database, intake);
    await insertRejects(database, intake);
    return inserted;
  });
}

/** Enters an object whose rows cannot be stored: one reject stands for all of it. */
async function commitSetAside(
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

/** Notes the new times of files whose content is the old one. */
async function noteFingerprints(
  database: Database,
  touched: ReadonlyMap<string, LedgerEntry>,
): Promise<void> {
  for (const [object, { fingerprint }] of touched) {
    await database.run('UPDATE objects SET fingerprint = ? WHERE object = ?', [fingerprint ?? null, object]);
  }
}

export {
  type BatchObject,
  type BatchResult,
  commitBatch,
  commitSetAside,
  insertEvents,
  insertRejects,
  noteFingerprints,
};
