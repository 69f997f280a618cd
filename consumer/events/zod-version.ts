import { z } from 'zod';

/** Returns the installed version of zod, or nothing in a bundle that does not contain it. */
function installedVersion(): string {
  try {
    return ` ${(require('zod/package.json') as { version: string }).version}`; // every package has a version
  } catch {
    return ' 3 or older';
  }
}

// zod 3 has no looseObject, and would fail with it somewhere in a schema.
if (!('looseObject' in z)) {
  const error = new Error(
    `ses-event-archive requires zod 4, and zod${installedVersion()} is installed: run npm install zod@4`,
  );
  error.name = 'PackageError'; // bin/ses-events.js prints its message alone
  throw error;
}
