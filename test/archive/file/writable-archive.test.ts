import { existsSync, mkdirSync, statSync } from 'node:fs';
import { withExistingArchive, withWritableArchive } from '../../../consumer/archive/file/writable-archive';
import { ArchiveError } from '../../../consumer/archive/store/archive-error';
import type { Database } from '../../../consumer/archive/store/database';
import { ArchiveFolder } from '../archive-folder';

const countObjects = (database: Database) => database.count('objects');

/** An empty archive. */
async function emptyArchive(): Promise<string> {
  const { archive } = new ArchiveFolder();
  await withWritableArchive({ archive }, countObjects);
  return archive;
}

describe('withWritableArchive', () => {
  it('creates the archive, and returns the result of the work', async () => {
    const { archive } = new ArchiveFolder();
    await expect(withWritableArchive({ archive }, countObjects)).resolves.toBe(0);
    expect(existsSync(archive)).toBe(true);
  });

  it.each([
    ['withWritableArchive', withWritableArchive],
    ['withExistingArchive', withExistingArchive],
  ])('closes the archive after work that fails (%s)', async (_, open) => {
    const archive = await emptyArchive();
    const failing = open({ archive }, async () => {
      throw new TypeError('the work failed');
    });
    await expect(failing).rejects.toThrow(new TypeError('the work failed'));
    await expect(open({ archive, wait: 0 }, countObjects)).resolves.toBe(0);
  });

  it('locks the archive during the work', async () => {
    const archive = await emptyArchive();
    const within = withWritableArchive({ archive }, () =>
      withWritableArchive({ archive, wait: 0 }, countObjects),
    );
    await expect(within).rejects.toThrow(/it is in use by this process/);
  });

  it.each([
    ['withWritableArchive', withWritableArchive],
    ['withExistingArchive', withExistingArchive],
  ])('explains a full disk during the work (%s)', async (_, open) => {
    const archive = await emptyArchive();
    const full = open({ archive }, async () => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    });
    await expect(full).rejects.toThrow(
      `cannot write the archive ${archive} or its temporary files: the disk is full`,
    );
  });

  it('keeps the ArchiveError of the work', async () => {
    const archive = await emptyArchive();
    const said = new ArchiveError('it could not be compacted: ENOSPC');
    const failing = withWritableArchive({ archive }, async () => {
      throw said;
    });
    await expect(failing).rejects.toBe(said);
  });

  it('completes an interrupted compaction', async () => {
    const archive = await emptyArchive();
    const [before, folder] = [statSync(archive).ino, `${archive}.compacting`];
    mkdirSync(folder);
    await withWritableArchive({ archive }, async () => expect(existsSync(folder)).toBe(false));
    expect(statSync(archive).ino).not.toBe(before);
  });

  it('stops waiting when the signal is aborted', async () => {
    const archive = await emptyArchive();
    const messages: string[] = [];
    await withWritableArchive({ archive }, async () => {
      const options = {
        archive,
        waitForever: true,
        signal: AbortSignal.abort(),
        onWait: (text: string) => messages.push(text),
      };
      const work = jest.fn(countObjects);
      await expect(withWritableArchive(options, work)).resolves.toBeUndefined();
      expect(work).not.toHaveBeenCalled();
    });
    expect(messages).toEqual([`waiting for process ${process.pid}, which is using ${archive}`]);
  });
});

describe('withExistingArchive', () => {
  it.each([true, false])('does not create an archive (dryRun: %s)', async (dryRun) => {
    const { archive } = new ArchiveFolder();
    await expect(withExistingArchive({ archive, dryRun }, countObjects)).rejects.toThrow(
      `there is no archive ${archive}`,
    );
    expect(existsSync(archive)).toBe(false);
  });

  it('does not change the archive in a dry run', async () => {
    const archive = await emptyArchive();
    const change = (database: Database) => database.change('DELETE FROM objects');
    await expect(withExistingArchive({ archive, dryRun: true }, change)).rejects.toThrow();
    await expect(withExistingArchive({ archive }, change)).resolves.toBe(0);
  });
});
