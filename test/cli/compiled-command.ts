import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { globSync } from 'tinyglobby';

const packageFolder = join(__dirname, '..', '..');

/** Of modules/ the command may load nothing but the policy documents and their evaluator, with its parts. */
const compiled = ['consumer/**/*.ts', 'modules/policies/*.ts'];

/** What is read as it is. */
const questions = 'consumer/queries/questions';

/** A name for the command as its sources are now. */
function contentName(): string {
  const hash = createHash('sha256');
  const files = globSync([...compiled, `${questions}/**`], { cwd: packageFolder });
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
  });
  cpSync(join(packageFolder, questions), join(folder, questions), { recursive: true });
}

/**
 * The entry of the command, compiled file by file: as JavaScript a process starts in half the time that it takes to
 * load TypeScript. It is compiled once for the same sources, whoever asks first, and has its name only once it is whole.
 *
 * The files lie below the package, where they find its package.json and what it depends on.
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
