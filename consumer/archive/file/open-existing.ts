import { existsSync } from 'node:fs';
import type { Database } from '../store/database';
import { type OpenArchiveOptions, openDatabase } from './open';

/** Opens an archive that has to be there already: there is nothing to delete in a new one. */
function openExisting(
  archive: string,
  { wait, onWait, signal, dryRun = false }: OpenArchiveOptions & { dryRun?: boolean | undefined },
): Promise<Database> {
  // A missing file is not made when nothing is to be written.
  return openDatabase(archive, { wait, onWait, signal, readOnly: dryRun || !existsSync(archive) });
}

export { openExisting };
