import { planIngest } from '../../../consumer/archive/ingest/ingest-plan';
import type { LedgerEntry } from '../../../consumer/archive/store/ledger';
import { fileObject } from '../../../consumer/sources/file';
import { s3Object } from '../../../consumer/sources/s3-object';
import { type SourceObject, sourceOf } from '../../../consumer/sources/source';
import { ArchiveFolder } from '../archive-folder';

/** An object of S3, found under a prefix or named explicitly. */
function listed(key: string, etag: string, isNamed = false): SourceObject {
  return { ...s3Object({ bucket: 'events', key, etag, options: {} }, 10), isNamed };
}

const entry = (etag: string, ignored?: LedgerEntry['ignored']): LedgerEntry => ({
  etag,
  fingerprint: undefined,
  ignored,
});

/** The plan for objects, with their ledger, and names without the bucket. */
async function planOf(objects: readonly SourceObject[], known: Readonly<Record<string, LedgerEntry>> = {}) {
  const ledger = new Map(Object.entries(known).map(([key, version]) => [`s3://events/${key}`, version]));
  const { candidates, unchanged, ignored } = await planIngest(sourceOf(objects), ledger, 'archive.duckdb');
  const key = (uri: string) => uri.replace('s3://events/', '');
  return {
    candidates: candidates.map(({ object }) => key(object.uri)),
    unchanged,
    ignored: ignored.map(key),
  };
}

describe('the plan of an ingest', () => {
  it.each<[string, SourceObject, LedgerEntry | undefined, 'candidate' | 'unchanged' | 'ignored']>([
    ['an object that is not in the ledger', listed('a', '"1"'), undefined, 'candidate'],
    ['an object in the version of the ledger', listed('a', '"1"'), entry('1'), 'unchanged'],
    ['the same, named explicitly', listed('a', '"1"', true), entry('1'), 'unchanged'],
    ['an object with another ETag', listed('a', '"2"'), entry('1'), 'candidate'],
    [
      'an object without a stored version',
      listed('a', '"1"'),
      { ...entry('1'), etag: undefined },
      'candidate',
    ],
    ['an ignored object', listed('a', '"1"'), entry('1', 'no-email-event'), 'ignored'],
    ['an ignored object with another ETag', listed('a', '"2"'), entry('1', 'no-email-event'), 'candidate'],
    [
      'an ignored object, named explicitly',
      listed('a', '"1"', true),
      entry('1', 'no-email-event'),
      'candidate',
    ],
    ['a dropped object', listed('a', '"1"'), entry('1', 'dropped'), 'ignored'],
    ['a dropped object with another ETag', listed('a', '"2"'), entry('1', 'dropped'), 'ignored'],
    ['a dropped object, named explicitly', listed('a', '"1"', true), entry('1', 'dropped'), 'candidate'],
  ])('puts %s in the right list', async (_, object, known, place) => {
    await expect(planOf([object], known && { a: known })).resolves.toEqual({
      candidates: place === 'candidate' ? ['a'] : [],
      unchanged: place === 'unchanged' ? 1 : 0,
      ignored: place === 'ignored' ? ['a'] : [],
    });
  });

  it('has each object of overlapping sources once, in the order of the first', async () => {
    const objects = ['b', 'a', 'b', 'c', 'a'].map((key) => listed(key, key));
    await expect(planOf(objects, { a: entry('a') })).resolves.toEqual({
      candidates: ['b', 'c'],
      unchanged: 1,
      ignored: [],
    });
  });

  it('reads an ignored object that is named in addition to its folder', async () => {
    const objects = [listed('a', '1'), listed('a', '1', true)];
    await expect(planOf(objects, { a: entry('1', 'dropped') })).resolves.toEqual({
      candidates: ['a'],
      unchanged: 0,
      ignored: [],
    });
  });

  it('is the same when repeated: neither the ledger nor the plan changes', async () => {
    const objects = [listed('a', '1'), listed('b', '2'), listed('c', '3')];
    const ledger = { a: entry('1'), b: entry('1') };
    const first = await planOf(objects, ledger);
    expect(first).toEqual({ candidates: ['b', 'c'], unchanged: 1, ignored: [] });
    await expect(planOf(objects, ledger)).resolves.toEqual(first);
  });

  it.each([
    [false, []],
    [true, ['archive.duckdb']],
  ])('excludes the archive, and lists it as ignored when it was named (%s)', async (isNamed, ignored) => {
    const folder = new ArchiveFolder();
    await folder.ingest();
    const object = { ...fileObject(folder.archive), isNamed };
    const plan = await planIngest(sourceOf([object]), new Map(), folder.archive);
    expect(plan.candidates).toEqual([]);
    expect(plan.ignored.map((uri) => uri.replace(`${folder.path}/`, ''))).toEqual(ignored);
  });

  it('opens no object', async () => {
    const open = jest.fn();
    const object = { ...fileObject('/nowhere/a.gz'), open };
    await expect(planOf([object])).resolves.toMatchObject({ candidates: ['/nowhere/a.gz'] });
    expect(open).not.toHaveBeenCalled();
  });
});
