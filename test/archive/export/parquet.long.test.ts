import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExportParquetOptions, exportParquet } from '../../../consumer/archive/export/parquet';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { columns } from '../../../consumer/archive/store/columns';
import type { ResultRow } from '../../../consumer/archive/store/database';
import { fixtureKinds, fixtures } from '../../fixtures/load';
import { ArchiveFolder } from '../archive-folder';
import { type ParquetFile, readParquet } from '../parquet/read-parquet';

const sample = join(__dirname, '..', '..', '..', 'examples', 'sample-archive');

const sampled = new ArchiveFolder();
const fixed = new ArchiveFolder();
beforeAll(async () => {
  await sampled.ingest({ source: sample });
  for (const kind of fixtureKinds) {
    for (const [name, , text] of fixtures(kind)) fixed.write(`${kind}-${name}.json`, text);
  }
  const kept =
    '{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"m"},"send":{"x":1e400}}';
  fixed.write('kept.json', kept);
  await fixed.ingest();
});

let exports = 0;
async function exported(folder: ArchiveFolder, options: Partial<ExportParquetOptions> = {}) {
  const path = join(folder.path, `export-${exports++}`);
  mkdirSync(path);
  const events = await readArchive(folder.archive, {}, (database) =>
    exportParquet(database, { folder: path, ...options }),
  );
  return { path, events };
}

/** A row of the archive in the output of the independent reader. */
function plain(row: ResultRow): ResultRow {
  const value = (cell: unknown): unknown => {
    if (cell instanceof Date) return cell.toISOString();
    if (cell instanceof Uint8Array) return Buffer.from(cell).toString('base64');
    return typeof cell === 'bigint' ? Number(cell) : cell;
  };
  return Object.fromEntries(columns.map(({ name }) => [name, value(row[name])]));
}

async function archived(folder: ArchiveFolder, where = 'true'): Promise<ResultRow[]> {
  const order = 'event_time NULLS LAST, event_id';
  return (await folder.rows(`SELECT * FROM events WHERE ${where} ORDER BY ${order}`)).map(plain);
}

const allRows = (files: readonly ParquetFile[]) => files.flatMap(({ rows }) => rows);

describe('the Parquet export', () => {
  const readable = ['zstd', 'snappy', 'uncompressed'] as const;
  const archives = [
    ['the sample', sampled],
    ['the fixtures', fixed],
  ] as const;

  it.each(archives.flatMap(([name, folder]) => readable.map((codec) => [name, codec, folder] as const)))(
    'has every column and value of %s for an independent reader, in order (%s)',
    async (_, compression, folder) => {
      const { path, events } = await exported(folder, { compression });
      const expected = await archived(folder);
      expect(allRows(readParquet(path, 'rows'))).toEqual(expected);
      expect(events).toBe(expected.length);
      expect(events).toBeGreaterThan(100);
    },
  );

  it.each(archives)('is compressed with zstd by default, and DuckDB reads all of %s', async (_, folder) => {
    const { path } = await exported(folder);
    const files = readParquet(path, 'codecs');
    expect(files.length).toBeGreaterThan(1);
    expect(files.filter(({ codecs }) => codecs.join() !== 'ZSTD')).toEqual([]);
    const read = `read_parquet('${path}/*/*.parquet', hive_partitioning = false)`;
    const rows = await folder.rows(`SELECT * FROM ${read} ORDER BY event_time NULLS LAST, event_id`);
    expect(rows.map(plain)).toEqual(await archived(folder));
  });

  it('has a partition for each day of event time, and one for events without', async () => {
    const { path } = await exported(fixed, { compression: 'snappy' });
    const files = readParquet(path, 'rows');
    for (const { name, rows } of files) {
      const days = rows.map(({ event_time: time }) =>
        typeof time === 'string' ? time.slice(0, 10) : '__HIVE_DEFAULT_PARTITION__',
      );
      expect([...new Set(days)].map((day) => join(`event_date=${day}`, 'data_0.parquet'))).toEqual([name]);
    }
    expect(files.at(-1)?.name).toContain('__HIVE_DEFAULT_PARTITION__');
    const [count] = await fixed.rows('SELECT count(DISTINCT event_time::DATE) AS days FROM events');
    expect(BigInt(files.length)).toBe((count?.days as bigint) + 1n);
  });

  it('rejects another compression, which would be part of a statement', async () => {
    const compression = 'zstd); DROP TABLE event_rows; --' as 'zstd'; // from a caller without types
    await expect(exported(sampled, { compression })).rejects.toThrow(
      new TypeError('compression must be zstd, snappy, uncompressed: received a text'),
    );
  });

  it('is identical for the same archive', async () => {
    const bytes = ({ path }: { path: string }) =>
      readdirSync(path).map((name) => [name, readFileSync(join(path, name, 'data_0.parquet'), 'base64')]);
    const [one, other] = [bytes(await exported(sampled)), bytes(await exported(sampled))];
    expect(one).toEqual(other);
  });

  it.each<[string, Partial<ExportParquetOptions>, string]>([
    [
      'two kinds',
      { kinds: ['Bounce', 'Rendering Failure'] },
      "event_type IN ('Bounce', 'Rendering Failure')",
    ],
    ['no kinds', { kinds: [] }, 'false'],
    ['a start time', { since: new Date('2026-08-05') }, "event_time >= '2026-08-05'"],
    [
      'an end time',
      { until: new Date('2026-08-04T12:00:00.001Z') },
      "event_time < '2026-08-04 12:00:00.001'",
    ],
    [
      'a kind between two times',
      { kinds: ['Open'], since: new Date('2026-08-04T20:00Z'), until: new Date('2026-08-05T20:00Z') },
      "event_type = 'Open' AND event_time >= '2026-08-04 20:00' AND event_time < '2026-08-05 20:00'",
    ],
  ])('with %s contains no other events', async (_, filter, where) => {
    const { path, events } = await exported(sampled, { ...filter, compression: 'snappy' });
    const expected = await archived(sampled, where);
    expect(allRows(readParquet(path, 'rows'))).toEqual(expected);
    expect(events > 0).toBe(where !== 'false');
    expect(events).toBe(expected.length);
  });

  it('without events is an empty folder', async () => {
    const { path, events } = await exported(sampled, { since: new Date('2100-01-01') });
    expect([events, readdirSync(path)]).toEqual([0, []]);
  });

  it('stops when it is canceled', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(exported(sampled, { signal })).rejects.toThrow('enough');
  });
});
