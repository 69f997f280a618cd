import type { Database } from './database';

/** Memory of the engine in bytes, without the memory of the reading threads. */
const usualMemory = 200_000_000;

/** Rows that the engine processes at once. It keeps the texts of all of them in memory, at any length. */
const vectorRows = 2048;

/** Rows up to this number of bytes fit into the usual memory, in any number. */
const narrowBytes = 16 * 1024;

/**
 * Copies of the rows that the engine may have in memory: as read and as written, both in blocks up to twice as large.
 */
const copies = 4;

/** The bytes of an envelope with several records count once. */
const isCounted = `byte_length > ${narrowBytes} AND coalesce(record_index, 0) = 0`;

function bytesPerVector(table: string): string {
  return `SELECT sum(byte_length) AS bytes FROM ${table} WHERE ${isCounted} GROUP BY rowid // ${vectorRows}`;
}

/**
 * Raises the engine's memory limit, if necessary, for processing this number of bytes at once.
 * @param more bytes for something else at the same time
 */
async function reserveMemoryForRows(database: Database, bytes: number, more = 0): Promise<void> {
  const excess = Math.max(bytes - vectorRows * narrowBytes, 0);
  await database.allowMemory(usualMemory + copies * excess + more);
}

/**
 * Raises the memory limit of an open archive's engine to the requirement of its longest records. The limit remains the
 * usual one unless thousands of records are longer than any that SES writes.
 *
 * @param more bytes for something else at the same time
 */
async function reserveMemoryForStoredRows(database: Database, more = 0): Promise<void> {
  const [found] = await database.rows<{ bytes: bigint }>(`
    SELECT coalesce(max(bytes), 0)::BIGINT AS bytes
    FROM (${bytesPerVector('occurrences')} UNION ALL ${bytesPerVector('rejects')})`);
  await reserveMemoryForRows(database, Number(found?.bytes ?? 0), more);
}

/** Whether a statement failed because it required more memory than the limit allows. */
function isOutOfMemory(error: unknown): boolean {
  return /Out of Memory Error/.test(String(error));
}

export { isOutOfMemory, reserveMemoryForRows, reserveMemoryForStoredRows, usualMemory, vectorRows };
