import { sendText } from '../cli/records';
import { hasTerminals, runOnTerminal } from '../cli/run-on-terminal';
import { describeWithMoto } from './describe-with-moto';
import { type QueueFixture, useQueueFixture } from './queue-fixture';

const line = (messageId: string) => `${sendText(messageId)}\n`;

describeWithMoto('ingest --queue', (executables) => {
  const fixture = useQueueFixture(executables);

  it('ingests the objects in notifications of S3, and empties the queue', async () => {
    const queue = fixture();
    await queue.notify();
    await queue.put('events/dt=2026-03-04/a b+c&é.json', line('m1'));
    await queue.put('events/plain.json', line('m2') + line('m3'));
    await queue.remove('events/none.json');
    const { code, stdout, stderr } = await queue.ingest();
    expect(stderr).toMatch(/: 3 new events, 0 duplicates, 0 rejected, .* 2 objects; /);
    expect([code, stdout]).toEqual([0, '']);
    expect(await queue.messageIds()).toEqual(['m1', 'm2', 'm3']);
    expect(await queue.queueState()).toEqual([0, 0]);
  });

  (hasTerminals ? it : it.skip)('shows on a terminal how far it is, and then what came of it', async () => {
    const queue = fixture();
    await queue.put('a.json', line('m1'));
    await queue.send({ Records: [queue.created('a.json')] });
    const { code, shown } = await runOnTerminal(queue.args());
    expect(shown).toContain('\u001b[?25l');
    expect(shown).toMatch(/\] 0\/1 objects .* left.*received 1 message: 1 processed, /s);
    expect(code).toBe(0);
    const { shown: nothing } = await runOnTerminal(queue.args());
    expect(nothing).not.toContain('\u001b');
  });

  it('exits at once with an empty queue', async () => {
    const queue = fixture();
    const { code, stderr } = await queue.ingest();
    expect(stderr).toMatch(/^received 0 messages: 0 processed, 0 will be redelivered; ingested 0 records: /);
    expect(code).toBe(0);
  });

  it('reads more messages than one response contains', async () => {
    const queue = fixture();
    const ids = Array.from({ length: 25 }, (_, index) => `m${10 + index}`);
    for (const id of ids) {
      await queue.put(`${id}.json`, line(id));
      await queue.send({ Records: [queue.created(`${id}.json`)] });
    }
    expect((await queue.ingest()).stderr).toMatch(
      /^received 25 messages: 25 processed, 0 will be redelivered; /,
    );
    expect(await queue.messageIds()).toEqual(ids);
    expect(await queue.queueState()).toEqual([0, 0]);
    expect(queue.proxy.count('DeleteMessageBatch')).toBe(3);
  });

  const removed = (queue: QueueFixture) => ({
    Records: [{ ...queue.created('a.json'), eventName: 'ObjectRemoved:Delete' }],
  });
  const test = { Service: 'Amazon S3', Event: 's3:TestEvent', Time: '2026-03-04T05:06:07Z', Bucket: 'b' };

  it.each<[string, (queue: QueueFixture) => unknown]>([
    ['the test message of S3', () => test],
    ['the test message through SNS', () => ({ Type: 'Notification', Message: JSON.stringify(test) })],
    ['a deletion', removed],
    ['a notification without records', () => ({ Records: [] })],
    [
      'a deletion from EventBridge',
      () => ({ source: 'aws.s3', 'detail-type': 'Object Deleted', detail: {} }),
    ],
    ['a deleted object', (queue) => ({ Records: [queue.created('gone.json')] })],
    ['an object of a deleted bucket', (queue) => inBucket(queue.created('a.json'), 'not-there')],
    ['the marker of a folder', (queue) => ({ Records: [queue.created('folder/')] })],
  ])('deletes %s and ingests nothing', async (_, message) => {
    const queue = fixture();
    await queue.put('a.json', line('m1'));
    await queue.put('folder/', '');
    await queue.send(message(queue));
    const { code, stderr } = await queue.ingest();
    expect(stderr).toMatch(/^received 1 message: 1 processed, 0 will be redelivered; .*0 objects/);
    expect(code).toBe(0);
    expect(await queue.folder.rows('SELECT * FROM objects')).toEqual([]);
    expect(await queue.queueState()).toEqual([0, 0]);
  });

  function inBucket(record: ReturnType<QueueFixture['created']>, name: string) {
    return { Records: [{ ...record, s3: { ...record.s3, bucket: { name } } }] };
  }

  it('counts a deleted object', async () => {
    const queue = fixture();
    await queue.send({ Records: [queue.created('gone.json')] });
    expect((await queue.ingest()).stderr).toContain('; 1 object no longer exists; ');
  });

  it.each<[string, (queue: QueueFixture) => unknown]>([
    ['several records', (queue) => ({ Records: ['a b.json', 'c.json'].map((key) => queue.created(key)) })],
    [
      'form-encoded keys',
      (queue) => ({
        Records: [queue.created('', { encoded: 'a+b.json' }), queue.created('', { encoded: 'c%2Ejson' })],
      }),
    ],
    [
      'a notification in SNS',
      (queue) => ({
        Type: 'Notification',
        TopicArn: 'arn:aws:sns:us-east-1:123456789012:t',
        Message: JSON.stringify({
          Records: ['a+b.json', 'c.json'].map((encoded) => queue.created('', { encoded })),
        }),
      }),
    ],
  ])('ingests objects from %s', async (_, message) => {
    const queue = fixture();
    await queue.put('a b.json', line('m1'));
    await queue.put('c.json', line('m2'));
    await queue.send(message(queue));
    expect((await queue.ingest()).code).toBe(0);
    expect(await queue.messageIds()).toEqual(['m1', 'm2']);
  });

  it('ingests objects from EventBridge, whose keys are not encoded', async () => {
    const queue = fixture();
    await queue.put('a+b%20c.json', line('m1'));
    await queue.send({
      source: 'aws.s3',
      'detail-type': 'Object Created',
      detail: { bucket: { name: queue.bucket }, object: { key: 'a+b%20c.json', etag: 'any' } },
    });
    expect((await queue.ingest()).code).toBe(0);
    expect(await queue.messageIds()).toEqual(['m1']);
  });

  it('fetches an object once for two notifications, at the same time or later', async () => {
    const queue = fixture();
    await queue.put('a.json', line('m1'));
    await queue.send({ Records: [queue.created('a.json')] });
    await queue.send({ Records: [queue.created('a.json')] });
    expect((await queue.ingest()).stderr).toMatch(
      /^received 2 messages: 2 processed, .* 1 new event, 0 duplicates, /,
    );
    await queue.send({ Records: [queue.created('a.json')] });
    const { code, stderr } = await queue.ingest();
    expect(stderr).toMatch(
      /^received 1 message: 1 processed, .* 0 new events, 0 duplicates, .* 1 unchanged; /,
    );
    expect(code).toBe(0);
    expect(queue.proxy.count(`GET /${queue.bucket}/a.json`)).toBe(1);
    expect(await queue.queueState()).toEqual([0, 0]);
  });

  it('reads the current version of an object, not the one in a late message', async () => {
    const queue = fixture();
    const first = await queue.put('a.json', line('old'));
    const second = await queue.put('a.json', line('new'));
    await queue.send({ Records: [queue.created('a.json', { eTag: second })] });
    await queue.ingest();
    await queue.send({ Records: [queue.created('a.json', { eTag: first })] });
    expect((await queue.ingest()).stderr).toContain(' 1 unchanged; ');
    expect(await queue.messageIds()).toEqual(['new']);
    expect(await queue.folder.rows('SELECT etag FROM objects')).toEqual([{ etag: second }]);
  });

  it('replaces an overwritten object', async () => {
    const queue = fixture();
    await queue.put('a.json', line('old'));
    await queue.send({ Records: [queue.created('a.json')] });
    await queue.ingest();
    await queue.put('a.json', line('new'));
    await queue.send({ Records: [queue.created('a.json')] });
    expect((await queue.ingest()).stderr).toContain(' 1 of them replaced (1 event removed)');
    expect(await queue.messageIds()).toEqual(['new']);
  });

  it('reports a missing queue', async () => {
    const queue = fixture();
    const missing = `${queue.queueUrl}-missing`;
    const { code, stderr } = await queue.ingest('--queue', missing);
    expect(stderr).toMatch(
      new RegExp(
        `^error: cannot receive from the queue ${missing}: \\S*(QueueDoesNotExist|NonExistentQueue): check the URL of the queue\n$`,
      ),
    );
    expect(code).toBe(1);
  });

  it('reports a denied queue', async () => {
    const queue = fixture();
    queue.proxy.watcher = ({ name }) =>
      name === 'ReceiveMessage' ? { status: 403, code: 'AccessDeniedException' } : undefined;
    const { code, stderr } = await queue.ingest();
    expect(stderr).toBe(
      `error: cannot receive from the queue ${queue.queueUrl}: AccessDeniedException: allow sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility on the queue\n`,
    );
    expect(code).toBe(1);
  });
});
