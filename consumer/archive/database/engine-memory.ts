import type { Database } from './database';

/** What the engine may take of the memory, beside what the reading of objects takes, in bytes. */
const usualMemory = 200_000_000;

/** Rows that the engine handles at once: it keeps the texts of so many in memory, whatever their length. */
const vectorRows = 2048;

/** Records of at most so many bytes fit into the usual memory by any number. */
const narrowBytes = 16 * 1024;

/** How often it may hold them: as it read them and as it writes them, both in blocks up to twice as large. */
const copies = 4;

/** The bytes of an envelope with several records count once. */
const isCounted = `byte_length > ${narrowBytes} AND coalesce(record_index, 0) = 0`;

function handledAtOnce(table: string): string {
  return `SELECT sum(byte_length) AS bytes FROM ${table} WHERE ${isCounted} GROUP BY rowid // ${vectorRows}`;
}

/**
 * Lets the engine of an open archive take the memory that the longest records in it need, what the transaction under
 * way has added included. It is the usual one unless thousands of them are longer than SES writes any.
 */
async function makeRoomForWideRows(database: Database): Promise<void> {
  const [found] = await database.rows<{ bytes: bigint }>(`
    SELECT coalesce(max(bytes), 0)::BIGINT AS bytes
    FROM (${handledAtOnce('occurrences')} UNION ALL ${handledAtOnce('rejects')})`);
  const excess = Math.max(Number(found?.bytes ?? 0) - vectorRows * narrowBytes, 0);
  await database.run(`SET memory_limit = '${usualMemory + copies * excess}B'`);
}

export { makeRoomForWideRows, usualMemory };
