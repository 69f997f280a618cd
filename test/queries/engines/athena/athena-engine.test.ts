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

  it('is polled until it ends, even if it changes from running to queued', async () => {
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

  it('is polled at increasing intervals', () => {
    const delays = Array.from({ length: 14 }, (_, polls) => pollDelay(polls));
    expect(delays[0]).toBe(100);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays.at(-1)).toBe(5000);
  });

  it('is in the list of executions of the engine', async () => {
    const engine = await fixture.engine();
    fixture.athena.script = (sql) => ({ states: succeeded(sql === 'SELECT 1' ? 5 : 7) });
    await Promise.all([engine.query('SELECT 1'), engine.query('SELECT 2')]);
    expect(engine.executions.map(({ scannedBytes }) => scannedBytes).sort()).toEqual([5, 7]);
  });
});

describe('a result', () => {
  it('is read page by page, with types and without the row of column names', async () => {
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

  it('has columns without rows', async () => {
    fixture.athena.script = () => ({ states: succeeded(), pages: pagesOf([['a', 'bigint']], []) });
    const result = await (await fixture.engine()).query('SELECT 1');
    expect(result.columns).toEqual([{ name: 'a', type: 'bigint' }]);
    expect(await allRows(result)).toEqual([]);
  });

  it('keeps a first row that does not contain the column names', async () => {
    fixture.athena.script = () => ({
      states: succeeded(),
      pages: [page([['a', 'varchar']], [['x'], ['y']])],
    });
    expect(await allRows(await (await fixture.engine()).query('SHOW TABLES'))).toEqual([['x'], ['y']]);
  });

  it('throws the error of a later page', async () => {
    const columns = [['a', 'varchar']] as const;
    fixture.athena.script = () => ({ states: succeeded(), pages: pagesOf(columns, [['x']], [['y']]) });
    const result = await (await fixture.engine()).query('SELECT 1');
    fixture.athena.faults.GetQueryResults = [{ type: 'AccessDeniedException', message: 'no' }];
    await expect(allRows(result)).rejects.toThrow('AccessDeniedException: allow athena:StartQueryExecution');
  });
});

describe('an abandoned query', () => {
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

  it('with its own signal does not stop other queries', async () => {
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

  it('is not sent if it was abandoned before', async () => {
    const engine = await fixture.engine({ signal: AbortSignal.abort() });
    await expect(engine.query('SELECT 1')).rejects.toThrow('the query was stopped before it was sent');
    expect(fixture.athena.requests).toEqual([]);
  });

  it('that cannot be stopped is reported as possibly running', async () => {
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

  it('is also stopped if its state cannot be polled', async () => {
    fixture.athena.faults.GetQueryExecution = [{ type: 'AccessDeniedException', message: 'no' }];
    await expect((await fixture.engine()).query('SELECT 1')).rejects.toThrow('AccessDeniedException');
    expect(fixture.athena.inputs('StopQueryExecution')).toEqual([{ QueryExecutionId: 'query-1' }]);
  });
});

describe('a request that Athena throttles', () => {
  const throttled = { type: 'TooManyRequestsException', message: 'Rate exceeded' };

  it('is retried, and starts one query', async () => {
    fixture.athena.faults.StartQueryExecution = [throttled, throttled];
    fixture.athena.faults.GetQueryExecution = [throttled];
    fixture.athena.faults.GetQueryResults = [
      { type: 'InternalServerException', message: 'again', status: 500 },
    ];
    const engine = await fixture.engine();
    await engine.query('SELECT 1');
    const starts = fixture.athena.inputs('StartQueryExecution');
    expect(starts).toHaveLength(3);
    // With the same token, Athena starts no second query if it accepted the first request.
    expect(new Set(starts.map(({ ClientRequestToken }) => ClientRequestToken)).size).toBe(1);
    expect(engine.executions).toHaveLength(1);
  });

  it('fails after the maximum number of attempts', async () => {
    fixture.athena.faults.StartQueryExecution = [throttled, throttled, throttled];
    const engine = await fixture.engine({ maxAttempts: 2 });
    await expect(engine.query('SELECT 1')).rejects.toThrow(
      'TooManyRequestsException: Athena throttles requests',
    );
    expect(fixture.athena.inputs('StartQueryExecution')).toHaveLength(2);
  });
});
