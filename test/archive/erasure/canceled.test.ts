import { forget } from '../../../consumer/archive/erasure/forget';
import { prune } from '../../../consumer/archive/erasure/prune';
import { sendText } from '../../cli/records';
import { ArchiveFolder } from '../archive-folder';
import { tableDump } from '../table-dump';

describe('a canceled erasure', () => {
  it.each<[name: string, erase: (archive: string, signal: AbortSignal) => Promise<unknown>]>([
    ['forget', (archive, signal) => forget('ana@example.com', { archive, wait: 0, signal })],
    ['prune', (archive, signal) => prune(new Date(), { archive, wait: 0, signal })],
  ])('rejects with the reason of the signal and changes nothing: %s', async (_, erase) => {
    const folder = new ArchiveFolder();
    folder.write('a.json', sendText('m'));
    await folder.ingest();
    const before = await tableDump(folder);
    const reason = new Error('enough');
    await expect(erase(folder.archive, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await tableDump(folder)).toEqual(before);
  });
});
