import { askStatements } from '../../../../consumer/queries/engines/athena/ask-statements';
import { questionStatements } from '../../../../consumer/queries/engines/athena/statements';
import { questions } from '../../../../consumer/queries/questions/question';
import { AthenaFixture, allRows } from './athena-fixture';
import { pagesOf, succeeded } from './fake-athena';

const fixture = new AthenaFixture();

const kinds = questions().find(({ name }) => name === 'kinds');
if (kinds === undefined) throw new Error('there is no question kinds');

const isCount = (sql: string) => sql.startsWith('SELECT coalesce(sum(lines)');
const answer = pagesOf([['event_type', 'varchar']], [['Send'], ['Bounce']]);
const counts = pagesOf(
  [
    ['lines', 'bigint'],
    ['objects', 'bigint'],
  ],
  [['4', '2']],
);

describe('a question', () => {
  it('is requested together with the number of unreadable lines', async () => {
    fixture.athena.script = (sql) =>
      isCount(sql) ? { states: succeeded(5), pages: counts } : { states: succeeded(7), pages: answer };
    const engine = await fixture.engine();
    const result = await askStatements(
      engine,
      questionStatements(kinds, { since: new Date('2026-08-04T00:00:00Z') }, { source: 'lines' }),
    );
    expect(await allRows(result)).toEqual([['Send'], ['Bounce']]);
    expect(result.unreadable).toEqual({ lines: 4, objects: 2 });
    expect(engine.executions.map(({ scannedBytes }) => scannedBytes).sort()).toEqual([5, 7]);
    for (const { QueryString } of fixture.athena.inputs('StartQueryExecution'))
      expect(QueryString).toContain("event_lines WHERE dt >= '2026-08-03'");
  });

  it.each([
    ['answer', false],
    ['count', true],
  ])('whose %s fails stops the other statement and has its error', async (_, countFails) => {
    const states = [{ Status: { State: 'FAILED', StateChangeReason: 'NOT_SUPPORTED: no' } }] as const;
    fixture.athena.script = (sql) =>
      isCount(sql) === countFails ? { states } : { states: [{ Status: { State: 'RUNNING' } }] };
    await expect(
      askStatements(await fixture.engine(), questionStatements(kinds, {}, { source: 'lines' })),
    ).rejects.toThrow('NOT_SUPPORTED: no');
    expect(fixture.athena.inputs('StopQueryExecution')).toHaveLength(1);
  });
});
