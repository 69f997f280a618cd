import { QueryError, query } from '../../../consumer/queries';
import { AskedArchive } from '../asked-archive';
import { smallObjects } from '../small-archive';

const archive = new AskedArchive(smallObjects());

describe('query', () => {
  it('returns rows as objects with the columns', async () => {
    const sql =
      "SELECT 1 AS one, 'a' AS text, DATE '2026-03-01' AS day, TIMESTAMP '2026-03-01 10:00:00' AS time, NULL AS nothing";
    expect(await query(archive.path, sql).all()).toEqual([
      { one: 1, text: 'a', day: '2026-03-01', time: new Date('2026-03-01T10:00:00Z'), nothing: null },
    ]);
  });

  it('binds parameters as text', async () => {
    const sql = 'SELECT count(*) AS events FROM events WHERE event_time >= $since::TIMESTAMP';
    const since = (day: string) =>
      query<{ events: number }>(archive.path, sql, { parameters: { since: day } }).all();
    const [[all], [none]] = [await since('2026-01-01'), await since('2027-01-01')];
    expect([all?.events === 0, none?.events]).toEqual([false, 0]);
  });

  it('keeps a column that is named __proto__', async () => {
    const [row] = await query(archive.path, 'SELECT 1 AS "__proto__"').all();
    expect(Object.entries(row ?? {})).toEqual([['__proto__', 1]]);
  });

  it.each([
    ['DROP TABLE events', 'a query can only read'],
    ["SELECT * FROM read_text('/etc/passwd')", 'files and extensions are not allowed'],
    ['SELECT $name', '$name'],
  ])('refuses %s', async (sql, message) => {
    await expect(query(archive.path, sql).all()).rejects.toThrow(QueryError);
    await expect(query(archive.path, sql).all()).rejects.toThrow(message);
  });

  it('is stopped by its signal', async () => {
    const controller = new AbortController();
    const rows = query(
      archive.path,
      'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b',
      {
        signal: controller.signal,
      },
    ).all();
    setTimeout(() => controller.abort(), 50);
    await expect(rows).rejects.toThrow();
  });
});
