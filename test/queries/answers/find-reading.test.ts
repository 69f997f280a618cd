import { findReading, openCondition } from '../../../consumer/queries/answers/find-reading';
import { AthenaFixture } from '../engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../engines/athena/fake-athena';

const fixture = new AthenaFixture();
const started = () => fixture.athena.inputs('StartQueryExecution');

describe('the condition on open days', () => {
  it.each([
    [[], 'true'],
    [['2026-03-01'], "(dt < '2026-03-01' OR dt > '2026-03-01')"],
    [
      ['2026-02-27', '2026-02-28', '2026-03-03', '2026-03-05'],
      "(dt < '2026-02-27' OR dt > '2026-03-05' OR dt BETWEEN '2026-03-01' AND '2026-03-02' OR dt = '2026-03-04')",
    ],
  ])('for the recorded days %j is %s', (days, condition) => {
    expect(openCondition(days)).toBe(condition);
  });
});

describe('the tables to read', () => {
  it.each(['lines', 'archive'] as const)('are not looked up for %s', async (source) => {
    expect(await findReading(await fixture.engine({ source }))).toEqual({ source });
    expect(started()).toEqual([]);
  });

  it('are both by default, without the lines of recorded days', async () => {
    fixture.athena.script = () => ({
      states: succeeded(),
      pages: pagesOf([['arrival_day', 'varchar']], [['2026-03-01'], ['2026-03-02']]),
    });
    expect(await findReading(await fixture.engine({ source: undefined }))).toEqual({
      source: 'both',
      open: "(dt < '2026-03-01' OR dt > '2026-03-02')",
    });
    expect(started()).toHaveLength(1);
  });

  it.each([
    ["TABLE_NOT_FOUND: line 1:8: Table 'awsdatacatalog.email_events.archive_windows' does not exist", true],
    ['Access denied', false],
  ])('without the archive are the lines, and other errors are reported: %s', async (reason, isLines) => {
    fixture.athena.script = () => ({ states: [{ Status: { State: 'FAILED', StateChangeReason: reason } }] });
    const found = findReading(await fixture.engine({ source: undefined }));
    await (isLines
      ? expect(found).resolves.toEqual({ source: 'lines' })
      : expect(found).rejects.toThrow('access was denied'));
  });

  it('that were named are not replaced by the lines', async () => {
    const reason =
      "TABLE_NOT_FOUND: line 1:8: Table 'awsdatacatalog.email_events.archive_windows' does not exist";
    fixture.athena.script = () => ({ states: [{ Status: { State: 'FAILED', StateChangeReason: reason } }] });
    await expect(findReading(await fixture.engine({ source: 'both' }))).rejects.toThrow(
      '--source lines reads the lines',
    );
  });
});
