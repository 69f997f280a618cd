import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { S3Server } from '../s3-server/s3-server';

const root = join(__dirname, '../..');
const environment = { ...process.env };
let folder: string;
let server: S3Server;
let handler: (input: unknown) => Promise<unknown>;
let logged: Record<string, unknown>[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ses-events-lambda-'));
  const outfile = join(folder, 'handler.js');
  buildSync({
    entryPoints: [join(root, 'examples/lambda/handler.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['snappy'],
    alias: { 'ses-event-archive': join(root, 'consumer/index.ts') },
    outfile,
  });
  server = await S3Server.start();
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_S3: server.endpoint,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  handler = createRequire(__filename)(outfile).handler;
});

afterAll(async () => {
  process.env = environment;
  rmSync(folder, { recursive: true });
  await server.close();
});

beforeEach(() => {
  logged = [];
  for (const name of ['log', 'error'] as const) {
    jest.spyOn(console, name).mockImplementation((...parts: unknown[]) => {
      logged.push(JSON.parse(String(parts[0])));
    });
  }
});

afterEach(() => jest.restoreAllMocks());

const bounce = (messageId: string) =>
  JSON.stringify({
    eventType: 'Bounce',
    mail: { timestamp: '2026-03-04T05:06:07.890Z', messageId },
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: 'gone@example.com' }],
      timestamp: '2026-03-04T05:06:08Z',
    },
  });

const base64 = (text: string) => Buffer.from(text).toString('base64');
const bounced = () =>
  logged.flatMap(({ hardBounce }) => (hardBounce as { messageId: string } | undefined)?.messageId ?? []);

/** A record of an S3 notification, with a form-encoded key, as S3 writes it. */
const s3Record = (bucket: string, key: string) => ({
  eventVersion: '2.1',
  eventSource: 'aws:s3',
  awsRegion: 'us-east-1',
  eventTime: '2026-03-04T05:10:00.000Z',
  eventName: 'ObjectCreated:Put',
  s3: {
    s3SchemaVersion: '1.0',
    bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
    object: { key: encodeURIComponent(key).replaceAll('%20', '+'), size: 1, eTag: 'x', sequencer: '0' },
  },
});

const sqsRecord = (messageId: string, body: unknown) => ({
  messageId,
  receiptHandle: `r-${messageId}`,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: {},
  messageAttributes: {},
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:111122223333:q',
  awsRegion: 'us-east-1',
});

const snsRecord = (message: unknown) => ({
  EventSource: 'aws:sns',
  EventVersion: '1.0',
  Sns: {
    Type: 'Notification',
    MessageId: 'sns-1',
    TopicArn: 'arn:aws:sns:us-east-1:111122223333:t',
    Message: typeof message === 'string' ? message : JSON.stringify(message),
    MessageAttributes: {},
  },
});

const key = 'events/dt=2026-03-04/hour=05/my stream-1+x.gz';
const notification = { Records: [s3Record('archive', key)] };

describe('the Lambda example as an ES module', () => {
  it('is bundled by the command of its page, and reads events', async () => {
    const page = readFileSync(join(root, 'examples/lambda/README.md'), 'utf8');
    const [, banner = ''] = /--banner:js="([^"]+)"/.exec(page) ?? [];
    const outfile = join(folder, 'handler.mjs');
    buildSync({
      entryPoints: [join(root, 'examples/lambda/handler.ts')],
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      external: ['snappy'],
      alias: { 'ses-event-archive': join(root, 'consumer/index.ts') },
      banner: { js: banner },
      outfile,
    });
    const call = `
      import { handler } from ${JSON.stringify(pathToFileURL(outfile).href)};
      console.log(JSON.stringify(await handler(${JSON.stringify({ Records: [snsRecord(bounce('m9'))] })})) ?? 'nothing');`;
    const stdout = execFileSync(process.execPath, ['--input-type=module', '--eval', call], {
      encoding: 'utf8',
    });
    expect(stdout).toContain('"messageId":"m9"');
    expect(stdout).toMatch(/nothing\n$/);
  });
});

describe('the Lambda example', () => {
  beforeEach(() => server.put('archive', key, gzipSync(`${bounce('m1')}\n${bounce('m2')}\n`)));

  it.each<[string, unknown, string[]]>([
    ['an S3 notification', notification, ['m1', 'm2']],
    ['an S3 notification through SNS', { Records: [snsRecord(notification)] }, ['m1', 'm2']],
    [
      'an S3 event through EventBridge, with an unencoded key',
      {
        source: 'aws.s3',
        'detail-type': 'Object Created',
        detail: { bucket: { name: 'archive' }, object: { key } },
      },
      ['m1', 'm2'],
    ],
    ['an SES event through SNS', { Records: [snsRecord(`${bounce('m3')}\n`)] }, ['m3']],
    [
      'an SES event through EventBridge',
      { id: 'e', source: 'aws.ses', 'detail-type': 'Email Bounced', detail: JSON.parse(bounce('m4')) },
      ['m4'],
    ],
  ])('reads %s and returns nothing', async (_name, input, messageIds) => {
    expect(await handler(input)).toBeUndefined();
    expect(bounced()).toEqual(messageIds);
    expect(logged.at(-1)).toMatchObject({ counts: { events: messageIds.length, rejects: 0 } });
  });

  it('reads SQS messages of every type, and reports those whose object cannot be read as failed', async () => {
    server.put('denied', 'k', Buffer.alloc(0));
    server.deny('denied');
    const input = {
      Records: [
        sqsRecord('1', notification),
        sqsRecord('2', { Records: [s3Record('denied', 'k')] }),
        sqsRecord('3', snsRecord(notification).Sns),
        sqsRecord('4', bounce('m5')),
        sqsRecord('5', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'archive' }),
        sqsRecord('6', 'not json'),
        sqsRecord('7', { Records: [{ ...s3Record('archive', key), eventName: 'ObjectRemoved:Delete' }] }),
      ],
    };
    expect(await handler(input)).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(bounced()).toEqual(['m1', 'm2', 'm1', 'm2', 'm5']);
    expect(logged.filter(({ rejected }) => rejected !== undefined)).toEqual([
      { rejected: { object: 's3://denied/k', offset: 0, reason: 'unreadable-object' } },
      { rejected: { object: 'sqs:6', offset: 0, reason: 'not-json' } },
    ]);
  });

  it('fails if the object of an S3 notification cannot be read, so that AWS retries', async () => {
    const input = { Records: [s3Record('archive', 'gone'), s3Record('archive', key)] };
    await expect(handler(input)).rejects.toThrow('s3://archive/gone could not be read');
    expect(bounced()).toEqual(['m1', 'm2']);
  });

  it('processes the rest of a batch with an unencoded key', async () => {
    const unencoded = s3Record('archive', 'x');
    unencoded.s3.object.key = '50%off.gz';
    const input = { Records: [sqsRecord('1', bounce('m8')), sqsRecord('2', { Records: [unencoded] })] };
    expect(await handler(input)).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(bounced()).toEqual(['m8']);
  });

  it('returns every record of a Firehose transformation unchanged, with its newline', async () => {
    const records = [`${bounce('m6')}\n`, 'not json\n', `${bounce('m7')}\n`].map((text, index) => ({
      recordId: String(index),
      approximateArrivalTimestamp: 1_772_600_000_000,
      data: base64(text),
    }));
    expect(
      await handler({ invocationId: 'i', deliveryStreamArn: 'd', region: 'us-east-1', records }),
    ).toEqual({
      records: records.map(({ recordId, data }) => ({ recordId, result: 'Ok', data })),
    });
    expect(bounced()).toEqual(['m6', 'm7']);
  });

  it('does not log addresses', async () => {
    await handler(notification);
    expect(JSON.stringify(logged)).not.toContain('@');
  });
});
