import { statSync } from 'node:fs';
import { type ArchiveContents, archiveContents, differences } from './archive-contents';
import { FaultyArchive } from './faulty-archive';
import { ObjectsFolder } from './objects-folder';
import { isFull, scaled } from './scale';
import { diskKind, ingestOnSmallDisk } from './small-disk';

const objects = ObjectsFolder.sample({ events: scaled(1_500, 8_000), seed: 3 });

let expected: ArchiveContents;
let archiveKilobytes: number;

beforeAll(async () => {
  const archive = new FaultyArchive([objects.path]);
  expected = await archive.undisturbed();
  archiveKilobytes = statSync(archive.path).size / 1024;
});

const message =
  diskKind === 'tmpfs'
    ? 'the disk is full; free disk space and run'
    : 'a file reached the size limit of this process; raise the limit (ulimit -f) and run';

/** The size of the disk as a part of the archive's size, and the objects per batch. */
const cases: readonly (readonly [part: number, batchObjects: number])[] = isFull
  ? [4, 1000].flatMap((size) => [0.0001, 0.05, 0.2, 0.5, 0.8, 0.95].map((part) => [part, size] as const))
  : [
      [0.001, 1000], // too little for an empty archive
      [0.9, 4],
      [0.4, 1000],
    ];

describe(`a full disk (${diskKind})`, () => {
  it.each(cases)(
    'with space for %d of the archive, in batches of %i, fails with advice, and a rerun with enough space completes it',
    async (part, size) => {
      const kilobytes = Math.max(4, Math.floor(archiveKilobytes * part));
      const { full, rerun, files, archive } = await ingestOnSmallDisk(kilobytes, [
        objects.path,
        '--allow-rejects',
        '--batch-objects',
        `${size}`,
      ]);
      expect(full).toEqual({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(
          /^error: cannot write the archive \S+mail\.duckdb or its temporary files: [^\n]+ the same command again: [^\n]+\n$/,
        ),
      });
      expect(full.stderr).toContain(message);
      expect(rerun).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/^ingested [\d,]+ records?: .*\n$/),
      });
      expect(files).toEqual(['mail.duckdb']);
      expect(differences(expected, await archiveContents(archive ?? 'there is no archive'))).toEqual([]);
    },
  );
});
