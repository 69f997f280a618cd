import { mkdirSync, rmSync } from 'node:fs';
import type { JsonObject } from '../../events/json-object';
import { noLimits } from '../../records/limits';
import type { ReadEvent } from '../../records/outcome';
import { parseRecord } from '../../records/parse-record';
import { eventDocument } from '../rows/document';
import { archivedEvent, IdentifiedEvent, storedCells } from '../rows/stored-event';
import { storableTree } from '../rows/survives';
import { toRow } from '../rows/to-row';
import type { StagedFile } from '../staging/row-file';
import { Stage } from '../staging/stage';
import { stagedEvents, stagedOccurrences } from '../staging/staged-columns';
import { loadRows, type ReadMode, stagedRows } from '../staging/staged-rows';
import { StagedRowsError } from '../store/archive-error';
import { columns, fieldColumns } from '../store/columns';
import type { Database, ResultRow } from '../store/database';
import { reserveMemoryForRows, reserveMemoryForStoredRows } from '../store/engine-memory';
import { eventColumns } from '../store/schema';

const names = columns.map(({ name }) => `"${name}"`).join(', ');

/**
 * The event of a row as this version reads its record. A record that is not an event in this version keeps its unknown
 * kind.
 */
function presentEvent(row: ResultRow): ReadEvent {
  const archived = archivedEvent(row);
  if (archived.event.eventType !== 'Unknown') return archived;
  const [outcome] = parseRecord(archived.raw, { limits: noLimits });
  if (outcome?.outcome !== 'event') return archived;
  return new IdentifiedEvent(outcome.event, archived.provenance, Buffer.from(archived.raw), archived.id);
}

/** Whether this version writes a row with another kind or other cells. A value that leaves `extra` goes into a cell. */
function isChanged(row: ResultRow, { event, provenance }: ReadEvent): boolean {
  if (event.eventType !== row.event_type) return true;
  const document = eventDocument(event, provenance.origin);
  const isKept = row.raw instanceof Uint8Array;
  const tree = isKept ? (storableTree(document.tree) as JsonObject) : document.tree; // a tree remains a tree
  const { cells } = toRow({ ...document, tree });
  const before = storedCells(row);
  return fieldColumns.some((_, column) => JSON.stringify(cells[column]) !== JSON.stringify(before[column]));
}

/**
 * Replaces the rows that have the ids of staged rows.
 * @throws {StagedRowsError} when not every row has arrived
 */
async function replaceRows(
  database: Database,
  { events, occurrences }: { events: StagedFile; occurrences: StagedFile },
  mode: ReadMode,
): Promise<void> {
  // Only the ids: any number of rows can be inserted from the file, but not kept as a table.
  await loadRows(database, 'rewritten', stagedOccurrences, occurrences);
  const removed = await database.change(
    'DELETE FROM event_rows WHERE event_id IN (SELECT event_id FROM rewritten)',
  );
  await reserveMemoryForRows(database, events.heaviestVector);
  const inserted = await database.change(
    `INSERT INTO event_rows BY NAME SELECT ${names} FROM ${stagedRows(stagedEvents, [events], mode)}`,
  );
  if (removed === events.rows && inserted === events.rows) return;
  throw new StagedRowsError(
    `expected ${events.rows} upgraded rows, but removed ${removed} and inserted ${inserted}`,
  );
}

/** The rows to rewrite, and the way to load them. */
interface Rewriting {
  /** The condition for rows of `event_rows` that may change. */
  where: string;
  /** The folder for staged rows. It is created, and removed at the end. */
  folder: string;
  mode: ReadMode;
}

/**
 * Rewrites rows as this version writes them, within the caller's transaction. Their records and ids do not change.
 *
 * @throws {StagedRowsError} when not every row has arrived; use the careful way to read them then
 */
async function rewriteRows(database: Database, { where, folder, mode }: Rewriting): Promise<void> {
  await reserveMemoryForStoredRows(database);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  try {
    const stage = new Stage(folder);
    for await (const rows of database.stream(`SELECT ${eventColumns} FROM event_rows WHERE ${where}`)) {
      for (const row of rows) {
        const event = presentEvent(row);
        if (isChanged(row, event)) stage.outcome(event);
      }
    }
    const { events, occurrences } = stage.result();
    if (events !== undefined && occurrences !== undefined)
      await replaceRows(database, { events, occurrences }, mode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export { rewriteRows };
