import { renameSync } from 'node:fs';
import { openDatabase } from '../../../consumer/archive/file/open';
import { Database } from '../../../consumer/archive/store/database';
import { ArchiveFolder } from '../archive-folder';

const sent = (id: string) =>
  `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.000Z","messageId":"${id}"},"send":{}}\n`;

async function archiveOf(...ids: readonly string[]): Promise<string> {
  const folder = new ArchiveFolder();
  folder.write('object', ids.map(sent).join(''));
  await folder.ingest();
  return folder.archive;
}

/** Replaces the archive's file at the end of the first attempt to open it, as a compaction does. */
function replaceOnce(archive: string, by: string, error?: Error): jest.SpyInstance {
  const { run } = Database.prototype;
  let isReplaced = false;
  return jest.spyOn(Database.prototype, 'run').mockImplementation(async function (this: Database, ...args) {
    await run.apply(this, args);
    if (isReplaced || !args[0].startsWith(`ATTACH '${archive}'`)) return;
    isReplaced = true;
    renameSync(by, archive);
    if (error === undefined) return;
    await run.apply(this, ['DETACH ses_events']);
    throw error;
  });
}

afterEach(() => jest.restoreAllMocks());

describe.each([true, false])('an archive replaced while it is being opened (readOnly %s)', (readOnly) => {
  it.each([
    ['after it was attached', undefined],
    ['with the log of the new one', new Error('WAL does not match database file')],
  ])('%s is opened again', async (_, error) => {
    const archive = await archiveOf('old');
    const spy = replaceOnce(archive, await archiveOf('new', 'newer'), error);
    const database = await openDatabase(archive, { readOnly, wait: 0 });
    const rows = await database.rows('SELECT message_id FROM event_rows ORDER BY message_id');
    database.close();
    expect(rows.map(({ message_id: id }) => id)).toEqual(['new', 'newer']);
    expect(spy.mock.calls.filter(([sql]) => sql.startsWith(`ATTACH '${archive}'`))).toHaveLength(2);
  });
});

it('an error of an archive that is not replaced is thrown', async () => {
  const archive = await archiveOf('old');
  jest.spyOn(Database.prototype, 'run').mockImplementation(async (sql) => {
    if (sql.startsWith('ATTACH')) throw new Error('WAL does not match database file');
  });
  await expect(openDatabase(archive, { wait: 0 })).rejects.toThrow('delete the log and try again');
});
