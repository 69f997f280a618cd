import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { type CommandResult, environment } from '../../cli/command-call';
import { entry, type Started } from '../../cli/run-process';
import { type ArchiveContents, archiveContents, differences } from './archive-contents';
import { ending, FaultyArchive, until } from './faulty-archive';
import { ObjectsFolder } from './objects-folder';
import { isFull, scaled } from './scale';

const objects = ObjectsFolder.sample({ events: scaled(1_500, 8_000), seed: 5 });
const smallBatches = ['--batch-objects', '4'];

let expected: ArchiveContents;

beforeAll(async () => {
  expected = await new FaultyArchive([objects.path]).undisturbed();
});

/** An ingest that locks the archive and waits for a signal. */
async function startAndPause(archive: FaultyArchive): Promise<Started> {
  const child = archive.start();
  await until(child, () => existsSync(archive.staging));
  child.kill('SIGSTOP');
  return child;
}

/** Runs a script in a separate process, beside the compiled files of the archive. */
async function runScript(script: string, ...args: string[]): Promise<CommandResult> {
  const cwd = join(dirname(entry), '..', 'archive');
  const child = spawn(process.execPath, ['-e', script, '--', ...args], { cwd, env: environment() });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

const readerScript = `
  const { openDatabase } = require('./file/open');
  openDatabase(process.argv[1], { readOnly: true, wait: Number(process.argv[2]) }).then(
    async (database) => {
      const [{ count }] = await database.rows('SELECT count(*) AS count FROM objects');
      database.close();
      console.log(Number(count));
    },
    ({ name, message }) => console.log(name + ': ' + message),
  );`;

const twoInOneScript = `
  const { ingest } = require('./ingest/ingest');
  const [archive, wait, ...sources] = process.argv.slice(1);
  const one = () => ingest(sources, { archive, wait: Number(wait), workers: 1, batchObjects: 4 }).then(
    ({ newEvents }) => (newEvents > 0 ? 'done' : 'nothing new'),
    ({ name, message }) => name + ': ' + message,
  );
  Promise.all([one(), one()]).then((results) => console.log(results.sort().join('\\n')));`;

describe('while an ingest uses an archive', () => {
  it('another one waits, reports it, and finds all objects unchanged', async () => {
    const archive = new FaultyArchive([objects.path], smallBatches);
    const first = await startAndPause(archive);
    const second = archive.start('--wait', '300');
    let stderr = '';
    second.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    await until(second, () => stderr.includes('\n'));
    expect(stderr).toBe(`waiting up to 300 s for process ${first.pid}, which is using ${archive.path}\n`);
    expect(second.exitCode).toBeNull();
    first.kill('SIGCONT');
    expect(await Promise.all([ending(first), ending(second)])).toEqual([0, 0]);
    expect(stderr).toContain('ingested 0 records: 0 new events');
    expect(archive.files).toEqual(['mail.duckdb']);
    expect(differences(expected, await archiveContents(archive.path))).toEqual([]);
  });

  it('another one fails after the wait and names the process', async () => {
    const archive = new FaultyArchive([objects.path], smallBatches);
    const first = await startAndPause(archive);
    const { code, stdout, stderr } = await archive.ingest('--wait', '0.5');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n').at(-2)).toBe(
      `error: cannot open the archive ${archive.path}: it is in use by process ${first.pid}; try again when that process has ended, or stop it`,
    );
    first.kill('SIGCONT');
    expect(await ending(first)).toBe(0);
    await archive.expectCompletion(expected);
  });

  it('a reader names the process, or waits', async () => {
    const archive = new FaultyArchive([objects.path], smallBatches);
    const first = await startAndPause(archive);
    const held = await runScript(readerScript, archive.path, '0');
    expect([held.stdout, held.stderr]).toEqual([
      `ArchiveHeldError: cannot open the archive ${archive.path}: it is in use by process ${first.pid}; try again when that process has ended, or stop it\n`,
      '',
    ]);
    const waiting = runScript(readerScript, archive.path, '300000');
    await setTimeout(200);
    first.kill('SIGCONT');
    const { stdout, stderr } = await waiting;
    expect([stdout, stderr]).toEqual([`${expected.objects.length}\n`, '']);
    expect(await ending(first)).toBe(0);
  });
});

describe('ingests that start at the same time', () => {
  it.each(isFull ? [2, 6] : [3])('create one archive, and each succeeds (%i of them)', async (count) => {
    for (let round = 0; round < scaled(1, 2); round++) {
      const archive = new FaultyArchive([objects.path], [...smallBatches, '--wait', '300']);
      const results = await Promise.all(Array.from({ length: count }, () => archive.ingest()));
      expect(results.map(({ code }) => code)).toEqual(results.map(() => 0));
      const working = results.filter(({ stderr }) => !stderr.includes('ingested 0 records: 0 new events'));
      expect(working).toHaveLength(1);
      await archive.expectCompletion(expected);
    }
  });

  it('in one process wait for each other', async () => {
    const archive = new FaultyArchive([objects.path]);
    const { stdout, stderr } = await runScript(twoInOneScript, archive.path, '300000', objects.path);
    expect([stdout, stderr]).toEqual(['done\nnothing new\n', '']);
    await archive.expectCompletion(expected);
  });

  it('in one process fail without a wait', async () => {
    const archive = new FaultyArchive([objects.path]);
    const { stdout } = await runScript(twoInOneScript, archive.path, '0', objects.path);
    expect(stdout).toMatch(
      /^ArchiveHeldError: cannot open the archive \S+: it is in use by this process \(\d+\); .*\ndone\n$/,
    );
    await archive.expectCompletion(expected);
  });
});
