import type { Database } from './database';

/** Memory of the engine, beside the memory of the reading threads, in bytes. */
const usualMemory = 200_000_000;

/** Rows that the engine handles at once: it keeps the texts of all of them in memory, whatever their length. */
const vectorRows = 2048;

/** Rows of at most so many bytes fit into the usual memory by any number. */
const narrowBytes = 16 * 1024;

/** How often the engine may hold them: as read and as written, both in blocks up to twice as large. */
const copies = 4;

/** The bytes of an envelope with several records count once. */
const isCounted = `byte_length > ${narrowBytes} AND coalesce(record_index, 0) = 0`;

function handledAtOnce(table: string): string {
  return `SELECT sum(byte_length) AS bytes FROM ${table} WHERE ${isCounted} GROUP BY rowid // ${vectorRows}`;
}

/** Lets the engine take the memory that handling so many bytes at once requires, if it may not already. */
async function makeRoomForRows(database: Database, bytes: number): Promise<void> {
  const excess = Math.max(bytes - vectorRows * narrowBytes, 0);
  await database.allowMemory(usualMemory + copies * excess);
}

/**
 * Lets the engine of an open archive take the memory that the longest records in it need. It is the usual one
 * unless thousands of them are longer than SES writes any.
 */
async function makeRoomForStoredRows(database: Database): Promise<void> {
  const [found] = await database.rows<{ bytes: bigint }>(`
    SELECT coalesce(max(bytes), 0)::BIGINT AS bytes
    FROM (${handledAtOnce('occurrences')} UNION ALL ${handledAtOnce('rejects')})`);
  await makeRoomForRows(database, Number(found?.bytes ?? 0));
}

export { makeRoomForRows, makeRoomForStoredRows, usualMemory, vectorRows };
