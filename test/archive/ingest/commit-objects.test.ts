import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../consumer/archive/file/open';
import type { BatchObject } from '../../../consumer/archive/ingest/commit-batch';
import { commitObjects } from '../../../consumer/archive/ingest/commit-objects';
import { createTask } from '../../../consumer/archive/ingest/stage-task';
import { replayRejects } from '../../../consumer/archive/rejects/replay';
import type { StagedFile } from '../../../consumer/archive/staging/row-file';
import type { StagedObject } from '../../../consumer/archive/staging/stage';
import { ObjectReader } from '../../../consumer/records/object-reader';
import { ArchiveFolder } from '../archive-folder';
import { wrongCounts } from '../table-dump';

const send = (id: string, subject = 'x') =>
  `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"${id}","commonHeaders":{"subject":"${subject}"}},"send":{}}\n`;

/** Stages an object as an ingest does. */
function stagedObject(folder: string, object: string, text: string): BatchObject {
  const task = createTask(object, { folder });
  const reader = new ObjectReader(object, {}, task.lineTaker);
  for (const outcome of [...reader.push(Buffer.from(text)), ...reader.end()]) task.outcome(outcome);
  const version = { etag: `etag of ${object}`, fingerprint: undefined };
  const staged = task.result();
  const { stagedObject } = staged;
  return {
    stagedObject,
    object,
    size: text.length,
    version,
    isKnown: false,
    isReplacement: false,
    counts: reader.counts,
    staged,
  };
}

type RowKind = 'events' | 'occurrences' | 'rejects';

function fileOf(staged: StagedObject, kind: RowKind): StagedFile {
  const file = staged[kind];
  if (file === undefined) throw new Error(`no ${kind} were staged`);
  return file;
}

/** Removes the last row of a staged file. */
function loseRow({ staged }: BatchObject, kind: RowKind): void {
  const { path } = fileOf(staged, kind);
  const lines = readFileSync(path, 'latin1').split('\n');
  writeFileSync(path, `${lines.slice(0, -2).join('\n')}\n`, 'latin1');
}

/** Adds an invalid row to a staged file. */
function damage({ staged }: BatchObject, kind: RowKind): void {
  const { path } = fileOf(staged, kind);
  writeFileSync(path, `${readFileSync(path, 'latin1')}ana@example.com\n`, 'latin1');
}

/** Commits objects into a new archive, after changing some of their staged rows. */
async function commit(
  texts: Readonly<Record<string, string>>,
  tamper: (objects: readonly BatchObject[]) => void,
) {
  const folder = new ArchiveFolder();
  const staging = join(folder.path, 'staging');
  mkdirSync(staging);
  const objects = Object.entries(texts).map(([name, text]) => stagedObject(staging, `s3://b/${name}`, text));
  tamper(objects);
  const notices: string[] = [];
  const database = await openDatabase(folder.archive);
  try {
    const result = await commitObjects(database, objects, (notice) => notices.push(notice));
    return { folder, result, notices };
  } finally {
    database.close();
  }
}

const texts = {
  a: send('a1') + send('a2'),
  b: `${send('b1')}no event\n`,
  c: send('c1') + send('a1'),
};

describe('staged rows', () => {
  it('are committed without a notice when none is missing', async () => {
    const { folder, result, notices } = await commit(texts, () => {});
    expect(result).toMatchObject({ newEvents: 4, unstorableObjects: [] });
    expect(notices).toEqual([]);
    expect(await wrongCounts(folder)).toEqual([]);
  });

  it.each<[kind: RowKind, name: string]>([
    ['events', 'a'],
    ['occurrences', 'a'],
    ['rejects', 'b'],
  ])(
    'of %s that are missing make their object a reject, and the others are committed',
    async (kind, name) => {
      const object = `s3://b/${name}`;
      const { folder, result, notices } = await commit(texts, (objects) => {
        for (const staged of objects) if (staged.object === object) loseRow(staged, kind);
      });
      expect(result.unstorableObjects.map((failed) => failed.object)).toEqual([object]);
      expect(result.unstorableObjects[0]?.message).toMatch(
        /^expected \d+ rows of \w+, but (read|inserted) \d+$/,
      );
      expect(notices).toEqual([
        expect.stringMatching(new RegExp(`^${object}: .*; rolled back, trying again`)),
      ]);
      expect(
        await folder.rows('SELECT object, reason FROM rejects JOIN objects USING (object_number)'),
      ).toContainEqual({
        object,
        reason: 'unstorable-object',
      });
      const committed = await folder.rows<{ object: string }>(
        'SELECT DISTINCT object FROM event_occurrences',
      );
      expect(committed.map((row) => row.object).sort()).toEqual(
        Object.keys(texts)
          .map((other) => `s3://b/${other}`)
          .filter((other) => other !== object),
      );
      expect(await wrongCounts(folder)).toEqual([]);
    },
  );

  it('that the engine refuses make their object a reject, without the values of a row in any message', async () => {
    const { folder, result, notices } = await commit(texts, ([first]) => first && damage(first, 'events'));
    expect(result.unstorableObjects.map(({ object }) => object)).toEqual(['s3://b/a']);
    const messages = await folder.rows('SELECT message FROM rejects');
    expect(JSON.stringify([result.unstorableObjects, notices, messages])).not.toContain('ana@');
  });

  it('that are longer than declared are read in careful mode, and none is lost', async () => {
    const long = Array.from({ length: 6 }, (_, index) => send(`w${index}`, 'x'.repeat(2_500_000))).join('');
    const { folder, result, notices } = await commit({ ...texts, wide: long }, (objects) => {
      // The fast mode relies on the declared length, and its parallel reader cannot read such rows.
      for (const { staged } of objects) fileOf(staged, 'events').longestRow = 100;
    });
    expect(result).toMatchObject({ newEvents: 10, unstorableObjects: [] });
    expect(notices).toEqual([expect.stringMatching(/^s3:\/\/b\/wide: .*trying again row by row$/)]);
    expect(await wrongCounts(folder)).toEqual([]);
  });

  it('of a rejected object are read again by the ingest after a replay', async () => {
    const { folder } = await commit(texts, ([first]) => first && loseRow(first, 'events'));
    const known = () =>
      folder.rows<{ object: string }>('SELECT object FROM objects WHERE etag IS NULL ORDER BY object');
    expect(await known()).toEqual([]);
    expect(await replayRejects({ archive: folder.archive })).toMatchObject({ partial: 1 });
    expect(await known()).toEqual([{ object: 's3://b/a' }]);
  });
});
