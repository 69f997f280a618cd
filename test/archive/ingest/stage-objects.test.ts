import { threadsFor } from '../../../consumer/archive/ingest/stage-objects';
import type { SourceObject } from '../../../consumer/sources/source';

async function* open(): AsyncGenerator<Uint8Array, void> {} // nothing is read

const mebibyte = 1024 * 1024;
const file = (size?: number): SourceObject => ({
  uri: 'a',
  size,
  location: { at: 'file', path: '/a' },
  open,
});
const s3: SourceObject = {
  uri: 's3://mail/a',
  size: 1,
  location: { at: 's3', bucket: 'mail', key: 'a', options: {} },
  open,
};

const threads = (objects: readonly SourceObject[]) =>
  threadsFor(objects.map((object) => ({ object, known: undefined })));

describe('an ingest', () => {
  it.each<[what: string, objects: SourceObject[]]>([
    ['a small file', [file(1)]],
    ['small files', [file(3 * mebibyte), file(3 * mebibyte)]],
    ['no objects', []],
  ])('of %s starts no threads', (_, objects) => {
    expect(threads(objects)).toBe(0);
  });

  it.each<[what: string, objects: SourceObject[]]>([
    ['a large file', [file(8 * mebibyte)]],
    ['many small files', Array.from({ length: 9 }, () => file(mebibyte))],
    ['a file of unknown size', [file()]],
    ['a small file and an object in S3', [file(1), s3]],
    ['standard input', [{ uri: '-', open }]],
  ])('of %s starts the default number of threads', (_, objects) => {
    expect(threads(objects)).toBeUndefined();
  });
});
