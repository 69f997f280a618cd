import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { pageAddress } from '../../consumer/pages/page-address';
import { ScratchFolder } from '../cli/scratch-folder';
import { AskedArchive } from './asked-archive';

const archive = new AskedArchive();
const scratch = new ScratchFolder();

/** A folder below the package's node_modules, so that a bundle in it finds the packages that are not bundled. */
let folder: string;
let bundle: string;
beforeAll(() => {
  const cache = join(packageRoot(), 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'bundle-'));
  bundle = join(folder, 'bundle.js');
  buildSync({
    entryPoints: [join(packageRoot(), 'consumer/queries/index.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['snappy', '@duckdb/node-api'],
    outfile: bundle,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns the message of the error that an expression over the bundle ends with. */
function messageOf(expression: string): string {
  const script = `
    const bundled = require(${JSON.stringify(bundle)});
    (async () => ${expression})().then((value) => console.log('none', value), (error) => console.log(error.message));`;
  return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim();
}

describe('ses-event-archive/archive within a bundle reports the fix', () => {
  const advice =
    ' of ses-event-archive is missing beside its code: in a bundle, mark ses-event-archive as external, and install it with the bundle. ' +
    `See ${pageAddress('archiving', 'in-a-program')}`;

  it.each(['ask', 'questions'])('in %s', (name) => {
    const call =
      name === 'ask' ? `bundled.ask(${JSON.stringify(archive.path)}, 'health').all()` : 'bundled.questions()';
    expect(messageOf(call)).toBe(`health.sql${advice}`);
  });

  it.each([0, 2])('in ingest with %d threads', (workers) => {
    const object = scratch.write('objects/a', '{}');
    const options = JSON.stringify({ archive: scratch.at(`new-${workers}.duckdb`), workers });
    expect(messageOf(`bundled.ingest(${JSON.stringify(object)}, ${options})`)).toBe(`stage-task.js${advice}`);
  });
});
