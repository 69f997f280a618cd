import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { archiveTables, createTable, icebergTables } from '../../consumer/queries/iceberg/archive-tables';
import { createLineTables } from '../../test/trino/line-tables';
import { type QueryStatistics, Trino, type TrinoResult } from '../../test/trino/trino';
import { trinoForm } from '../../test/trino/trino-form';
import { benchArchive } from '../archive';

/** Memory of the server and of one query, in GB. Questions run one by one, and some keep all messages or lines. */
const [serverMemory, queryMemory] = [16, 10];

/** The files of the Iceberg table. */
interface TableSize {
  bytes: number;
  files: number;
  rows: number;
}

/** A Trino server over the benchmark's objects, with Iceberg tables in a folder. */
class TrinoArchive {
  private constructor(
    private readonly trino: Trino,
    /** The days of arrival, in order. */
    readonly days: readonly string[],
  ) {}

  /** Starts a server with the tables of a folder. */
  static async open(folder: string, events: number): Promise<TrinoArchive> {
    const days = readdirSync(join(benchArchive(events), 'events'))
      .map((name) => name.replace('dt=', ''))
      .sort();
    return new TrinoArchive(await Trino.start(folder, serverMemory, queryMemory), days);
  }

  /** Starts a server with empty tables in a folder. The objects are created if they do not exist. */
  static async create(folder: string, events: number): Promise<TrinoArchive> {
    mkdirSync(join(folder, 'metastore'), { recursive: true });
    symlinkSync(benchArchive(events), join(folder, 'objects'));
    const archive = await TrinoArchive.open(folder, events);
    try {
      await createLineTables(archive.trino, 'objects', archive.days.at(-1));
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

  async stop(): Promise<void> {
    await this.trino.stop();
  }
}

export { type TableSize, TrinoArchive };
