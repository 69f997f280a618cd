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

describe('an ingest', () => {
  it.each<[what: string, objects: SourceObject[], threads: number | undefined]>([
    ['a small file', [file(1)], 0],
    ['small files', [file(3 * mebibyte), file(3 * mebibyte)], 0],
    ['no object', [], 0],
    ['a large file', [file(8 * mebibyte)], undefined],
    ['many small files', Array.from({ length: 9 }, () => file(mebibyte)), undefined],
    ['a file of unknown size', [file()], undefined],
    ['a small file and an object in S3', [file(1), s3], undefined],
    ['standard input', [{ uri: '-', open }], undefined],
  ])('of %s reads in the usual number of threads, or in this one alone', (_, objects, threads) => {
    expect(threadsFor(objects.map((object) => ({ object, known: undefined })))).toBe(threads);
  });
});
