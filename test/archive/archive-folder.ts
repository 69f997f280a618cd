import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDatabase } from '../../consumer/archive/file/open';
import { type IngestOptions, ingest } from '../../consumer/archive/ingest/ingest';
import type { IngestCounts } from '../../consumer/archive/ingest/ingest-counts';
import { type StoredEvent, storedEvent } from '../../consumer/archive/rows/stored-event';
import type { ResultRow } from '../../consumer/archive/store/database';
import type { Readable } from '../../consumer/sources/open-source';

const folders: string[] = [];
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

/** A folder of objects with an archive beside it. It is removed after the tests of the file. */
class ArchiveFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'ses-events-archive-'));
  readonly objects = join(this.path, 'objects');
  readonly archive: string;
  /** The paths of the objects. An object that is named explicitly is never ignored. */
  readonly written: string[] = [];

  constructor(name = 'archive.duckdb') {
    this.archive = join(this.path, name);
    mkdirSync(this.objects);
    folders.push(this.path);
  }

  /** Writes an object and returns its path. */
  write(name: string, content: string | Uint8Array): string {
    const path = join(this.objects, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    this.written.push(path);
    return path;
  }

  /** Removes the folder early, for tests that create many. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Ingests the folder's objects, or another source, in this thread. */
  ingest(options: Partial<IngestOptions> & { source?: Readable } = {}): Promise<IngestCounts> {
    const { source = this.objects, ...rest } = options;
    return ingest(source, { archive: this.archive, workers: 0, wait: 0, ...rest });
  }

  /** The rows of a query. */
  async rows<Row extends ResultRow = ResultRow>(sql: string): Promise<Row[]> {
    const database = await openDatabase(this.archive, { readOnly: true, wait: 0 });
    try {
      return await database.rows<Row>(sql);
    } finally {
      database.close();
    }
  }

  /** Runs statements that change the archive. */
  async run(sql: string): Promise<void> {
    const database = await openDatabase(this.archive);
    await database.run(sql);
    database.close();
  }

  /** The events, in the order of their first occurrences. */
  async events(): Promise<StoredEvent[]> {
    const rows = await this.rows(`
      SELECT events.* FROM events JOIN event_occurrences USING (event_id)
      QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY object, byte_offset, record_index) = 1
      ORDER BY object, byte_offset, record_index`);
    return rows.map(storedEvent);
  }
}

export { ArchiveFolder };
