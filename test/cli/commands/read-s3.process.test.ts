import { gzipSync } from 'node:zlib';
import { S3Server } from '../../s3-server/s3-server';
import { closingCounts } from '../closing-counts';
import { sendText } from '../records';
import { run } from '../run-process';

let server: S3Server;

beforeEach(async () => {
  server = await S3Server.start();
  for (const id of ['a', 'b', 'c']) server.put('archive', `events/${id}`, gzipSync(sendText(id)));
});

afterEach(() => server.close());

describe('read s3://', () => {
  it('summarizes objects in threads, through AWS_ENDPOINT_URL_S3', async () => {
    const env = { AWS_ENDPOINT_URL_S3: server.endpoint };
    const { code, stdout, stderr } = await run(['read', '--format', 'table', 's3://archive/events/'], {
      env,
    });
    expect(stdout).toMatch(/│ Send +│ +3 │ 100.00% │/);
    expect(closingCounts(stderr)).toMatchObject({ events: 3, objects: 3 });
    expect(code).toBe(0);
  });
});
