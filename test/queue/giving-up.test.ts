import { sendText } from '../cli/records';
import { run } from '../cli/run-process';
import { describeWithMoto } from './describe-with-moto';
import { type QueueFixture, useQueueFixture } from './queue-fixture';

const line = (messageId: string) => `${sendText(messageId)}\n`;
const rejects = `
  SELECT object, reason, message, decode(raw) AS raw FROM rejects JOIN objects USING (object_number)
  ORDER BY reason, object`;

/**
 * Puts an object and sends its message, which consumers receive without success until the next receive is
 * the fifth.
 */
async function sendForTheLastTime(queue: QueueFixture, key: string): Promise<void> {
  await queue.send({ Records: [queue.created(key)] });
  for (let receipt = 1; receipt < 5; receipt++) await queue.failToConsume();
}

describeWithMoto('ingest --queue with unreadable objects and messages', (executables) => {
  const fixture = useQueueFixture(executables);

  type Failing = [what: string, method: 'HEAD' | 'GET', fault: object, message: RegExp];
  const failing: Failing[] = [
    ['refused when asked for', 'HEAD', { status: 403, code: '' }, /^HTTP status 403: allow s3:GetObject/],
    ['refused when fetched', 'GET', { status: 403, code: 'AccessDenied' }, /^AccessDenied: allow /],
    ['archived', 'GET', { status: 403, code: 'InvalidObjectState' }, /^InvalidObjectState: restore it/],
    ['of a disabled key', 'GET', { status: 400, code: 'KMS.DisabledException' }, /^KMS\.DisabledException/],
    ['broken off', 'GET', { cutAt: 10 }, /^the download stopped at byte 10 of /],
  ];

  /** Makes the object bad.json fail. */
  function spoil(queue: QueueFixture, method: string, fault: object): void {
    let length = 0;
    queue.proxy.watcher = ({ name }) => {
      if (name !== `${method} /${queue.bucket}/bad.json`) return undefined;
      if (!('cutAt' in fault)) return fault as { status: number; code: string }; // as the table has it
      return length++ === 0 ? { cutAt: 10 } : { cutAt: 0 };
    };
  }

  it.each(failing)(
    'leaves the message of an object that is %s for redelivery',
    async (_, method, fault, message) => {
      const queue = fixture();
      spoil(queue, method, fault);
      for (const [key, id] of [
        ['bad.json', 'm1'],
        ['good.json', 'm2'],
      ] as const) {
        await queue.put(key, line(id));
        await queue.send({ Records: [queue.created(key)] });
      }
      const { code, stderr } = await queue.ingest();
      const [failure = '', closing] = stderr.split('\n');
      const start = `s3://${queue.bucket}/bad.json could not be read: `;
      expect(failure.slice(0, start.length)).toBe(start);
      expect(failure.slice(start.length)).toMatch(message);
      expect(closing).toMatch(/^received 2 messages: 1 processed, 1 will be redelivered; .* 1 failed; /);
      expect(code).toBe(1);
      expect(await queue.queueState()).toEqual([0, 1]);
      expect(await queue.messageIds()).toEqual(['m2']);
      expect(await queue.folder.rows(rejects)).toEqual([]);
    },
  );

  it.each(failing)('rejects an object that is %s at the fifth receive', async (_, method, fault, message) => {
    const queue = fixture();
    spoil(queue, method, fault);
    await queue.put('bad.json', line('m1'));
    await sendForTheLastTime(queue, 'bad.json');
    const { code, stderr } = await queue.ingest();
    expect(stderr).toMatch(
      /^received 1 message: 1 processed, 0 will be redelivered; ingested 1 record: .* 1 rejected, /,
    );
    expect(code).toBe(3);
    expect(await queue.queueState()).toEqual([0, 0]);
    expect(await queue.folder.rows(rejects)).toEqual([
      {
        object: `s3://${queue.bucket}/bad.json`,
        reason: 'unreadable-object',
        message: expect.stringMatching(message),
        raw: '',
      },
    ]);
  });

  it('stores an object once that is rejected twice', async () => {
    const queue = fixture();
    spoil(queue, 'HEAD', { status: 403, code: '' });
    for (let time = 0; time < 2; time++) {
      await sendForTheLastTime(queue, 'bad.json');
      expect((await queue.ingest()).code).toBe(3);
    }
    expect(await queue.folder.rows(rejects)).toHaveLength(1);
    expect(await queue.folder.rows('SELECT rejects FROM objects')).toEqual([{ rejects: 1n }]);
  });

  it('ingests a rejected object when it becomes readable, from its bucket or a message', async () => {
    const queue = fixture();
    spoil(queue, 'HEAD', { status: 403, code: '' });
    await queue.put('bad.json', line('m1'));
    await sendForTheLastTime(queue, 'bad.json');
    await queue.ingest();
    const { code } = await run([
      'ingest',
      `s3://${queue.bucket}/bad`,
      '--endpoint',
      queue.proxy.url,
      '--archive',
      queue.archive,
    ]);
    expect(code).toBe(0);
    expect(await queue.messageIds()).toEqual(['m1']);
    expect(await queue.folder.rows(rejects)).toEqual([]);
  });

  it('keeps the events of an older version when the newer one is rejected', async () => {
    const queue = fixture();
    await queue.put('bad.json', line('m1'));
    await queue.send({ Records: [queue.created('bad.json')] });
    await queue.ingest();
    await queue.put('bad.json', line('m2'));
    spoil(queue, 'GET', { status: 403, code: 'AccessDenied' });
    await sendForTheLastTime(queue, 'bad.json');
    expect((await queue.ingest()).code).toBe(3);
    expect(await queue.messageIds()).toEqual(['m1']);
    expect(
      await queue.folder.rows('SELECT count(*) AS objects, sum(rejects) AS rejects FROM objects'),
    ).toEqual([{ objects: 1n, rejects: 1n }]);
  });

  it.each<[what: string, body: string, reason: string]>([
    ['not JSON', 'hello', 'not-json'],
    ['not an object', '[1]', 'not-an-email-event'],
    ['other data', '{"hello":"world"}', 'not-an-email-event'],
    ['an email event', sendText('m1'), 'not-an-email-event'],
    [
      'a notification without a key',
      '{"Records":[{"s3":{"bucket":{"name":"b"},"object":{}}}]}',
      'not-an-email-event',
    ],
  ])('rejects a message that is %s', async (_, body, reason) => {
    const queue = fixture();
    await queue.send(body);
    const { code, stderr } = await queue.ingest();
    expect(stderr).toMatch(
      /^received 1 message: 1 processed, 0 will be redelivered; ingested 1 record: .* 1 rejected, /,
    );
    expect(code).toBe(3);
    expect(await queue.queueState()).toEqual([0, 0]);
    const [reject, ...others] = await queue.folder.rows(rejects);
    expect(others).toEqual([]);
    expect(reject).toMatchObject({ object: queue.queueUrl, reason, raw: body });
    expect(reject?.message).not.toContain(body);
  });

  it('leaves a message with an email event in the queue with --mask-links, and stores none of its bytes', async () => {
    const queue = fixture();
    await queue.send(sendText('m1'));
    const { code, stderr } = await queue.ingest('--mask-links');
    expect(stderr).toMatch(
      /^received 1 message: 0 processed, 1 will be redelivered; ingested 1 record: .* 1 rejected, /,
    );
    expect(code).toBe(3);
    expect(await queue.queueState()).toEqual([0, 1]);
    expect(await queue.folder.rows(rejects)).toMatchObject([{ object: queue.queueUrl, raw: '' }]);
  });

  it('stores every rejected message, and exits with 0 when rejects are allowed', async () => {
    const queue = fixture();
    await queue.send('hello');
    await queue.send('hello');
    const { code, stderr } = await queue.ingest('--allow-rejects');
    expect(stderr).toMatch(
      /^received 2 messages: 2 processed, 0 will be redelivered; ingested 2 records: .* 2 rejected, /,
    );
    expect(code).toBe(0);
    expect(await queue.folder.rows(rejects)).toHaveLength(2);
  });
});
