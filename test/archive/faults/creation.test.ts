import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../consumer/archive/file/open';
import { outOfSpace } from '../../../consumer/archive/file/out-of-space';
import { ArchiveFolder } from '../archive-folder';

describe('a new archive', () => {
  it('removes the files of a killed attempt, and no other files', async () => {
    const folder = new ArchiveFolder();
    const others = ['archive.duckdb.new', 'archive.duckdb.0123abcd.new.txt', 'other.duckdb.0123abcd.new'];
    for (const name of ['archive.duckdb.0123abcd.new', 'archive.duckdb.0123abcd.new.wal', ...others])
      writeFileSync(join(folder.path, name), '');
    // The spilled data of the engine is beside the archive while it is open.
    (await openDatabase(folder.archive)).close();
    expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', ...others, 'objects'].sort());
  });

  it('does not use the log of a removed archive', async () => {
    const folder = new ArchiveFolder();
    folder.write('a', '');
    const log = join(folder.path, 'log');
    const database = await openDatabase(folder.archive);
    await database.run("INSERT INTO tombstones VALUES ('a', 'b', now()::TIMESTAMP, false)");
    copyFileSync(`${folder.archive}.wal`, log);
    database.close();
    rmSync(folder.archive);
    copyFileSync(log, `${folder.archive}.wal`);
    await expect(folder.ingest()).rejects.toThrow(
      `cannot open the archive ${folder.archive}: its log ${folder.archive}.wal is from an archive that was removed or replaced; delete the log and try again`,
    );
    rmSync(`${folder.archive}.wal`);
    expect(await folder.ingest()).toMatchObject({ read: { objects: 1 } });
  });

  it('is not created when its folder does not exist', async () => {
    const folder = new ArchiveFolder(join('missing', 'archive.duckdb'));
    await expect(openDatabase(folder.archive)).rejects.toThrow(
      /^cannot create the archive \S+: the folder \S+missing does not exist; create it/,
    );
    expect(readdirSync(folder.path)).toEqual(['objects']);
  });
});

describe('a process', () => {
  it('can open an archive several times for reading, but not while it writes', async () => {
    const folder = new ArchiveFolder();
    folder.write('a', '');
    await folder.ingest();
    const readers = [1, 2].map(() => openDatabase(folder.archive, { readOnly: true, wait: 0 }));
    const [first, second] = await Promise.all(readers);
    const held = /^cannot open the archive \S+: it is in use by this process \(\d+\); try again/;
    await expect(openDatabase(folder.archive, { wait: 0 })).rejects.toThrow(held);
    first?.close();
    await expect(openDatabase(folder.archive, { wait: 0 })).rejects.toThrow(held);
    second?.close();
    const writer = await openDatabase(folder.archive, { wait: 0 });
    await expect(openDatabase(folder.archive, { wait: 0, readOnly: true })).rejects.toThrow(held);
    writer.close();
    (await openDatabase(folder.archive, { wait: 0, readOnly: true })).close();
  });
});

describe('an error about a full disk', () => {
  it.each([
    ['ENOSPC: no space left on device, write', 'the disk is full'],
    ['IO Error: Could not write file "a.duckdb": No space left on device', 'the disk is full'],
    ['Out of Memory Error: failed to offload data block of size 32.0 KiB', 'the disk is full'],
    ['EDQUOT: disk quota exceeded, write', "this user's disk quota is used up"],
    ['EFBIG: file too large, write', 'a file reached the size limit of this process'],
  ])('%s results in advice', (message, reason) => {
    const error = new Error(message);
    expect(outOfSpace('a.duckdb', error)).toMatchObject({
      name: 'ArchiveError',
      message: expect.stringContaining(
        `cannot write the archive a.duckdb or its temporary files: ${reason};`,
      ),
      cause: error,
    });
  });

  it.each(['Conversion Error: Could not convert string', 'EACCES: permission denied, open'])(
    '%s is not such an error',
    (message) => {
      expect(outOfSpace('a.duckdb', new Error(message))).toBeUndefined();
    },
  );
});
