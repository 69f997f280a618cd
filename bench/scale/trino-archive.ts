import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { archiveTables, createTable, icebergTables } from '../../consumer/queries/iceberg/archive-tables';
import { createLineTables } from '../../test/trino/line-tables';
import { type QueryStatistics, Trino, type TrinoResult } from '../../test/trino/trino';
import { trinoForm } from '../../test/trino/trino-form';
import { benchArchive, dataFolder } from '../archive';

/** Memory of the server, in GB. The questions over the lines group all lines of the objects. */
const memory = 10;

/** The files of the Iceberg table. */
interface TableSize {
  bytes: number;
  files: number;
  rows: number;
}

/** A Trino server over the benchmark's objects, with empty Iceberg tables. */
class TrinoArchive {
  private constructor(
    private readonly trino: Trino,
    private readonly folder: string,
    /** The days of arrival, in order. */
    readonly days: readonly string[],
  ) {}

  /** Starts the server. The objects are created if they do not exist. */
  static async start(events: number): Promise<TrinoArchive> {
    const objects = benchArchive(events);
    const days = readdirSync(join(objects, 'events'))
      .map((name) => name.replace('dt=', ''))
      .sort();
    const folder = mkdtempSync(join(dataFolder, 'scale-'));
    mkdirSync(join(folder, 'metastore'));
    symlinkSync(objects, join(folder, 'objects'));
    const archive = new TrinoArchive(await Trino.start(folder, memory), folder, days);
    try {
      await createLineTables(archive.trino, 'objects', days.at(-1));
      for (const table of icebergTables) await archive.run(createTable(table, 's3://bucket/archive/'));
      return archive;
    } catch (error) {
      await archive.stop();
      throw error;
    }
  }

  /** Runs a statement of Athena, and returns the result of its last statement in Trino. */
  async run(sql: string): Promise<TrinoResult> {
    let result: TrinoResult | undefined;
    for (const statement of trinoForm(sql)) result = await this.trino.query(statement);
    if (result === undefined) throw new Error('Trino has no form of the statement');
    return result;
  }

  /** Runs a statement of Athena, and returns its work. */
  async measure(sql: string): Promise<QueryStatistics> {
    return (await this.run(sql)).statistics;
  }

  async size(): Promise<TableSize> {
    const { rows } = await this.run(
      `SELECT sum(file_size_in_bytes), count(*), sum(record_count) FROM "${archiveTables.events}$files"`,
    );
    const [bytes, files, count] = (rows[0] ?? []).map(Number);
    return { bytes: bytes ?? Number.NaN, files: files ?? Number.NaN, rows: count ?? Number.NaN };
  }

  /** Stops the server and removes its tables, but not the objects. */
  async stop(): Promise<void> {
    await this.trino.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export { type TableSize, TrinoArchive };
