import { sqlText } from '../dialects/literals';
import { ArchiveError } from '../store/archive-error';
import type { Database } from '../store/database';

/** Creates the error for an object that is not in the archive. */
function unknownObject(archive: string, name: string): ArchiveError {
  return new ArchiveError(
    `the archive ${archive} has no object ${name}: to list the names, run ` +
      `ses-events query 'SELECT object FROM objects' --archive ${archive}`,
  );
}

/**
 * Checks that an archive has an object.
 * @throws {ArchiveError} when it does not
 */
async function checkObject(database: Database, archive: string, name: string): Promise<void> {
  if ((await database.count(`objects WHERE object = ${sqlText(name)}`)) === 0)
    throw unknownObject(archive, name);
}

export { checkObject, unknownObject };
