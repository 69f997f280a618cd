import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { globSync } from 'tinyglobby';

const packageFolder = join(__dirname, '..', '..');

/**
 * Compiles the command file by file into a new folder and gives its entry: as JavaScript a process starts in half
 * the time that it takes to load TypeScript.
 *
 * The files lie below the package, where they find its package.json and what it depends on.
 */
function compileIntoFolder(): { folder: string; entry: string } {
  const cache = join(packageFolder, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'ses-events-'));
  buildSync({
    absWorkingDir: packageFolder,
    // Of modules/ the command may load nothing but the policy documents and their evaluator, with its parts.
    entryPoints: globSync(['consumer/**/*.ts', 'modules/policies/*.ts'], {
      cwd: packageFolder,
    }),
    outbase: '.',
    outdir: folder,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
  });
  // The questions are read as they are.
  const questions = 'consumer/queries/questions';
  cpSync(join(packageFolder, questions), join(folder, questions), { recursive: true });
  return { folder, entry: join(folder, 'consumer', 'cli', 'main.js') };
}

/** Compiles the command for the tests of one test file, and gives its entry. */
function compileCommand(): string {
  const { folder, entry } = compileIntoFolder();
  afterAll(() => rmSync(folder, { recursive: true }));
  return entry;
}

export { compileCommand, compileIntoFolder, packageFolder };
