import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Random } from '../../../consumer/sample/seed/random';
import { sendText } from '../../cli/records';
import { type ArchiveContents, archiveContents, archivedObjects, differences } from './archive-contents';
import { ending, FaultyArchive } from './faulty-archive';
import { ObjectsFolder } from './objects-folder';
import { scaled, seeds } from './scale';

/**
 * The content of an object: a word that begins with `!` is a record that cannot be read, any other an event.
 *
 * @param mark what is written into each of them
 */
function content(words: string, mark: string): string {
  return words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) =>
      word.startsWith('!') ? `{"hello":"${mark}${word}"}\n` : `${sendText(`${mark}${word}`)}\n`,
    )
    .join('');
}

type Objects = Readonly<Record<string, string>>;

const cases: readonly (readonly [what: string, before: Objects, after: Objects])[] = [
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
];

/** A name in the form of Firehose. Objects with other names are ignored when they contain no event. */
const firehoseName = (name: string) =>
  `events-1-2026-03-04-05-06-07-0a1b2c3d-0000-4000-8000-00000000000${name}`;

/** The mark of the objects and events of a case. */
const markOf = (index: number) => `case${String(index).padStart(2, '0')}`;

/** The rows of a case. */
function rowsOf(contents: ArchiveContents, index: number): ArchiveContents {
  const own = (rows: readonly string[]) => rows.filter((row) => row.includes(markOf(index)));
  const { events, occurrences, rejects, objects } = contents;
  return { events: own(events), occurrences: own(occurrences), rejects: own(rejects), objects: own(objects) };
}

// All cases are in the same runs.
describe.each([1, 1000])('a replaced object, in batches of %i,', (size) => {
  let [before, after, fresh]: (ArchiveContents | undefined)[] = [];

  beforeAll(async () => {
    const folder = new ObjectsFolder();
    const write = (state: 1 | 2) => {
      for (const [index, entry] of cases.entries()) {
        const mark = markOf(index);
        for (const [name, words] of Object.entries(entry[state]))
          folder.write(`${mark}/${firehoseName(name)}`, content(words, mark));
      }
    };
    const archive = new FaultyArchive([folder.path], ['--batch-objects', `${size}`]);
    write(1);
    before = await archive.undisturbed();
    write(2);
    after = await archive.undisturbed();
    fresh = await new FaultyArchive([folder.path]).undisturbed();
  });

  it.each(cases.map(([what], index) => [what, index] as const))(
    '%s results in the rows of a fresh ingest',
    (_, index) => {
      if (before === undefined || after === undefined || fresh === undefined)
        throw new Error('nothing was ingested');
      const expected = rowsOf(fresh, index);
      expect(expected.objects).not.toEqual([]);
      expect(differences(expected, rowsOf(before, index))).not.toEqual([]);
      expect(differences(expected, rowsOf(after, index))).toEqual([]);
    },
  );

  it('leaves no rows of other objects', () => {
    expect(after).toEqual(fresh);
  });
});

describe('replaced objects', () => {
  it.each(seeds)('each occur once after the ingest is killed (seed %i)', async (seed) => {
    const random = new Random(seed, 1);
    const folder = ObjectsFolder.sample({ events: scaled(2_000, 12_000), seed });
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
    // Half of the objects lose half of their records, and get some records of another object.
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
    for (let run = 0; run < scaled(3, 8); run++) {
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
