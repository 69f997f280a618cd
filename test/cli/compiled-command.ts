import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { globSync } from 'tinyglobby';

const packageFolder = join(__dirname, '..', '..');

/** The command can load only the policy documents and their evaluator from modules/. */
const compiled = ['consumer/**/*.{ts,tsx}', 'modules/policies/*.ts'];

/** Folders with files that are read without compilation. */
const readFolders = [
  'consumer/queries/questions',
  'consumer/report/document',
  'consumer/report/server/assets',
];

/** Returns a name for the current sources of the command. */
function contentName(): string {
  const hash = createHash('sha256');
  const files = globSync([...compiled, ...readFolders.map((name) => `${name}/**`)], { cwd: packageFolder });
  for (const file of [...files.sort(), 'test/cli/compiled-command.ts', 'package-lock.json']) {
    const content = readFileSync(join(packageFolder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 20);
}

function compileInto(folder: string): void {
  buildSync({
    absWorkingDir: packageFolder,
    entryPoints: globSync(compiled, { cwd: packageFolder }),
    outbase: '.',
    outdir: folder,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
  });
  for (const name of readFolders) cpSync(join(packageFolder, name), join(folder, name), { recursive: true });
}

/**
 * Returns the entry of the command, compiled file by file: a process with JavaScript starts in half the time of one
 * with TypeScript. The first caller compiles it, once for the same sources. The folder is written atomically.
 *
 * The files are inside the package, where they can resolve its package.json and dependencies.
 */
function compiledCommand(): string {
  const cache = join(packageFolder, 'node_modules', '.cache', 'ses-events');
  const folder = join(cache, contentName());
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const partial = mkdtempSync(join(cache, 'partial-'));
    compileInto(partial);
    try {
      renameSync(partial, folder);
    } catch (error) {
      rmSync(partial, { recursive: true });
      if (!existsSync(folder)) throw error; // otherwise another process was faster
    }
  }
  return join(folder, 'consumer', 'cli', 'ses-events.js');
}

export { compiledCommand, packageFolder };
