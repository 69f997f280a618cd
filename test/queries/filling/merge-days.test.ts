import { mergeDays } from '../../../consumer/queries/filling/merge-days';
import { AthenaFixture } from '../engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../engines/athena/fake-athena';

const fixture = new AthenaFixture();
const range = { first: '2026-08-09', last: '2026-08-09' };
const failed = (reason: string) => ({
  states: [{ Status: { State: 'FAILED' as const, StateChangeReason: reason } }],
});
const tooMany = 'ICEBERG_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers for partitions: 147';
const started = () =>
  fixture.athena.inputs('StartQueryExecution').map(({ QueryString }) => String(QueryString));
/** The condition on events of a statement that merges some of them. */
const conditions = () =>
  started().flatMap(
    (sql) =>
      /\) deliveries WHERE ((?:\(event_time IS NULL|event_time >=).*)\) AS delivered/.exec(sql)?.[1] ?? [],
  );

describe('a merge', () => {
  it('is one statement if Athena can write its partitions', async () => {
    fixture.athena.script = () => ({ states: succeeded() });
    await mergeDays(await fixture.engine(), range);
    expect(started()).toEqual([expect.stringMatching(/^MERGE INTO event_archive AS archived\n/)]);
  });

  it('is divided by the days of its events if they have too many partitions', async () => {
    const days = Array.from({ length: 31 }, (_, index) => [`2026-07-${String(index + 1).padStart(2, '0')}`]);
    fixture.athena.script = (sql) => {
      if (sql.startsWith('SELECT DISTINCT'))
        return { states: succeeded(), pages: pagesOf([['day', 'varchar']], days) };
      return conditions().length > 0 ? { states: succeeded() } : failed(tooMany);
    };
    await mergeDays(await fixture.engine(), range);
    expect(conditions()).toEqual([
      "(event_time IS NULL OR event_time < TIMESTAMP '2026-07-16 00:00:00')",
      "event_time >= TIMESTAMP '2026-07-16 00:00:00' AND event_time < TIMESTAMP '2026-07-31 00:00:00'",
      "event_time >= TIMESTAMP '2026-07-31 00:00:00'",
    ]);
  });

  it('fails for any other reason', async () => {
    fixture.athena.script = () => failed('EXCEEDED_MEMORY_LIMIT: no');
    await expect(mergeDays(await fixture.engine(), range)).rejects.toThrow('exceeded the resources');
    expect(started()).toHaveLength(1);
  });
});
