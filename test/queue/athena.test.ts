import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type AthenaOptions, athenaEngine } from '../../consumer/queries/engines/athena/athena-engine';
import type { PlainValue } from '../../consumer/queries/engines/plain-value';
import { type MotoServer, startMotoServer } from '../aws-cli/moto-server';
import { describeWithMoto } from './describe-with-moto';

/** The result of the next query in moto, which does not run queries. */
const result = {
  column_info: [
    { Name: 'event_type', Type: 'varchar' },
    { Name: 'events', Type: 'bigint' },
  ],
  rows: [
    { Data: [{ VarCharValue: 'event_type' }, { VarCharValue: 'events' }] },
    { Data: [{ VarCharValue: 'Bounce' }, { VarCharValue: '12' }] },
  ],
};

describeWithMoto('Athena in moto', (executables) => {
  let moto: MotoServer;
  beforeAll(async () => {
    process.env.AWS_ACCESS_KEY_ID = 'test';
    process.env.AWS_SECRET_ACCESS_KEY = 'test';
    moto = await startMotoServer(executables);
  });
  afterAll(async () => {
    moto.process.kill();
    await once(moto.process, 'close');
  });

  const engine = (options: Partial<AthenaOptions> = {}) =>
    athenaEngine({
      workgroup: 'primary',
      database: 'email_events',
      endpoint: moto.url,
      region: 'us-east-1',
      ...options,
    });

  it('runs a query and returns its rows', async () => {
    await fetch(`${moto.url}/moto-api/static/athena/query-results`, {
      method: 'POST',
      body: JSON.stringify({ results: [result] }),
    });
    const athena = await engine();
    const { columns, rows } = await athena.query('SELECT event_type, count(*) AS events FROM sends');
    const found: (readonly PlainValue[])[] = [];
    for await (const page of rows) found.push(...page);
    athena.close();
    expect(columns.map(({ name }) => name)).toEqual(['event_type', 'events']);
    expect(found).toEqual([['Bounce', 12]]);
  });

  it('has the stopped query', async () => {
    const abort = new AbortController();
    const athena = await engine({ signal: abort.signal });
    const stopped = expect(athena.query('SELECT 1')).rejects.toThrow('the query was stopped: ');
    while (athena.executions.length === 0) await wait(5);
    abort.abort();
    await stopped;
    expect(athena.executions).toMatchObject([{ state: 'CANCELLED' }]);
    athena.close();
  });

  it('rejects a missing workgroup', async () => {
    const athena = await engine({ workgroup: 'missing' });
    await expect(athena.query('SELECT 1')).rejects.toThrow(
      'athena, workgroup missing: InvalidRequestException',
    );
    athena.close();
  });
});
