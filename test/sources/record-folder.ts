import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sendRecord } from './read-all';

/** A new folder for each test of a file. */
class RecordFolder {
  path = '';

  /** Writes a file of records with these message ids. Returns the path of the file. */
  put(name: string, ...ids: string[]): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, ids.map((id) => `${sendRecord(id)}\n`).join(''));
    return path;
  }
}

/** Sets up the folder around each test. */
function useRecordFolder(): RecordFolder {
  const folder = new RecordFolder();
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'ses-events-'));
  });
  afterEach(() => rmSync(folder.path, { recursive: true }));
  return folder;
}

export { useRecordFolder };
