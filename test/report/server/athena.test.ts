import { AthenaFixture } from '../../queries/engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../../queries/engines/athena/fake-athena';
import { PageServer } from './page-server';

const fixture = new AthenaFixture();
let server = new PageServer();
beforeEach(async () => {
  server = new PageServer();
  const { endpoint } = fixture.athena;
  const source = {
    workgroup: 'email-events',
    database: 'email_events',
    region: 'eu-west-1',
    endpoint,
    source: 'lines',
  } as const;
  await server.start({ source, isMasked: true });
});
afterEach(() => server.close());

const started = () => fixture.athena.inputs('StartQueryExecution').length;

describe('the pages with Athena', () => {
  it('show an answer with masked addresses and the unreadable lines, and keep it', async () => {
    fixture.athena.script = (sql) => ({
      states: succeeded(),
      pages: sql.startsWith('SELECT coalesce(sum(lines)')
        ? pagesOf(
            [
              ['lines', 'bigint'],
              ['objects', 'bigint'],
            ],
            [['3', '2']],
          )
        : pagesOf(
            [
              ['event_type', 'varchar'],
              ['events', 'bigint'],
              ['rows_in_all', 'bigint'],
            ],
            [['<b>ana@example.com</b>', '12', '1']],
          ),
    });
    const { status, text } = await server.get('/questions/kinds?since=2026-03-02');
    expect(status).toBe(200);
    expect(text).toContain('&lt;b&gt;***@example.com&lt;/b&gt;');
    expect(text).toContain('Athena cannot read 3 lines in 2 objects.');
    expect(text).toMatch(/Read at [\d: -]+ UTC: with Athena\./);
    const before = started();
    expect(before).toBe(2);
    expect((await server.get('/questions/kinds?since=2026-03-02')).text).toBe(text);
    expect(started()).toBe(before);
  });

  it('have a constant state, because each query has a price', async () => {
    const states = [await server.get('/state'), await server.get('/state')].map(({ text }) => text);
    expect(states).toEqual(['{"state":"athena"}', '{"state":"athena"}']);
  });

  it('refer to an archive for rejected records', async () => {
    expect((await server.get('/rejects')).text).toContain('Rejected records are in an archive only.');
  });

  it('show no detail of an error', async () => {
    fixture.athena.script = () => ({
      states: [{ Status: { State: 'FAILED', StateChangeReason: 'secret of s3://bucket/key' } }],
    });
    const { status, text } = await server.get('/questions/kinds?since=2026-03-03');
    expect([status, text.includes('secret')]).toEqual([500, false]);
    expect(server.errors).toHaveLength(1);
  });
});
