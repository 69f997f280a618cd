import { trino } from '../../../../consumer/archive/dialects/trino';
import { pollDelay } from '../../../../consumer/queries/engines/athena/execution';
import { AthenaFixture, allRows } from './athena-fixture';
import { page, pagesOf, type Script, succeeded } from './fake-athena';

const fixture = new AthenaFixture();

const running = (DataScannedInBytes: number): Script['states'][number] => ({
  Status: { State: 'RUNNING' },
  Statistics: { DataScannedInBytes },
});
const queued = { Status: { State: 'QUEUED' } } as const;

describe('a query', () => {
  it('is sent to the workgroup, the database and the catalog', async () => {
    const engine = await fixture.engine();
    await engine.query('SELECT 1');
    const other = await fixture.engine({ catalog: 'another' });
    await other.query('SELECT 2');
    const [first, second] = fixture.athena.inputs('StartQueryExecution');
    expect(first).toEqual({
      QueryString: 'SELECT 1',
      WorkGroup: 'email-events',
      QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: 'email_events' },
      ClientRequestToken: expect.any(String),
    });
    expect(second).toMatchObject({ QueryExecutionContext: { Catalog: 'another' } });
    expect(engine.dialect).toBe(trino);
  });

  it('is waited for through its states, and back from running to queued', async () => {
    fixture.athena.script = () => ({
      states: [queued, running(10), queued, running(20), ...succeeded(30)],
    });
    const seen: unknown[] = [];
    const engine = await fixture.engine();
    const look = () => seen.push(engine.executions.map(({ state, scannedBytes }) => [state, scannedBytes]));
    fixture.athena.onRequest = look;
    const { queryId, scannedBytes } = await engine.query('SELECT 1');
    expect([queryId, scannedBytes]).toEqual(['query-1', 30]);
    expect(seen).toEqual([
      [], // before it is started
      [['QUEUED', 0]],
      [['QUEUED', 0]],
      [['RUNNING', 10]],
      [['QUEUED', 10]],
      [['RUNNING', 20]],
      [['SUCCEEDED', 30]],
    ]);
    expect(fixture.athena.inputs('GetQueryExecution')).toHaveLength(5);
    expect(fixture.athena.inputs('StopQueryExecution')).toEqual([]);
  });

  it('is asked for less and less often', () => {
    const delays = Array.from({ length: 14 }, (_, asked) => pollDelay(asked));
    expect(delays[0]).toBe(100);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays.at(-1)).toBe(5000);
  });

  it('is one of those that the engine tells of', async () => {
    const engine = await fixture.engine();
    fixture.athena.script = (sql) => ({ states: succeeded(sql === 'SELECT 1' ? 5 : 7) });
    await Promise.all([engine.query('SELECT 1'), engine.query('SELECT 2')]);
    expect(engine.executions.map(({ scannedBytes }) => scannedBytes).sort()).toEqual([5, 7]);
  });
});

describe('a result', () => {
  it('is read page after page, without the row of names, typed', async () => {
    const columns = [
      ['domain', 'varchar'],
      ['bounces', 'bigint'],
      ['share', 'double'],
      ['day', 'date'],
      ['last_at', 'timestamp'],
      ['is_new', 'boolean'],
      ['names', 'array'],
    ] as const;
    const row = (name: string) => [
      name,
      '12',
      '0.5',
      '2026-08-04',
      '2026-08-04 07:00:00.000',
      'true',
      '[a, b]',
    ];
    const nothing = columns.map(() => null);
    fixture.athena.script = () => ({
      states: succeeded(),
      pages: pagesOf(columns, [row('one'), nothing], [row('two')], [row('three'), row('domain')]),
    });
    const engine = await fixture.engine();
    const result = await engine.query('SELECT 1');
    expect(fixture.athena.inputs('GetQueryResults')).toHaveLength(1);
    expect(result.columns).toEqual(columns.map(([name, type]) => ({ name, type })));
    const plain = (name: string) => [
      name,
      12,
      0.5,
      '2026-08-04',
      new Date('2026-08-04T07:00:00Z'),
      true,
      ['a', 'b'],
    ];
    expect(await allRows(result)).toEqual([
      plain('one'),
      nothing,
      plain('two'),
      plain('three'),
      plain('domain'),
    ]);
    expect(fixture.athena.inputs('GetQueryResults')).toEqual([
      { QueryExecutionId: 'query-1' },
      { QueryExecutionId: 'query-1', NextToken: '1' },
      { QueryExecutionId: 'query-1', NextToken: '2' },
    ]);
  });

  it('has its columns when it has no rows', async () => {
    fixture.athena.script = () => ({ states: succeeded(), pages: pagesOf([['a', 'bigint']], []) });
    const result = await (await fixture.engine()).query('SELECT 1');
    expect(result.columns).toEqual([{ name: 'a', type: 'bigint' }]);
    expect(await allRows(result)).toEqual([]);
  });

  it('keeps a first row that is no row of names', async () => {
    fixture.athena.script = () => ({
      states: succeeded(),
      pages: [page([['a', 'varchar']], [['x'], ['y']])],
    });
    expect(await allRows(await (await fixture.engine()).query('SHOW TABLES'))).toEqual([['x'], ['y']]);
  });

  it('of which a later page is refused says so', async () => {
    const columns = [['a', 'varchar']] as const;
    fixture.athena.script = () => ({ states: succeeded(), pages: pagesOf(columns, [['x']], [['y']]) });
    const result = await (await fixture.engine()).query('SELECT 1');
    fixture.athena.faults.GetQueryResults = [{ type: 'AccessDeniedException', message: 'no' }];
    await expect(allRows(result)).rejects.toThrow('AccessDeniedException: allow athena:StartQueryExecution');
  });
});

describe('a query that is given up', () => {
  it('is stopped in Athena', async () => {
    const abort = new AbortController();
    fixture.athena.script = () => ({ states: [running(40)] });
    const engine = await fixture.engine({ signal: abort.signal });
    fixture.athena.onRequest = () => {
      if (engine.executions[0]?.state === 'RUNNING') abort.abort();
    };
    await expect(engine.query('SELECT 1')).rejects.toThrow('the query was stopped: query-1');
    expect(fixture.athena.inputs('StopQueryExecution')).toEqual([{ QueryExecutionId: 'query-1' }]);
    expect(engine.executions).toMatchObject([{ state: 'CANCELLED', scannedBytes: 40 }]);
    expect(fixture.athena.inputs('GetQueryResults')).toEqual([]);
  });

  it('by its own signal leaves the others running', async () => {
    const abort = new AbortController();
    fixture.athena.script = (sql) => ({
      states: sql === 'SELECT 1' ? [running(0)] : [running(0), ...succeeded()],
    });
    const engine = await fixture.engine();
    fixture.athena.onRequest = () => {
      if (engine.executions.length === 2) abort.abort();
    };
    const [first, second] = await Promise.allSettled([
      engine.query('SELECT 1', abort.signal),
      engine.query('SELECT 2'),
    ]);
    expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled']);
    expect(fixture.athena.inputs('StopQueryExecution')).toHaveLength(1);
  });

  it('before it was sent is not sent', async () => {
    const engine = await fixture.engine({ signal: AbortSignal.abort() });
    await expect(engine.query('SELECT 1')).rejects.toThrow('the query was stopped before it was sent');
    expect(fixture.athena.requests).toEqual([]);
  });

  it('and cannot be stopped may run on, which is said', async () => {
    const abort = new AbortController();
    fixture.athena.script = () => ({ states: [running(0)] });
    fixture.athena.faults.StopQueryExecution = [{ type: 'AccessDeniedException', message: 'no' }];
    const engine = await fixture.engine({ signal: abort.signal });
    fixture.athena.onRequest = (operation) => {
      if (operation === 'GetQueryExecution') abort.abort();
    };
    await expect(engine.query('SELECT 1')).rejects.toThrow(
      /^the query could not be stopped and may still be running: .*query-1/,
    );
  });

  it('because its state cannot be asked for is stopped as well', async () => {
    fixture.athena.faults.GetQueryExecution = [{ type: 'AccessDeniedException', message: 'no' }];
    await expect((await fixture.engine()).query('SELECT 1')).rejects.toThrow('AccessDeniedException');
    expect(fixture.athena.inputs('StopQueryExecution')).toEqual([{ QueryExecutionId: 'query-1' }]);
  });
});

describe('a request that Athena throttles', () => {
  const throttled = { type: 'TooManyRequestsException', message: 'Rate exceeded' };

  it('is sent again, and starts one query', async () => {
    fixture.athena.faults.StartQueryExecution = [throttled, throttled];
    fixture.athena.faults.GetQueryExecution = [throttled];
    fixture.athena.faults.GetQueryResults = [
      { type: 'InternalServerException', message: 'again', status: 500 },
    ];
    const engine = await fixture.engine();
    await engine.query('SELECT 1');
    const starts = fixture.athena.inputs('StartQueryExecution');
    expect(starts).toHaveLength(3);
    // The same token: had Athena taken the first, the third would have been the same query.
    expect(new Set(starts.map(({ ClientRequestToken }) => ClientRequestToken)).size).toBe(1);
    expect(engine.executions).toHaveLength(1);
  });

  it('is given up after so many attempts', async () => {
    fixture.athena.faults.StartQueryExecution = [throttled, throttled, throttled];
    const engine = await fixture.engine({ maxAttempts: 2 });
    await expect(engine.query('SELECT 1')).rejects.toThrow(
      'TooManyRequestsException: Athena throttles requests',
    );
    expect(fixture.athena.inputs('StartQueryExecution')).toHaveLength(2);
  });
});
