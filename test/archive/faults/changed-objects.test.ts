import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Random } from '../../../consumer/sample/random';
import { sendText } from '../../cli/records';
import { archiveContents, archivedObjects, differences } from './archive-contents';
import { ending, FaultyArchive } from './faulty-archive';
import { ObjectsFolder } from './objects-folder';
import { scaled, seeds } from './scale';

/** The content of an object: a word that begins with `!` is a record that cannot be read, any other an event. */
function content(words: string): string {
  return words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (word.startsWith('!') ? `{"hello":"${word}"}\n` : `${sendText(word)}\n`))
    .join('');
}

type Folder = Readonly<Record<string, string>>;

function write(folder: ObjectsFolder, objects: Folder): void {
  for (const [name, words] of Object.entries(objects)) folder.write(name, content(words));
}

describe('an object that was replaced', () => {
  it.each<[what: string, before: Folder, after: Folder]>([
    ['by other events', { a: 'one two', b: 'three' }, { a: 'four' }],
    ['by more of the same', { a: 'one two' }, { a: 'one two three' }],
    ['by fewer', { a: 'one two three' }, { a: 'two' }],
    ['by nothing', { a: 'one two', b: 'three' }, { a: '' }],
    ['whose events another object has too', { a: 'one two', b: 'two three' }, { a: 'four' }],
    ['with the other object that had its event', { a: 'one two', b: 'two three' }, { a: 'four', b: 'five' }],
    ['by what another object had, and the other way round', { a: 'one', b: 'two' }, { a: 'two', b: 'one' }],
    ['and whose event came a second time within it', { a: 'one one two' }, { a: 'one two' }],
    ['by an event that comes within it a second time', { a: 'one two' }, { a: 'one one two' }],
    ['and had rejects', { a: 'one !x !y', b: '!x' }, { a: 'one !z' }],
    ['and has rejects now', { a: 'one', b: 'two' }, { a: '!x', b: 'two' }],
    ['beside a new one that has its old event', { a: 'one two' }, { a: 'three', b: 'one' }],
  ])('%s leaves what a fresh ingest finds', async (_, before, after) => {
    const folder = new ObjectsFolder();
    write(folder, before);
    const archive = new FaultyArchive([folder.path], ['--batch-objects', '1']);
    const old = await archive.undisturbed();
    write(folder, after);
    const expected = await new FaultyArchive([folder.path]).undisturbed();
    expect(differences(expected, old)).not.toEqual([]);
    await archive.expectCompletion(expected);
  });

  it.each(seeds)('stays whole when the ingest is killed, as one of many (seed %i)', async (seed) => {
    const random = new Random(seed, 1);
    const folder = ObjectsFolder.sample({ events: scaled(3_000, 20_000), seed });
    const names = readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.gz'),
    );
    const linesOf = (name: string) =>
      gunzipSync(readFileSync(join(folder.path, name)))
        .toString('latin1')
        .split('\n');
    const archive = new FaultyArchive([folder.path], ['--batch-objects', '4']);
    await archive.undisturbed();
    expect(names.length).toBeGreaterThan(20);
    // Half of the objects lose half of their records, and get some of another object's.
    for (const name of random.shuffled(names).slice(0, names.length / 2)) {
      const lines = [
        ...linesOf(name).filter(() => random.onceIn(2)),
        ...linesOf(random.pick(names)).slice(0, 20),
      ];
      folder.write(name, gzipSync(Buffer.from(lines.join('\n'), 'latin1')));
    }
    const fresh = new FaultyArchive([folder.path]);
    const started = performance.now();
    const expected = await fresh.undisturbed();
    const duration = performance.now() - started;
    const kills: number[] = [];
    for (let run = 0; run < scaled(4, 10); run++) {
      const child = archive.start();
      const after = Math.round(random.fraction() * duration);
      kills.push(after);
      await Promise.race([setTimeout(after), ending(child)]);
      child.kill('SIGKILL');
      await ending(child);
      expect({ seed, kills, faults: await archive.faults() }).toEqual({ seed, kills, faults: [] });
      expect(await archive.objects()).toEqual(await archivedObjects(fresh.path));
    }
    await archive.expectCompletion(expected, { seed, kills });
    expect(await archiveContents(archive.path)).toEqual(expected);
  });
});
