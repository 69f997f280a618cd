import { GetObjectCommand, type GetObjectCommandInput, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { failureOf, useSdkFixture } from './sdk-fixture';

const fixture = useSdkFixture();
const target = { Bucket: 'archive', Key: 'key' };

/** Reads a body. Returns the received text, and the error if there was one. */
async function read(input: Partial<GetObjectCommandInput> = {}): Promise<{ text: string; error?: string }> {
  const { Body } = await fixture.client.send(new GetObjectCommand({ ...target, ...input }));
  let text = '';
  try {
    // In Node the SDK's body is a Readable.
    for await (const chunk of Body as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString();
  } catch (error) {
    return { text, error: String(error) };
  }
  return { text };
}

function statuses(): number[] {
  return fixture.server.requests.map(({ status }) => status);
}

beforeEach(() => fixture.server.put('archive', 'key', Buffer.from('0123456789')));

describe('an injected error', () => {
  it.each([
    ['SlowDown', 503],
    ['InternalError', 500],
  ] as const)('%s does not reach the caller, because the SDK retries', async (code, status) => {
    fixture.server.fail({ kind: 'error', code, times: 2 });
    expect(await read()).toEqual({ text: '0123456789' });
    expect(statuses()).toEqual([status, status, 200]);
  });

  it('reaches the caller when all retries fail', async () => {
    fixture.server.fail({ kind: 'error', code: 'SlowDown', times: 3 });
    expect(await failureOf(read())).toEqual(['SlowDown', 503]);
    expect(statuses()).toEqual([503, 503, 503]);
  });

  it.each([
    ['another operation', { operation: 'ListObjectsV2' }],
    ['another bucket', { bucket: 'other' }],
    ['another key', { key: 'other' }],
    ['a later request', { after: 1 }],
  ] as const)('for %s does not affect the request', async (_name, scope) => {
    fixture.server.fail({ kind: 'error', code: 'SlowDown', ...scope });
    await read();
    expect(statuses()).toEqual([200]);
  });

  it('affects the requests in its scope', async () => {
    const { server, client } = fixture;
    server.fail({
      kind: 'error',
      code: 'InternalError',
      operation: 'ListObjectsV2',
      bucket: 'archive',
      after: 1,
    });
    server.fail({ kind: 'error', code: 'SlowDown', operation: 'GetObject', key: 'key' });
    await client.send(new ListObjectsV2Command({ Bucket: 'archive' }));
    await client.send(new ListObjectsV2Command({ Bucket: 'archive' }));
    await read();
    expect(statuses()).toEqual([200, 500, 200, 503, 200]);
  });
});

describe('an injected cut of the body', () => {
  it.each([
    ['a complete body, which the SDK verifies', {}, '0123'],
    ['a range, which the SDK does not verify', { Range: 'bytes=3-' }, '3456'],
  ])('cuts %s', async (_name, input, text) => {
    fixture.server.fail({ kind: 'cut', afterBytes: 4 });
    expect(await read(input)).toEqual({ text, error: expect.stringContaining('aborted') });
  });

  it('can affect a listing, which the SDK then requests again', async () => {
    const { server, client } = fixture;
    server.fail({ kind: 'cut', operation: 'ListObjectsV2', afterBytes: 100 });
    const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: 'archive' }));
    expect(KeyCount).toBe(1);
    expect(statuses()).toEqual([200, 200]);
  });

  it('can occur before the first byte, and several times', async () => {
    fixture.server.fail({ kind: 'cut', afterBytes: 0, times: 2 });
    const cut = { text: '', error: expect.any(String) };
    expect([await read(), await read(), await read()]).toEqual([cut, cut, { text: '0123456789' }]);
  });

  it('keeps all bytes before it, even millions', async () => {
    fixture.server.put('archive', 'key', Buffer.alloc(3_000_000, 'x'));
    fixture.server.fail({ kind: 'cut', afterBytes: 2_000_000 });
    const { text, error } = await read();
    expect([text.length, error]).toEqual([2_000_000, expect.any(String)]);
  });

  it('can follow a pause', async () => {
    fixture.server.fail({ kind: 'stall', afterBytes: 4, milliseconds: 50 });
    const start = performance.now();
    expect(await read()).toEqual({ text: '0123', error: expect.any(String) });
    expect(performance.now() - start).toBeGreaterThan(40);
  });

  it('does not prevent the server from closing', async () => {
    fixture.server.fail({ kind: 'stall', afterBytes: 4, milliseconds: 3_600_000 });
    const { Body } = await fixture.client.send(new GetObjectCommand(target));
    const ended = Body?.transformToString();
    await fixture.server.close();
    await expect(ended).rejects.toThrow();
  });
});

describe('an injected change', () => {
  it('occurs between two reads', async () => {
    const { server } = fixture;
    server.fail({ kind: 'change', change: () => server.put('archive', 'key', Buffer.from('new')) });
    expect([await read(), await read()]).toEqual([{ text: '0123456789' }, { text: 'new' }]);
  });

  it('prevents resuming a read after a cut', async () => {
    const { server, client } = fixture;
    server.fail({ kind: 'cut', operation: 'GetObject', afterBytes: 4 });
    server.fail({
      kind: 'change',
      operation: 'GetObject',
      change: () => server.put('archive', 'key', Buffer.from('new')),
    });
    const { Contents: [listed] = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'archive' }));
    expect(await read()).toMatchObject({ text: '0123' });
    const resumed = read({ Range: 'bytes=4-', ...(listed?.ETag !== undefined && { IfMatch: listed.ETag }) });
    expect(await failureOf(resumed)).toEqual(['PreconditionFailed', 412]);
  });

  it('can be a removal after the listing', async () => {
    const { server, client } = fixture;
    server.fail({
      kind: 'change',
      operation: 'ListObjectsV2',
      change: () => server.remove('archive', 'key'),
    });
    const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: 'archive' }));
    expect(KeyCount).toBe(1);
    expect(await failureOf(read())).toEqual(['NoSuchKey', 404]);
  });
});
