import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkThat } from '../../records/check-options';
import { sqlText } from '../dialects/literals';
import { ArchiveError } from '../store/archive-error';
import type { Database } from '../store/database';
import { orderedSlices } from '../store/ordered-slices';
import { allEvents, type ExportFilter, eventCondition, eventQuery } from './event-filter';

const codecs = ['zstd', 'snappy', 'uncompressed'] as const;

const checkCodec = checkThat((value) => codecs.some((codec) => codec === value), codecs.join(', '));

/** The folder to write Parquet files to, and the events to write. */
interface ExportParquetOptions extends ExportFilter {
  /** The output folder, which must exist and be empty. */
  folder: string;
  /**
   * The compression of the pages.
   * @default 'zstd'
   */
  compression?: (typeof codecs)[number] | undefined;
  /** Called after each day, with the number of written events. */
  onProgress?: ((events: number) => void) | undefined;
  /** Stops before the next file. The promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** The partition of events without a time, as in Hive, Athena and DuckDB. */
const timeless = '__HIVE_DEFAULT_PARTITION__';

interface Day {
  /** In SQL form; null for events without a time. */
  day: string | null;
  count: bigint;
}

/** Writes the events of one day into files of its partition: `data_0.parquet`, and more if there are many. */
async function writeDay(database: Database, { day }: Day, options: ExportParquetOptions): Promise<void> {
  const { folder, compression = 'zstd', signal, ...filter } = options;
  const partition = join(folder, `event_date=${day ?? timeless}`);
  mkdirSync(partition, { mode: 0o700 });
  const within =
    day === null
      ? 'event_time IS NULL'
      : `event_time >= DATE ${sqlText(day)} AND event_time < DATE ${sqlText(day)} + INTERVAL 1 DAY`;
  const where = `${eventCondition(filter)} AND ${within}`;
  let files = 0;
  for await (const { condition } of orderedSlices(database, { ...allEvents, where })) {
    signal?.throwIfAborted();
    const path = join(partition, `data_${files++}.parquet`);
    const copy = `COPY (${eventQuery(condition)}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION ${compression})`;
    await database.run(copy).catch((error: Error) => {
      signal?.throwIfAborted(); // not an error of the disk
      throw new ArchiveError(
        `cannot write ${path}: ${error.message}; free disk space or choose another folder`,
        {
          cause: error,
        },
      );
    });
    chmodSync(path, 0o600);
  }
}

/**
 * Writes the view `events` as Parquet, the events of each day (UTC) into a folder such as `event_date=2026-03-04`.
 * Events without a time go to `event_date=__HIVE_DEFAULT_PARTITION__`.
 *
 * It writes day by day: the engine's PARTITION_BY keeps all days in memory at once, and does not keep their order.
 *
 * @returns the number of events
 * @throws {TypeError} for a compression that it does not know
 * @throws {ArchiveError} when a file cannot be written
 *
 * @example
 * ```ts
 * const folder = 'events'; // an empty folder
 * await readArchive('ses-events.duckdb', {}, (database) => exportParquet(database, { folder }));
 * ```
 */
async function exportParquet(database: Database, options: ExportParquetOptions): Promise<number> {
  if (options.compression !== undefined) checkCodec('compression', options.compression); // part of a statement
  const days = await database.rows<Day & Record<string, unknown>>(`
    SELECT event_time::DATE::VARCHAR AS day, count(*) AS count
    FROM event_rows WHERE ${eventCondition(options)} GROUP BY day ORDER BY day`);
  let events = 0;
  for (const day of days) {
    options.signal?.throwIfAborted();
    await writeDay(database, day, options);
    events += Number(day.count);
    options.onProgress?.(events);
  }
  return events;
}

export { type ExportParquetOptions, exportParquet };
