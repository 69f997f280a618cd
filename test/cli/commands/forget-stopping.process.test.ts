import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openDatabase } from '../../../consumer/archive/file/open';
import { ArchiveFolder } from '../../archive/archive-folder';
import { ending, until } from '../../archive/faults/faulty-archive';
import { sendText } from '../records';
import { type Started, startCommand } from '../run-process';

const address = 'ana@example.com';
const events = 5_000;

/** An archive with a person in each of many events. */
async function filled(): Promise<ArchiveFolder> {
  const folder = new ArchiveFolder();
  const lines = Array.from(
    { length: events },
    (_, index) => `${sendText(`m${index}`, { destination: [address] })}\n`,
  );
  folder.write('a.json', lines.join(''));
  await folder.ingest();
  return folder;
}

/** Returns the number of events with the person, and the number of forgotten people. */
async function counts(folder: ArchiveFolder) {
  const [row] = await folder.rows(
    `SELECT (SELECT count(*) FROM events WHERE list_contains(destination, '${address}'))::INTEGER AS holding,
       (SELECT count(*) FROM tombstones)::INTEGER AS forgotten`,
  );
  return row;
}

/** Presses Ctrl-C at a moment, and returns the result of the command. */
async function stopped(child: Started, moment: () => boolean) {
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  expect(await until(child, moment)).toBe('so');
  child.kill('SIGINT');
  return { code: await ending(child), stdout: await stdout, stderr: await stderr };
}

const pressed = '\nstopping; press Ctrl-C again to stop at once\n';
const nothing = { code: 130, stdout: '', stderr: `${pressed}stopped: the archive was not changed\n` };

describe('Ctrl-C', () => {
  it('during the search for the person does not change the archive', async () => {
    const folder = await filled();
    const child = startCommand(['forget', address, '--archive', folder.archive]);
    expect(await stopped(child, () => existsSync(`${folder.archive}.staging`))).toEqual(nothing);
    expect(await counts(folder)).toEqual({ holding: events, forgotten: 0 });
    expect(existsSync(`${folder.archive}.compacting`)).toBe(false);
  });

  it('during a wait for another process ends the wait', async () => {
    const folder = await filled();
    const database = await openDatabase(folder.archive);
    const child = startCommand(['forget', address, '--archive', folder.archive, '--wait', '300']);
    let told = '';
    child.stderr.on('data', (chunk) => {
      told += chunk;
    });
    const result = await stopped(child, () => told.includes('waiting up to 300 s'));
    database.close();
    expect(result).toEqual({ ...nothing, stderr: expect.stringContaining(nothing.stderr) });
    expect(await counts(folder)).toEqual({ holding: events, forgotten: 0 });
  });

  it('during a wait for the address ends the wait', async () => {
    const folder = await filled();
    const child = startCommand(['forget', '-', '--archive', folder.archive]);
    let isAwake = false;
    child.stdin.write('ana@', () => {
      setTimeout(() => {
        isAwake = true;
      }, 2_000); // there is no sign that it reads
    });
    expect(await stopped(child, () => isAwake)).toEqual(nothing);
  });

  it('after a change of the archive is too late: the command completes and reports it', async () => {
    const folder = await filled();
    const child = startCommand(['forget', address, '--archive', folder.archive]);
    const copy = join(`${folder.archive}.compacting`, 'archive.duckdb');
    const { code, stdout, stderr } = await stopped(child, () => existsSync(copy));
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^\nstopping; .*\ncompleted before the interruption: changed 5,000 events /,
      ),
    });
    expect(JSON.parse(stdout)).toMatchObject({ eventsChanged: events, isDryRun: false });
    expect(await counts(folder)).toEqual({ holding: 0, forgotten: 1 });
    expect(existsSync(`${folder.archive}.compacting`)).toBe(false);
  });

  it('before events are deleted by age deletes nothing', async () => {
    const folder = await filled();
    const database = await openDatabase(folder.archive);
    const child = startCommand([
      'forget',
      '--older-than',
      '1d',
      '--archive',
      folder.archive,
      '--wait',
      '300',
    ]);
    let told = '';
    child.stderr.on('data', (chunk) => {
      told += chunk;
    });
    const { code } = await stopped(child, () => told.includes('waiting'));
    database.close();
    expect(code).toBe(130);
    expect(await counts(folder)).toEqual({ holding: events, forgotten: 0 });
  });
});
