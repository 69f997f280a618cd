import { sqlText } from '../../archive/dialects/literals';
import type { AthenaEngine } from '../engines/athena/athena-engine';
import { TooManyPartitionsError } from '../engines/engine';
import { archiveTables } from '../iceberg/archive-tables';

/** The id of an event, and its new id. */
type IdChange = readonly [id: string, newId: string];

/** Number of ids in a statement: 150 KB. */
const idsPerStatement = 2000;

/** Only events that the archive has are compared: an id can be from a manifest of other objects. */
function renameStatement(changes: readonly IdChange[]): string {
  const rows = changes.map(([id, newId]) => `(${sqlText(id)}, ${sqlText(newId)})`);
  const ids = `SELECT event_id FROM ${archiveTables.events}`;
  return `MERGE INTO ${archiveTables.events} AS archived
USING (
  SELECT id, new_id, is_second OR new_id IN (${ids}) AS is_duplicate
  FROM (
    SELECT id, new_id, row_number() OVER (PARTITION BY new_id ORDER BY id) > 1 AS is_second
    FROM (VALUES
${rows.join(',\n')}
    ) AS literals (id, new_id)
    WHERE id IN (${ids})
  ) AS present
) AS renamed
ON archived.event_id = renamed.id
WHEN MATCHED AND renamed.is_duplicate THEN DELETE
WHEN MATCHED THEN UPDATE SET event_id = renamed.new_id`;
}

/** Renames events, in several statements if they are from too many days for one. */
async function rename(engine: AthenaEngine, changes: readonly IdChange[]): Promise<void> {
  try {
    await engine.query(renameStatement(changes));
  } catch (error) {
    if (!(error instanceof TooManyPartitionsError) || changes.length === 1) throw error;
    const middle = Math.ceil(changes.length / 2);
    await rename(engine, changes.slice(0, middle));
    await rename(engine, changes.slice(middle));
  }
}

/**
 * Gives events of the archive the ids of their rewritten records. An id that the archive does not have is skipped. If the
 * archive has another event with the new id, the event is deleted: both are the same record.
 *
 * @param newIds new ids by ids
 * @throws {QueryError} when Athena fails
 */
async function renameEvents(engine: AthenaEngine, newIds: ReadonlyMap<string, string>): Promise<void> {
  const changes = [...newIds];
  for (let start = 0; start < changes.length; start += idsPerStatement)
    await rename(engine, changes.slice(start, start + idsPerStatement));
}

export { renameEvents };
