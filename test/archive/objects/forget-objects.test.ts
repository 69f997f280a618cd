import {
  linkSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { forgetObjects } from '../../../consumer/archive/objects/forget-objects';
import { Manifest } from '../../../consumer/archive/objects/manifest';
import { parseRecord } from '../../../consumer/records/parse-record';
import { fileFingerprint } from '../../../consumer/sources/file';
import { Objects } from './objects';
import { address, envelopes, send } from './person';

const others = ['a@o.example', 'b@o.example'];
const [mine, ofOthers] = [send('m1', [...others, address]), send('m2', others)];

describe('erasing from a folder without an archive', () => {
  it('rewrites the objects with the person, and no other', async () => {
    const folder = new Objects();
    folder.write('a.json', `${mine}\n${ofOthers}\n`);
    folder.write('b.gz', gzipSync(`${ofOthers}\n${mine}\n`));
    const untouched = folder.write('c.json', `${ofOthers}\n`);
    const before = fileFingerprint(statSync(untouched, { bigint: true }));
    const report = await folder.forget();
    const { pseudonym = '' } = report;
    expect(pseudonym).toMatch(/^forgotten-[0-9a-f]{12}@forgotten\.invalid$/);
    const left = mine.replace(address, pseudonym);
    expect(folder.read('a.json')).toBe(`${left}\n${ofOthers}\n`);
    expect(gunzipSync(readFileSync(join(folder.objects, 'b.gz'))).toString()).toBe(`${ofOthers}\n${left}\n`);
    expect(fileFingerprint(statSync(untouched, { bigint: true }))).toEqual(before);
    expect(report).toMatchObject({
      isDryRun: false,
      isInterrupted: false,
      examinedObjects: 3,
      examinedVersions: 3,
      skippedObjects: 0,
      foreignObjects: 0,
      erased: ['a.json', 'b.gz'].map((name) => ({
        object: join(folder.objects, name),
        records: 1,
        deletedVersions: [],
      })),
      failed: [],
      elsewhere: [],
    });
    expect(readdirSync(folder.objects)).toEqual(['a.json', 'b.gz', 'c.json']);
  });

  it('notes the ids of the events before and after, also of records that are rewritten twice', async () => {
    const folder = new Objects();
    const enclosed = envelopes['a Firehose error']?.(mine.replace('m1', 'm3'));
    folder.write('a.json', `${mine}\n${ofOthers}\n${enclosed}\n`);
    const idsIn = () =>
      folder
        .read('a.json')
        .split('\n')
        .slice(0, -1)
        .flatMap((line) => parseRecord(line))
        .flatMap((outcome) => (outcome.outcome === 'event' ? [outcome.id] : []));
    const [mineId, othersId, enclosedId] = idsIn();
    await folder.forget();
    const erased = idsIn();
    expect(erased[1]).toBe(othersId);
    const manifest = () => new Manifest(folder.manifest).newIds;
    expect([...manifest()]).toEqual([
      [mineId, erased[0]],
      [enclosedId, erased[2]],
    ]);
    await folder.forget({}, others[0]);
    const twice = idsIn();
    expect([mineId, othersId, enclosedId].map((id) => manifest().get(String(id)))).toEqual(twice);
  });

  it('has one pseudonym for all runs with a manifest, and another one with another', async () => {
    const folder = new Objects();
    folder.write('a.json', mine);
    const { pseudonym } = await folder.forget();
    folder.write('b.json', mine);
    expect(await folder.forget()).toMatchObject({ pseudonym, erased: [{ records: 1 }] });
    folder.write('c.json', mine);
    const other = await folder.forget({ manifest: join(folder.path, 'other.ndjson') });
    expect(other.pseudonym).not.toBe(pseudonym);
    expect(statSync(`${folder.manifest}.salt`).mode & 0o777).toBe(0o600);
  });

  it('changes nothing in a dry run', async () => {
    const folder = new Objects();
    folder.write('a.json', mine);
    const report = await folder.forget({ dryRun: true });
    expect(report).toMatchObject({ isDryRun: true, erased: [{ records: 1 }] });
    expect(report.pseudonym).toBeUndefined();
    expect(folder.read('a.json')).toBe(mine);
    expect(readdirSync(folder.path)).toEqual(['objects']);
    const { pseudonym } = await folder.forget();
    expect(await folder.forget({ dryRun: true })).toMatchObject({ pseudonym, erased: [] });
  });

  it('keeps a manifest without personal data', async () => {
    const folder = new Objects();
    const path = folder.write('a.json', `${ofOthers}\n${mine}\n`);
    const { pseudonym = '' } = await folder.forget();
    const offset = ofOthers.length + 1;
    const changes = [[offset, mine.length, mine.length - address.length + pseudonym.length]];
    const version = {
      etag: expect.stringMatching(/^sha256:/),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    };
    const [rewriting, rewritten, ...more] = folder.steps();
    const [before, after] = [offset + mine.length + 1, offset + 1 + (changes[0]?.[2] ?? 0)];
    expect(rewriting).toMatchObject({ step: 'rewriting', object: path, changes });
    expect(rewritten).toMatchObject({
      step: 'rewritten',
      object: path,
      time: expect.stringMatching(/Z$/),
      before: { ...version, bytes: before },
      after: { ...version, bytes: after },
      records: 1,
      changes,
    });
    expect(more).toEqual([]);
    const text = readFileSync(folder.manifest, 'utf8');
    expect([text.includes(address), text.includes(pseudonym)]).toEqual([false, false]);
    expect(text).not.toContain(readFileSync(`${folder.manifest}.salt`, 'utf8').trim());
    expect(statSync(folder.manifest).mode & 0o777).toBe(0o600);
  });

  it('replaces the line of the manifest that a killed run did not complete', async () => {
    const folder = new Objects();
    folder.write('a.json', mine);
    await folder.forget();
    const complete = readFileSync(folder.manifest, 'utf8');
    writeFileSync(folder.manifest, `${complete}{"step":"rew`);
    folder.write('b.json', mine);
    await folder.forget();
    expect(readFileSync(folder.manifest, 'utf8').startsWith(complete)).toBe(true);
    expect(folder.steps().map(({ step }) => step)).toEqual([
      'rewriting',
      'rewritten',
      'rewriting',
      'rewritten',
    ]);
  });

  it.each([
    [
      'manifest',
      'other text\n',
      'line 1 of .* is not a step of a manifest: choose another file with --manifest',
    ],
    ['salt', 'short\n', 'is not a salt: restore it'],
  ])('does not use another file as the %s', async (name, content, message) => {
    const folder = new Objects();
    folder.write('a.json', mine);
    writeFileSync(name === 'salt' ? `${folder.manifest}.salt` : folder.manifest, content);
    await expect(folder.forget()).rejects.toThrow(new RegExp(message));
    expect(folder.read('a.json')).toBe(mine);
  });

  it('keeps the mode of a file, and the link to it', async () => {
    const folder = new Objects();
    const path = folder.write('.hidden/a.json', mine);
    writeFileSync(path, mine, { mode: 0o640 });
    symlinkSync(path, join(folder.objects, 'link.json'));
    const mode = statSync(path).mode;
    const { erased } = await folder.forget();
    expect(erased).toMatchObject([{ object: join(folder.objects, 'link.json') }]);
    expect(statSync(path).mode).toBe(mode);
    expect(readFileSync(path, 'utf8')).not.toContain(address);
    expect(readdirSync(join(folder.objects, '.hidden'))).toEqual(['a.json']);
  });

  it('removes records about the person alone on request', async () => {
    const folder = new Objects();
    folder.write('a.json', `${send('m3', [address])}\n${ofOthers}\n${mine}\n`);
    const { pseudonym = '' } = await folder.forget({ remove: true });
    expect(folder.read('a.json')).toBe(`${ofOthers}\n${mine.replace(address, pseudonym)}\n`);
  });

  it('skips partitions and files that are older than a time', async () => {
    const folder = new Objects();
    const since = new Date('2026-03-05T00:00:00Z');
    const names = ['dt=2026-03-01/a.json', 'dt=2026-03-06/b.json', 'old.json', 'new.json'];
    for (const name of names) folder.write(name, mine);
    utimesSync(join(folder.objects, 'old.json'), 0, new Date('2026-03-04T23:59:59Z'));
    const { erased, skippedObjects } = await folder.forget({ since });
    expect(erased.map(({ object }) => object)).toEqual(
      ['dt=2026-03-06/b.json', 'new.json'].map((name) => join(folder.objects, name)),
    );
    expect(skippedObjects).toBe(1);
  });
});

describe('an object from which the person cannot be erased', () => {
  const failures: [string, (folder: Objects) => string, RegExp][] = [
    [
      'damaged',
      (folder) => folder.write('bad', gzipSync(`${mine}\n${mine.repeat(99)}`).subarray(0, -9)),
      /^it is damaged \(gzip: .*\): delete it or restore it from a copy/,
    ],
    ['Parquet', (folder) => folder.write('bad', Buffer.from('PAR1....')), /^it is a Parquet file, /],
    [
      'a database',
      (folder) => folder.write('bad', Buffer.from('........DUCK')),
      /^it is a DuckDB database: /,
    ],
    [
      'of two names',
      (folder) => {
        const path = folder.write('bad', mine);
        linkSync(path, join(folder.path, 'other'));
        return path;
      },
      /^it has 2 names \(hard links\)/,
    ],
    [
      'a dangling link',
      (folder) => {
        const path = join(folder.objects, 'bad');
        symlinkSync('missing', path);
        return path;
      },
      /^ENOENT: /,
    ],
  ];
  it.each(failures)('because it is %s, is reported; the others are erased', async (_, make, message) => {
    const folder = new Objects();
    const object = make(folder);
    folder.write('good.json', mine);
    const state = () => {
      const status = statSync(object, { bigint: true, throwIfNoEntry: false });
      return status && fileFingerprint(status);
    };
    const before = state();
    const report = await folder.forget();
    expect(report.failed).toEqual([{ object, message: expect.stringMatching(message) }]);
    expect(report.erased).toMatchObject([{ object: join(folder.objects, 'good.json') }]);
    expect(state()).toEqual(before);
    expect(folder.steps().map((step) => step.object)).not.toContain(object);
  });
});

describe('the arguments', () => {
  it.each<[string, unknown, unknown, unknown]>([
    ['places must be a place with objects', address, [], {}],
    ['places must be a place with objects', address, 7, {}],
    ['address must be a text: received 7', 7, 'x', {}],
    ['manifest must be a text', address, 'x', { manifest: 7 }],
    ['no such option: "other"', address, 'x', { other: 1 }],
    ['is not a valid email address', 'ana', 'x', {}],
    ['no such file or folder: missing', address, 'missing', {}],
    ['standard input cannot be rewritten', address, '-', {}],
  ])('are checked: %s', async (message, person, places, options) => {
    const call = forgetObjects as (...args: unknown[]) => Promise<unknown>;
    await expect(call(person, places, options)).rejects.toThrow(message);
  });
});
