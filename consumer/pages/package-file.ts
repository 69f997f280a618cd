import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pageAddress } from './page-address';

/**
 * Returns the path of a file of this package beside the code that reads it.
 * @throws {Error} when it is missing, because the code was bundled without it
 */
function packageFile(folder: string, name: string): string {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  throw new Error(
    `${name} of ses-event-archive is missing beside its code: in a bundle, mark ses-event-archive as external, and install it with the bundle. ` +
      `See ${pageAddress('archiving', 'in-a-program')}`,
  );
}

export { packageFile };
