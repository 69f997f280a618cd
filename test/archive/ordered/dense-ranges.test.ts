import fc from 'fast-check';
import { openDatabase } from '../../../consumer/archive/file/open';
import { denseRanges, type LineRange } from '../../../consumer/archive/ordered/dense-ranges';
import type { Database } from '../../../consumer/archive/store/database';
import { ArchiveFolder } from '../archive-folder';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

let database: Database;
beforeAll(async () => {
  database = await openDatabase(new ArchiveFolder().archive);
});
afterAll(() => database.close());

/** Returns the ranges of events with records of these lengths, given as a query of `n` and `bytes`. */
async function rangesOf(sql: string, { where = 'true', recordsPerEnvelope = 1 } = {}): Promise<LineRange[]> {
  const envelope = recordsPerEnvelope === 1 ? 'NULL' : `n % ${recordsPerEnvelope}`;
  await database.run(`
    CREATE OR REPLACE TABLE event_rows AS SELECT * FROM event_rows LIMIT 0;
    DELETE FROM occurrences;
    CREATE OR REPLACE TEMP TABLE new AS SELECT gen_random_uuid() AS event_id, * FROM (${sql});
    INSERT INTO event_rows BY NAME
      SELECT event_id, CASE WHEN bytes > 100 THEN 'Bounce' ELSE 'Send' END AS event_type FROM new ORDER BY n;
    INSERT INTO occurrences BY NAME
      SELECT event_id, 1 AS object_number, n // ${recordsPerEnvelope} AS byte_offset,
        bytes * ${recordsPerEnvelope} AS byte_length, ${envelope} AS record_index
      FROM new ORDER BY n`);
  return denseRanges(database, where);
}

/** Returns the query of this number of records with the same length. */
const records = (count: number, bytes: number, from = 0) =>
  `SELECT range + ${from} AS n, ${bytes} AS bytes FROM range(${count})`;

const rangeOf = (first: number, last: number, isDense: boolean): LineRange => ({
  first: BigInt(first),
  last: BigInt(last),
  isDense,
});

describe('the ranges of an export', () => {
  it.each<[name: string, sql: string, ranges: LineRange[]]>([
    ['none for an empty archive', records(0, 0), []],
    ['one for records of the usual length', records(50_000, 1700), [rangeOf(0, 49_999, false)]],
    ['one for records of 4 KiB', records(10_000, 4 * kibibyte), [rangeOf(0, 9999, false)]],
    [
      'one for a few long records among many',
      `SELECT range AS n, CASE WHEN range % 1000 = 0 THEN 100000 ELSE 1700 END AS bytes FROM range(50000)`,
      [rangeOf(0, 49_999, false)],
    ],
    [
      'some for a place with many long records',
      `${records(40_000, 1700)} UNION ALL ${records(30, 4 * mebibyte, 40_000)} UNION ALL ${records(40_000, 1700, 40_030)}`,
      [
        rangeOf(0, 39_999, false),
        rangeOf(40_000, 40_006, true),
        rangeOf(40_007, 40_014, true),
        rangeOf(40_015, 40_022, true),
        rangeOf(40_023, 40_029, true),
        rangeOf(40_030, 80_029, false),
      ],
    ],
    [
      'adjacent for two places that are close',
      `${records(8, 4 * mebibyte + 1)} UNION ALL ${records(10_000, 1700, 8)} UNION ALL ${records(8, 4 * mebibyte + 1, 10_008)}`,
      [rangeOf(0, 6, true), rangeOf(7, 10_014, true), rangeOf(10_015, 10_015, true)],
    ],
  ])('are %s', async (_, sql, ranges) => {
    expect(await rangesOf(sql)).toEqual(ranges);
  });

  it('are one for an envelope of many short records', async () => {
    const ranges = await rangesOf(records(50_000, 500), { recordsPerEnvelope: 1000 });
    expect(ranges).toEqual([rangeOf(0, 49_999, false)]);
  });

  it('ignore long records that the filter excludes', async () => {
    const ranges = await rangesOf(records(100, mebibyte), { where: "event_type = 'Send'" });
    expect(ranges).toEqual([rangeOf(0, 99, false)]);
  });

  it('contain every row once, and at most 32 MiB of long records at once', async () => {
    const runs = fc.array(
      fc.record({ count: fc.integer({ min: 1, max: 9000 }), kibibytes: fc.constantFrom(1, 5, 40, 900) }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(runs, async (list) => {
        const lengths = list.flatMap(({ count, kibibytes }) =>
          new Array<number>(count).fill(kibibytes * kibibyte),
        );
        const starts = list.map((_, index) =>
          list.slice(0, index).reduce((sum, { count }) => sum + count, 0),
        );
        const sql = list.map(({ count, kibibytes }, index) =>
          records(count, kibibytes * kibibyte, starts[index]),
        );
        const ranges = await rangesOf(sql.join(' UNION ALL '));
        let next = 0;
        for (const { first, last, isDense } of ranges) {
          expect(Number(first)).toBe(next);
          next = Number(last) + 1;
          const window = isDense ? next - Number(first) : 2048;
          for (let row = Number(first); row < next; row += window) {
            const long = lengths
              .slice(row, Math.min(row + window, next))
              .filter((bytes) => bytes > 4 * kibibyte);
            // Rows that are processed at once begin anywhere in a range that is not dense, so they can be in two vectors.
            expect(long.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(
              (isDense ? 33 : 2) * mebibyte + 1,
            );
          }
        }
        expect(next).toBe(lengths.length);
      }),
      { numRuns: 30 },
    );
  });
});
