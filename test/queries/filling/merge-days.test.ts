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
const around =
  "(event_time IS NULL OR (event_time >= date_add('day', -3, DATE '2026-08-09') AND event_time < date_add('day', 4, DATE '2026-08-09')))";
/** The condition of each form on the times of its events. */
const forms = [
  ['around', around],
  ['other', `NOT ${around}`],
] as const;
/** The condition on the events of a form of each statement that merges them. */
const conditions = (form: string) =>
  started().flatMap((sql) => {
    const [, condition] = /\) deliveries WHERE (.*)\) AS delivered\n/.exec(sql) ?? [];
    return condition?.startsWith(`${form} AND `) ? [condition.slice(`${form} AND `.length)] : [];
  });

describe.each(forms)('a merge of the events with %s times', (times, form) => {
  it('is one statement if Athena can write its partitions', async () => {
    fixture.athena.script = () => ({ states: succeeded() });
    await mergeDays(await fixture.engine(), range, times);
    expect(started()).toEqual([expect.stringMatching(/^MERGE INTO event_archive AS archived\n/)]);
    expect(conditions(form)).toEqual(['true']);
  });

  it('is divided by the days of its events if they have too many partitions', async () => {
    const days = Array.from({ length: 31 }, (_, index) => [`2026-07-${String(index + 1).padStart(2, '0')}`]);
    fixture.athena.script = (sql) => {
      if (sql.startsWith('SELECT DISTINCT'))
        return { states: succeeded(), pages: pagesOf([['day', 'varchar']], days) };
      return started().length > 1 ? { states: succeeded() } : failed(tooMany);
    };
    await mergeDays(await fixture.engine(), range, times);
    expect(started()[1]).toContain(`WHERE event_time IS NOT NULL AND ${form} ORDER BY 1`);
    expect(conditions(form)).toEqual([
      'true',
      "(event_time IS NULL OR event_time < TIMESTAMP '2026-07-16 00:00:00')",
      "event_time >= TIMESTAMP '2026-07-16 00:00:00' AND event_time < TIMESTAMP '2026-07-31 00:00:00'",
      "event_time >= TIMESTAMP '2026-07-31 00:00:00'",
    ]);
  });

  it('fails for any other reason', async () => {
    fixture.athena.script = () => failed('EXCEEDED_MEMORY_LIMIT: no');
    await expect(mergeDays(await fixture.engine(), range, times)).rejects.toThrow('exceeded the resources');
    expect(started()).toHaveLength(1);
  });
});
