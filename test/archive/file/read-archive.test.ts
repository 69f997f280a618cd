import { readArchive } from '../../../consumer/archive/file/read-archive';
import { ArchiveFolder } from '../archive-folder';

describe('reading an archive', () => {
  const long = 'SELECT count(*) FROM range(1_000_000) a, range(1_000_000) b WHERE hash(a.range, b.range) = 1';

  it.each([
    ['before it is opened', 0],
    ['before a query begins', 1],
    ['while a query runs', 2],
  ])('can be canceled %s', async (_, moment) => {
    const folder = new ArchiveFolder();
    await folder.ingest();
    const abort = new AbortController();
    if (moment === 0) abort.abort();
    const reading = readArchive(folder.archive, { signal: abort.signal }, async (database) => {
      if (moment === 1) abort.abort();
      if (moment === 2) setTimeout(() => abort.abort(), 50);
      return database.rows(long);
    });
    await expect(reading).rejects.toThrow(/interrupt/i);
  });
});
