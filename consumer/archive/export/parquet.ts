import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ArchiveError } from '../archive-error';
import { type Database, sqlText } from '../database/database';
import { type ExportFilter, eventCondition, eventOrder } from './filter';

/** How to write Parquet. */
interface ExportParquetOptions extends ExportFilter {
  /** Where to write: a folder that is there and empty. */
  folder: string;
  /**
   * How the pages are compressed.
   * @default 'zstd'
   */
  compression?: 'zstd' | 'snappy' | 'uncompressed' | undefined;
  /** Gives up before the next day; the promise is rejected then. */
  signal?: AbortSignal | undefined;
}

/** Rows that are written together: few enough that the widest of them fit into the engine's memory. */
const rowGroupSize = 20_480;

/** The partition of events without a time, as Hive, Athena and DuckDB name it. */
const timeless = '__HIVE_DEFAULT_PARTITION__';

/**
 * Writes the view `events` as Parquet, one file for each day of event time (UTC) in a folder
 * `event_date=2026-03-04`; events without a time go to `event_date=__HIVE_DEFAULT_PARTITION__`.
 *
 * Day after day: the engine's own PARTITION_BY keeps all days in memory at once, and leaves no order in them.
 *
 * @returns how many events there were
 * @throws {ArchiveError} when a file cannot be written
 */
async function exportParquet(database: Database, options: ExportParquetOptions): Promise<number> {
  const { folder, compression = 'zstd', signal, ...filter } = options;
  const condition = eventCondition(filter);
  // Each thread would hold row groups of its own.
  await database.run('SET threads = 1');
  try {
    let events = 0;
    const days = await database.rows<{ day: string | null; count: bigint }>(
      `SELECT event_time::DATE::VARCHAR AS day, count(*) AS count FROM events WHERE ${condition} GROUP BY day ORDER BY day`,
    );
    for (const { day, count } of days) {
      signal?.throwIfAborted();
      const partition = join(folder, `event_date=${day ?? timeless}`);
      mkdirSync(partition);
      const within =
        day === null
          ? 'event_time IS NULL'
          : `event_time >= DATE ${sqlText(day)} AND event_time < DATE ${sqlText(day)} + INTERVAL 1 DAY`;
      const copy = `
        COPY (SELECT * FROM events WHERE ${condition} AND ${within} ORDER BY ${eventOrder})
        TO ${sqlText(join(partition, 'data_0.parquet'))}
        (FORMAT parquet, COMPRESSION ${compression}, ROW_GROUP_SIZE ${rowGroupSize})`;
      await database.run(copy).catch((error: Error) => {
        signal?.throwIfAborted(); // not the disk's fault
        throw new ArchiveError(
          `cannot write ${partition}: ${error.message}; make room or name another folder`,
          { cause: error },
        );
      });
      events += Number(count);
    }
    return events;
  } finally {
    await database.run('RESET threads');
  }
}

export { type ExportParquetOptions, exportParquet };
