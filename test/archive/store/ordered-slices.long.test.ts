import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventRows } from '../../../consumer/archive/export/event-rows';
import { exportParquet } from '../../../consumer/archive/export/parquet';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { listRejects } from '../../../consumer/archive/rejects/list';
import { ArchiveFolder } from '../archive-folder';

/** More rows than one slice, in an order that differs from that of the list. */
const count = 45_000;
const folder = new ArchiveFolder();

beforeAll(async () => {
  const lines: string[] = [];
  for (let index = 0; index < count; index++) {
    const time = new Date(Date.UTC(2026, 2, 4) + ((index * 7_919) % 30_000)).toISOString();
    lines.push(
      `{"eventType":"Send","mail":{"timestamp":"${time}","messageId":"${index}"},"send":{}}`,
      `{"no":${index}}`,
    );
  }
  folder.write('many', lines.join('\n'));
  await folder.ingest();
});

describe('more rows than one slice', () => {
  it('are each exported once and in order', async () => {
    const keys: string[] = [];
    await readArchive(folder.archive, {}, async (database) => {
      for await (const { event_time: time, event_id: id } of eventRows(database))
        keys.push(`${time instanceof Date ? time.toISOString() : ''} ${id}`);
    });
    expect(new Set(keys).size).toBe(count);
    expect(keys).toEqual([...keys].sort());
  });

  it('of one day are several files of its partition, in order', async () => {
    const path = join(folder.path, 'many');
    mkdirSync(path);
    const partition = join(path, 'event_date=2026-03-04');
    await readArchive(folder.archive, {}, (database) => exportParquet(database, { folder: path }));
    expect(readdirSync(partition).sort()).toEqual(['data_0.parquet', 'data_1.parquet', 'data_2.parquet']);
    const [found] = await folder.rows(`
      SELECT count(*) AS rows, count(*) FILTER (earlier > key) AS disordered FROM (
        SELECT (event_time, event_id) AS key, lag(key) OVER (ORDER BY filename, file_row_number) AS earlier
        FROM read_parquet('${partition}/*.parquet', filename = true, file_row_number = true))`);
    expect(found).toEqual({ rows: BigInt(count), disordered: 0n });
  });

  it.each([undefined, 30_000, 20_000, 1])('are listed in order, with a limit of %s', async (limit) => {
    const offsets: number[] = [];
    await readArchive(folder.archive, {}, async (database) => {
      for await (const { offset } of listRejects(database, { limit })) offsets.push(offset);
    });
    expect(offsets).toHaveLength(limit ?? count);
    expect(offsets).toEqual([...offsets].sort((one, other) => one - other));
  });
});
