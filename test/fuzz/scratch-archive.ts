import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../../consumer/archive/ingest/ingest';
import type { IngestCounts } from '../../consumer/archive/ingest/ingest-counts';

/** A temporary folder with objects and an archive, for one case. */
class ScratchArchive {
  readonly objects: string;
  readonly archive: string;

  private constructor(readonly folder: string) {
    this.objects = join(folder, 'objects');
    this.archive = join(folder, 'mail.duckdb');
    mkdirSync(this.objects);
  }

  /** Calls a function with a temporary archive, then removes it. */
  static async with<Result>(callback: (scratch: ScratchArchive) => Promise<Result>): Promise<Result> {
    const folder = mkdtempSync(join(tmpdir(), 'ses-events-fuzz-archive-'));
    try {
      return await callback(new ScratchArchive(folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Writes an object with a name in the form of Firehose, so that it is always read. */
  write(number: number, bytes: Uint8Array): void {
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    writeFileSync(join(this.objects, `mail-1-2026-03-04-05-06-07-${id}`), bytes);
  }

  /** Ingests the objects, in this thread. */
  ingest(): Promise<IngestCounts> {
    return ingest(this.objects, { archive: this.archive, workers: 0, wait: 0 });
  }
}

export { ScratchArchive };
