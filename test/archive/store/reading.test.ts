import { Database } from '../../../consumer/archive/store/database';

let database: Database;
beforeEach(async () => {
  database = await Database.create({});
});
afterEach(() => database.close());

const many = 100_000;
const failing = `SELECT range AS number, CASE WHEN range = 90000 THEN error('late') END FROM range(${many})`;

async function countRows(rows: AsyncIterable<readonly unknown[]>): Promise<number> {
  let count = 0;
  for await (const batch of rows) count += batch.length;
  return count;
}

const all = `SELECT range AS number FROM range(${many})`;

describe.each([
  ['stream', (sql: string) => countRows(database.stream(sql))],
  ['query', async (sql: string) => countRows((await database.query(sql)).rows)],
])('Database.%s', (_, count) => {
  it('returns all rows', async () => {
    expect(await count(all)).toBe(many);
  });

  it.each([
    ['an error of a function', failing, 'late'],
    ['a cast', `SELECT range, CASE WHEN range = 90000 THEN 'x'::INT END FROM range(${many})`, "'x'"],
    ['an overflow', `SELECT 9223372036854700000 + range FROM range(${many})`, 'Overflow'],
  ])('throws the error of the engine when it fails after the first rows: %s', async (__, sql, message) => {
    await expect(count(sql)).rejects.toThrow(message);
    expect(await count(all)).toBe(many); // the connection is still good
  });

  it('throws when it is interrupted after the first rows', async () => {
    const sql = `SELECT range, sum(range) OVER (ORDER BY range) FROM range(${30 * many})`;
    const { rows } = await database.query(sql);
    const reading = countRows(
      (async function* () {
        for await (const batch of rows) {
          database.interrupt();
          yield batch;
        }
      })(),
    );
    await expect(reading).rejects.toThrow('the engine stopped before the last row');
  });

  it('throws in a transaction too', async () => {
    await expect(database.transaction(() => count(failing))).rejects.toThrow(
      'the engine stopped before the last row',
    );
    expect(await database.transaction(() => count(all))).toBe(many);
  });
});

describe('a query that is not read to its end', () => {
  it('leaves the connection usable, and temporary tables in place', async () => {
    await database.query(all);
    await database.run('CREATE TEMP TABLE kept AS SELECT 1 AS number');
    for await (const batch of database.stream(all)) {
      expect(batch.length).toBeLessThan(many);
      break;
    }
    expect(await countRows(database.stream('SELECT * FROM kept'))).toBe(1);
    await database.transaction(() => database.run('INSERT INTO kept VALUES (2)'));
    expect(await database.count('kept')).toBe(2);
  });

  it('throws when it is read further after another query', async () => {
    const reading = database.stream(all);
    await reading.next();
    await countRows(database.stream(all));
    await expect(countRows(reading)).rejects.toThrow('another query began before the last row of this one');
  });
});

it('a failed start leaves the connection usable', async () => {
  await expect(database.query('SELECT * FROM missing')).rejects.toThrow('missing');
  expect(await database.count('range(3)')).toBe(3);
});
