import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Returns the folder of this package, in source or built form.
 * @throws {Error} when there is no package.json above this file
 */
function packageRoot(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  throw new Error(`there is no package.json above ${__dirname}: reinstall the package`);
}

/** Returns the version of this package. */
function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version; // this package's own package.json
}

export { packageRoot, packageVersion };
