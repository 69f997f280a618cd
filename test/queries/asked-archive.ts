import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../consumer/archive/file/open';
import { readArchive } from '../../consumer/archive/file/read-archive';
import { ingest } from '../../consumer/archive/ingest/ingest';
import type { Database } from '../../consumer/archive/store/database';
import {
  type ArchiveEngine,
  type ArchiveEngineOptions,
  archiveEngine,
} from '../../consumer/queries/engines/duckdb-engine';
import type { PlainValue } from '../../consumer/queries/engines/plain-value';

type Row = Readonly<Record<string, PlainValue>>;

/** An archive of objects for the tests of one file. */
class AskedArchive {
  readonly folder = mkdtempSync(join(tmpdir(), 'ses-events-asked-'));
  readonly path = join(this.folder, 'archive.duckdb');
  private opened: { database: Database; engine: ArchiveEngine } | undefined;

  constructor(source: string | string[] = join(__dirname, '../../examples/sample-archive')) {
    beforeAll(() => ingest(source, { archive: this.path, workers: 0 }));
    afterAll(() => {
      this.opened?.database.close();
      rmSync(this.folder, { recursive: true });
    });
  }

  /** Runs a function with the shared engine over the archive. */
  async ask<Result>(work: (engine: ArchiveEngine) => Promise<Result>): Promise<Result> {
    if (this.opened === undefined) {
      const database = await openDatabase(this.path, { readOnly: true });
      this.opened = { database, engine: await archiveEngine(database) };
    }
    return work(this.opened.engine);
  }

  /** Runs a function with a new engine. */
  askAnew<Result>(
    options: ArchiveEngineOptions,
    work: (engine: ArchiveEngine) => Promise<Result>,
  ): Promise<Result> {
    return readArchive(this.path, { wait: 0 }, async (database) =>
      work(await archiveEngine(database, options)),
    );
  }

  /** Returns the rows of a query, as objects with a key per column. */
  rows(sql: string, parameters: Record<string, string> = {}): Promise<Row[]> {
    return this.ask((engine) => rowsOf(engine, sql, parameters));
  }
}

/** Returns the rows of a query, as objects with a key per column. */
async function rowsOf(
  engine: ArchiveEngine,
  sql: string,
  parameters: Record<string, string> = {},
): Promise<Row[]> {
  const { columns, rows } = await engine.query(sql, parameters);
  const found: Row[] = [];
  for await (const batch of rows) {
    for (const row of batch)
      found.push(Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
  }
  return found;
}

export { AskedArchive, type Row, rowsOf };
