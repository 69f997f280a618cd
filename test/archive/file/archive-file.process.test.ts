import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { openDatabase } from '../../../consumer/archive/file/open';
import { sendText } from '../../cli/records';
import { entry, run } from '../../cli/run-process';
import { ArchiveFolder } from '../archive-folder';

/** A folder with one object. No archive file may remain in it. */
function folderOfOne(): ArchiveFolder {
  const folder = new ArchiveFolder();
  folder.write('a', `${sendText('a')}\n`);
  return folder;
}

describe('a symbolic link as an archive', () => {
  it.each([
    [
      'to a missing file',
      'gone.duckdb',
      /is a symbolic link to gone\.duckdb, which does not exist; remove the link, or set --archive to that path/,
    ],
    ['to itself', 'archive.duckdb', /the symbolic link points to itself: remove it/],
  ])('%s is rejected and remains', async (_, target, message) => {
    const folder = folderOfOne();
    symlinkSync(target, folder.archive);
    for (const readOnly of [true, false])
      await expect(openDatabase(folder.archive, { readOnly, wait: 0 })).rejects.toThrow(message);
    await expect(folder.ingest()).rejects.toMatchObject({
      name: 'ArchiveError',
      message: expect.stringMatching(message),
    });
    expect(readlinkSync(folder.archive)).toBe(target);
    expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', 'objects']);
  });

  it('to an archive is followed and remains', async () => {
    const folder = folderOfOne();
    const link = join(folder.path, 'link.duckdb');
    (await openDatabase(folder.archive)).close();
    symlinkSync('archive.duckdb', link);
    expect(await folder.ingest({ archive: link })).toMatchObject({ newEvents: 1 });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(await folder.rows('SELECT count(*) AS n FROM events')).toEqual([{ n: 1n }]);
  });
});

describe('an archive path that is not a file', () => {
  const message = (what: string) =>
    new RegExp(`^cannot open the archive \\S+: it is a ${what}, not a file; choose another one`);

  it.each([true, false])('a folder is rejected (read-only: %s)', async (readOnly) => {
    const folder = folderOfOne();
    mkdirSync(folder.archive);
    await expect(openDatabase(folder.archive, { readOnly, wait: 0 })).rejects.toThrow(message('folder'));
  });

  it.each([true, false])('a socket is rejected (read-only: %s)', async (readOnly) => {
    const folder = folderOfOne();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(folder.archive, resolve));
    await expect(openDatabase(folder.archive, { readOnly, wait: 0 })).rejects.toThrow(message('socket'));
    server.close();
  });

  // In separate processes, because the engine would wait for a writer of the pipe.
  it.each([['ingest'], ['query', 'SELECT 1'], ['forget', 'ana@example.com']])(
    'a named pipe is rejected at once by %s',
    async (...words) => {
      const folder = folderOfOne();
      expect(spawnSync('mkfifo', [folder.archive]).status).toBe(0);
      const source = words[0] === 'ingest' ? [folder.objects] : [];
      const { code, stderr } = await run([...words, ...source, '-a', folder.archive]);
      expect(stderr).toMatch(
        /^error: cannot open the archive \S+: it is a named pipe, not a file; choose another one/,
      );
      expect(code).toBe(1);
    },
  );

  it('a device is rejected', async () => {
    await expect(openDatabase('/dev/null', { readOnly: true, wait: 0 })).rejects.toThrow(message('device'));
  });
});

describe('an archive in a folder without write permission', () => {
  const { geteuid, seteuid } = process;
  const nobody = 65534;

  /** Runs a function as a user who can only write files that all users can write. */
  async function asOrdinaryUser<Result>(work: () => Promise<Result>): Promise<Result> {
    const user = geteuid?.();
    if (user === 0) seteuid?.(nobody);
    try {
      return await work();
    } finally {
      if (user === 0) seteuid?.(0);
    }
  }

  /**
   * Ingests in a separate process and returns the error, because the permission to write is that of the
   * user of the process. Everything is loaded before the user changes, because the new user cannot read
   * the package.
   */
  function refusalOf(folder: ArchiveFolder): { name: string; message: string } {
    const script = `
      const [entry, source, first, archive] = process.argv.slice(1);
      const { ingest } = require(entry);
      (async () => {
        await ingest(source, { archive: first, workers: 0 });
        if (process.getuid() === 0) process.setuid(${nobody});
        const error = await ingest(source, { archive, workers: 0 }).catch((thrown) => thrown);
        console.log(JSON.stringify({ name: error.name, message: error.message }));
      })();`;
    const first = join(new ArchiveFolder().path, 'first.duckdb');
    const library = join(dirname(entry), '..', 'queries', 'index.js');
    const args = ['-e', script, library, folder.objects, first, folder.archive];
    return JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout);
  }

  const refusal = {
    name: 'ArchiveError',
    message: expect.stringMatching(
      /^cannot write the archive \S+: EACCES; its log and temporary files require the same folder: give this user write permission on \S+, or choose another file/,
    ),
  };

  it('can be read, but not written', async () => {
    const folder = folderOfOne();
    await folder.ingest();
    chmodSync(folder.archive, 0o666);
    chmodSync(folder.path, 0o555);
    await asOrdinaryUser(async () => {
      expect(await folder.rows('SELECT count(*) AS n FROM events')).toEqual([{ n: 1n }]);
    });
    expect(refusalOf(folder)).toEqual(refusal);
    chmodSync(folder.path, 0o755);
    expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', 'objects']);
  });

  it('is not created', () => {
    const folder = folderOfOne();
    chmodSync(folder.path, 0o555);
    expect(refusalOf(folder)).toEqual(refusal);
    chmodSync(folder.path, 0o755);
    expect(readdirSync(folder.path)).toEqual(['objects']);
  });

  it('is not disclosed in a folder without search permission', async () => {
    const folder = folderOfOne();
    await folder.ingest();
    chmodSync(folder.path, 0o600);
    await asOrdinaryUser(() =>
      expect(openDatabase(folder.archive, { readOnly: true, wait: 0 })).rejects.toThrow(
        /^cannot open the archive \S+: EACCES: give this user access to its folder/,
      ),
    );
    chmodSync(folder.path, 0o755);
  });
});
