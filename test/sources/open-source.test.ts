import { join } from 'node:path';
import { openSource } from '../../consumer/sources/open-source';
import { SourceError } from '../../consumer/sources/source-error';
import { readAll } from './read-all';
import { useRecordFolder } from './record-folder';

const folder = useRecordFolder();

describe('the name of a source', () => {
  it('can be a file, a glob, or several of them', async () => {
    const [a, b, c] = [folder.put('a.x', 'a'), folder.put('b.x', 'b'), folder.put('c.y', 'c')];
    expect((await readAll(a)).ids).toEqual(['a']);
    expect((await readAll(join(folder.path, '*.x'))).ids).toEqual(['a', 'b']);
    expect((await readAll([c, b])).ids).toEqual(['c', 'b']);
  });

  it('can be a file name that looks like a glob', async () => {
    expect((await readAll(folder.put('a[1]*', 'a'))).ids).toEqual(['a']);
  });

  it.each([
    ['no-such-file', /no such file or folder: .*; use a file, a folder, a glob or s3:\/\/bucket\/prefix/],
    ['*.nothing', /no file matches .*: check the pattern/],
  ])('that does not exist is rejected with advice: %s', async (name, message) => {
    await expect(openSource(join(folder.path, name))).rejects.toThrow(SourceError);
    await expect(openSource(join(folder.path, name))).rejects.toThrow(message);
  });

  it('that is an incomplete S3 address is rejected with the form', async () => {
    await expect(openSource('s3:/bucket/prefix')).rejects.toThrow(
      'invalid S3 address s3:/bucket/prefix: use the form s3://bucket/prefix',
    );
  });
});
