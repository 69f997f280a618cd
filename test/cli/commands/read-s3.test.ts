import { gzipSync } from 'node:zlib';
import { S3Server } from '../../s3-server/s3-server';
import { sendText } from '../records';
import { run } from '../run-command';
import { eventLines, messageIds, runRead } from '../run-read';

let server: S3Server;

beforeEach(async () => {
  server = await S3Server.start();
  for (const id of ['a', 'b', 'c']) server.put('archive', `events/${id}`, gzipSync(sendText(id)));
});

afterEach(() => server.close());

describe('read s3://', () => {
  it('reads only a prefix through --endpoint, in order', async () => {
    server.put('archive', 'other/x', Buffer.from(sendText('x')));
    const result = await runRead(['s3://archive/events/', '--endpoint', server.endpoint]);
    expect(eventLines(result).map(({ provenance }) => provenance.object)).toEqual(
      ['a', 'b', 'c'].map((id) => `s3://archive/events/${id}`),
    );
    expect(result.counts).toMatchObject({ events: 3, objects: 3 });
    expect(result.code).toBe(0);
    expect(server.requests.map(({ operation }) => operation).sort()).toEqual([
      'GetObject',
      'GetObject',
      'GetObject',
      'ListObjectsV2',
    ]);
  });

  it('fails with a fix and without a stack when the bucket denies access', async () => {
    server.deny('archive');
    const { code, stdout, stderr } = await run(['read', 's3://archive/', '--endpoint', server.endpoint]);
    expect(stderr).toBe(
      'error: cannot list s3://archive/: AccessDenied: allow s3:ListBucket on the bucket and s3:GetObject on its objects\n',
    );
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it('counts one reject for a missing object, and reads the others', async () => {
    server.fail({
      kind: 'change',
      operation: 'ListObjectsV2',
      change: () => server.remove('archive', 'events/b'),
    });
    const result = await runRead(['s3://archive/events/', '--endpoint', server.endpoint]);
    expect(messageIds(result)).toEqual(['a', 'c']);
    expect(result.counts).toMatchObject({ events: 2, rejected: 1, objects: 3 });
    expect(result.code).toBe(3);
  });
});
