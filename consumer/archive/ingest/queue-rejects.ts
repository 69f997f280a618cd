import type { RejectReason } from '../../records/outcome';
import type { Database } from '../store/database';

/** A message, or an object that a message names, that becomes a reject. */
interface QueueReject {
  /** The object, or the queue's URL. */
  object: string;
  reason: RejectReason;
  message: string;
  /** The message's body; empty for an object. */
  raw: Buffer;
}

/** Returns the ledger number of an object, and enters the object if necessary. */
async function objectNumber(database: Database, object: string): Promise<bigint> {
  const find = () =>
    database.rows<{ object_number: bigint }>('SELECT object_number FROM objects WHERE object = ?', [object]);
  const [found] = await find();
  if (found !== undefined) return found.object_number;
  // Without an ETag: the object replaces this entry as soon as it can be read.
  await database.run(
    `INSERT INTO objects BY NAME
      SELECT coalesce(max(object_number), 0) + 1 AS object_number, ? AS object, 0 AS events, 0 AS rejects,
        '{}' AS skipped, 0 AS fetched_bytes, 0 AS bytes, now()::TIMESTAMP AS ingested_at
      FROM objects`,
    [object],
  );
  const [entered] = await find();
  if (entered === undefined) throw new Error(`the ledger has no entry for ${object}`);
  return entered.object_number;
}

/** Stores rejects in one transaction. A redelivered message, which could not be deleted in time, is stored once. */
async function keepQueueRejects(database: Database, rejects: readonly QueueReject[]): Promise<void> {
  await database.transaction(async () => {
    for (const { object, reason, message, raw } of rejects) {
      const number = await objectNumber(database, object);
      await database.run(
        `DELETE FROM rejects WHERE object_number = ? AND reason = ? AND (reason = 'unreadable-object' OR message = ?)`,
        [number, reason, message],
      );
      await database.run(
        `INSERT INTO rejects BY NAME
          SELECT ? AS object_number, 0 AS byte_offset, ? AS byte_length, ? AS reason, ? AS message,
            from_base64(?) AS raw`,
        [number, raw.length, reason, message, raw.toString('base64')],
      );
      await database.run(
        `UPDATE objects SET rejects = (SELECT count(*) FROM rejects WHERE rejects.object_number = objects.object_number)
          WHERE object_number = ?`,
        [number],
      );
    }
  });
}

export { keepQueueRejects, type QueueReject };
