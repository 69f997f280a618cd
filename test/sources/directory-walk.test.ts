import { link, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { openSource } from '../../consumer/sources/open-source';
import { ArchiveFolder } from '../archive/archive-folder';
import { readAll, sendRecord } from './read-all';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ses-events-'));
  folder = join(root, 'objects');
  mkdirSync(folder);
});

afterEach(() => rmSync(root, { recursive: true }));

function put(name: string, id = name): void {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${sendRecord(id)}\n`);
}

/** The listed objects of the folder by path, and the skipped ones. */
async function list() {
  const source = await openSource(folder);
  const names: string[] = [];
  for await (const { uri } of source.objects()) names.push(relative(folder, uri));
  return { names, skippedObjects: source.skippedObjects };
}

describe('a link in a folder', () => {
  it.each([
    ['to the folder itself', { loop: '.' }],
    ['to itself, twice', { a: '.', z: '.' }],
    ['to the parent folder', { 'b/up': '..' }],
    ['from two folders to each other', { 'b/c': '../c', 'c/b': '../b' }],
  ])('%s lists each file once, under its own name', async (_, links: Record<string, string>) => {
    for (const name of ['objects/1', 'objects/b/2', 'objects/c/3']) put(name);
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
    const { names, skippedObjects } = await list();
    expect(names).toEqual(['1', 'b/2', 'c/3']);
    expect(skippedObjects).toEqual({ foreign: 0, beforeSince: 0, links: Object.keys(links).length });
  });

  it('to another folder is followed, but links back are not', async () => {
    put('objects/1');
    put('elsewhere/2');
    put('elsewhere/deep/3');
    symlinkSync(folder, join(root, 'elsewhere/back'));
    symlinkSync('../elsewhere', join(folder, 'a'));
    const { names, skippedObjects } = await list();
    expect(names).toEqual(['1', 'a/2', 'a/deep/3']);
    expect(skippedObjects.links).toBe(1);
  });

  it('to the parent folder lists its other files, and no file twice', async () => {
    put('objects/1');
    put('beside');
    symlinkSync('..', join(folder, 'up'));
    const { names, skippedObjects } = await list();
    expect(names).toEqual(['1', 'up/beside']);
    expect(skippedObjects.links).toBe(1); // the way down again, from above
  });

  it('to another folder is followed once, for any number of links', async () => {
    put('elsewhere/1');
    for (const name of ['b', 'a', 'c']) symlinkSync('../elsewhere', join(folder, name));
    const { names, skippedObjects } = await list();
    expect(names).toEqual(['a/1']);
    expect(skippedObjects.links).toBe(2);
  });

  it('to a file is skipped when the file is listed, and otherwise read once', async () => {
    put('objects/b/1');
    put('elsewhere');
    symlinkSync('b/1', join(folder, 'a'));
    symlinkSync('../elsewhere', join(folder, 'x'));
    symlinkSync('../elsewhere', join(folder, 'y'));
    const { names, skippedObjects } = await list();
    expect(names).toEqual(['b/1', 'x']);
    expect(skippedObjects.links).toBe(2);
  });

  it('to a hidden file is read', async () => {
    put('objects/.versions/3/1');
    put('objects/.versions/3/.2');
    put('objects/.file');
    symlinkSync('.versions/3', join(folder, 'current'));
    symlinkSync('.file', join(folder, 'file'));
    const { names, skippedObjects } = await list();
    expect(names).toEqual(['current/1', 'file']);
    expect(skippedObjects).toEqual({ foreign: 3, beforeSince: 0, links: 0 });
  });

  it('that is a hard link is a file', async () => {
    put('objects/1');
    await promisify(link)(join(folder, '1'), join(folder, '2'));
    expect(await list()).toMatchObject({ names: ['1', '2'], skippedObjects: { links: 0 } });
  });

  it.each([
    ['to itself', 'b', /^ELOOP: the symbolic link points to itself: remove it/],
    ['to a missing file', 'gone', /^ENOENT: it was deleted after the folder was listed: try again; .* link/],
  ])('%s is one reject with a reason, and its neighbors are read', async (_, target, message) => {
    put('objects/a', 'a');
    put('objects/c', 'c');
    symlinkSync(target, join(folder, 'b'));
    const { ids, rejects } = await readAll(folder);
    expect(ids).toEqual(['a', 'c']);
    expect(rejects).toMatchObject([
      { reason: 'unreadable-object', object: join(folder, 'b'), message: expect.stringMatching(message) },
    ]);
  });

  it('has its folder ingested with each event once', async () => {
    const archive = new ArchiveFolder();
    archive.write('1', `${sendRecord('1')}\n`);
    for (const name of ['a', 'b']) symlinkSync('.', join(archive.objects, name));
    expect(await archive.ingest()).toMatchObject({
      read: { objects: 1 },
      newEvents: 1,
      duplicates: 0,
      skippedObjects: { links: 2 },
    });
  });
});

describe('a name that is not UTF-8', () => {
  const odd = Buffer.from([0x62, 0xff]);
  const pathOf = (...names: (string | Buffer)[]) =>
    Buffer.concat([Buffer.from(`${folder}/`), ...names.map((name) => Buffer.from(name))]);

  it('of a file is one reject with advice, and its neighbors are read', async () => {
    put('objects/a', 'a');
    put('objects/c', 'c');
    await writeFile(pathOf(odd), sendRecord('b'));
    const { ids, rejects } = await readAll(folder);
    expect(ids).toEqual(['a', 'c']);
    expect(rejects).toMatchObject([
      {
        reason: 'unreadable-object',
        object: join(folder, 'b\ufffd'),
        message: 'ENOENT: its name is not valid UTF-8: rename it',
      },
    ]);
  });

  it('of a folder is one reject for all its files', async () => {
    put('objects/a', 'a');
    await mkdir(pathOf(odd));
    await writeFile(pathOf(odd, '/1'), sendRecord('b'));
    await writeFile(pathOf(odd, '/2'), sendRecord('b'));
    const { ids, rejects } = await readAll(folder);
    expect(ids).toEqual(['a']);
    expect(rejects).toMatchObject([
      { object: join(folder, 'b\ufffd'), message: expect.stringContaining('its name is not valid UTF-8') },
    ]);
  });

  it('is not confused with a name that contains U+FFFD', async () => {
    put('objects/\ufffd', 'a');
    expect((await readAll(folder)).ids).toEqual(['a']);
  });
});
