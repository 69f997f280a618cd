import { ArchiveError } from '../archive-error';
import type { Database } from './database';
import { schemaVersion } from './schema';

/** What makes the tables of the next version of those of an older one. No reader asks for what it adds. */
const migrations: Readonly<Record<number, string>> = {
  1: 'ALTER TABLE objects ADD COLUMN IF NOT EXISTS pruned_before TIMESTAMP',
  2: 'ALTER TABLE objects ADD COLUMN IF NOT EXISTS ignored VARCHAR',
};

/** Refuses an archive whose tables this version neither knows nor can change into those it knows. */
function checkVersion(path: string, version: number): void {
  if (version > schemaVersion) {
    throw new ArchiveError(
      `the archive ${path} has schema version ${version}, and this ses-events knows up to ${schemaVersion}: ` +
        'install the newer version that wrote it (npm install ses-event-archive@latest)',
    );
  }
  if (version < schemaVersion && migrations[version] === undefined) {
    throw new ArchiveError(
      `the archive ${path} has schema version ${version}, and this ses-events writes ${schemaVersion}: ` +
        'the objects are the source of truth, so ingest them into a new one (ses-events ingest SOURCE --archive new.duckdb)',
    );
  }
}

/**
 * Brings the tables of an archive that is open to the version of this code, in one transaction; when it is
 * open for reading, they stay as they are.
 *
 * @throws {ArchiveError} when the archive is of a version that this one cannot use
 */
async function bringUpToDate(database: Database, path: string, readOnly: boolean): Promise<void> {
  const [row] = await database.rows<{ schema_version: number }>('SELECT schema_version FROM archive');
  const found = row?.schema_version ?? 0;
  checkVersion(path, found);
  if (readOnly || found === schemaVersion) return;
  await database.transaction(async () => {
    for (let version = found; version < schemaVersion; version++)
      await database.run(migrations[version] ?? '');
    await database.run('UPDATE archive SET schema_version = ?', [schemaVersion]);
  });
}

export { bringUpToDate };
