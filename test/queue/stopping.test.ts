import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../consumer/archive/file/open';
import { ingestQueue } from '../../consumer/archive/ingest/ingest-queue';
import { sendText } from '../cli/records';
import type { Started } from '../cli/run-process';
import { describeWithMoto } from './describe-with-moto';
import { type QueueFixture, useQueueFixture } from './queue-fixture';

const line = (messageId: string) => `${sendText(messageId)}\n`;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

async function sendObject(queue: QueueFixture, id: string): Promise<void> {
  await queue.put(`${id}.json`, line(id));
  await queue.send({ Records: [queue.created(`${id}.json`)] });
}

/** Everything that the process has written on standard error so far. */
function gathered(child: Started): { text: string } {
  const output = { text: '' };
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    output.text += part;
  });
  return output;
}

/**
 * Makes the proxy delay all requests with this name. Returns the body of the first, and a function that
 * releases them.
 */
function hold(queue: QueueFixture, wanted: string) {
  let release = () => {};
  const released = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined);
  });
  const first = new Promise<string>((resolve) => {
    queue.proxy.watcher = ({ name, body }) => {
      if (name !== wanted) return undefined;
      resolve(body);
      return released;
    };
  });
  return { first, release };
}

interface DeleteBatch {
  Entries: { ReceiptHandle: string }[];
}

describeWithMoto('a stopped ingest --queue', (executables) => {
  const fixture = useQueueFixture(executables);

  it('loses and duplicates nothing when it is killed between commit and deletion', async () => {
    const queue = fixture();
    await sendObject(queue, 'm1');
    await queue.send('hello');
    const deletion = hold(queue, 'DeleteMessageBatch'); // it never arrives
    const child = queue.follow();
    const { Entries } = JSON.parse(await deletion.first) as DeleteBatch; // the type in the API of SQS
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await queue.queueState()).toEqual([0, 2]);
    const state = `SELECT (SELECT count(*) FROM event_occurrences) AS occurrences, (SELECT count(*) FROM events) AS events,
      (SELECT count(*) FROM rejects) AS rejects, (SELECT count(*) FROM objects) AS objects`;
    const committed = [{ occurrences: 1n, events: 1n, rejects: 1n, objects: 2n }];
    expect(await queue.folder.rows(state)).toEqual(committed);

    for (const { ReceiptHandle } of Entries) await queue.makeVisible(ReceiptHandle);
    queue.proxy.watcher = () => undefined;
    const { code, stderr } = await queue.ingest('--allow-rejects');
    expect(stderr).toMatch(
      /^received 2 messages: 2 processed, 0 will be redelivered; .* 0 new events, .* 1 unchanged; /,
    );
    expect(code).toBe(0);
    expect(await queue.folder.rows(state)).toEqual(committed);
    expect(queue.proxy.count(`GET /${queue.bucket}/m1.json`)).toBe(1);
    expect(await queue.queueState()).toEqual([0, 0]);
  });

  it('keeps its messages hidden while a batch takes longer than the visibility timeout', async () => {
    const queue = fixture();
    await sendObject(queue, 'm1');
    const object = `GET /${queue.bucket}/m1.json`;
    let extended = () => {};
    const twice = new Promise<undefined>((resolve) => {
      extended = () => resolve(undefined);
    });
    // The object arrives only after two extensions of its message.
    queue.proxy.watcher = ({ name }) => {
      if (queue.proxy.count('ChangeMessageVisibilityBatch') === 2) extended();
      return name === object ? twice : undefined;
    };
    process.env.AWS_ACCESS_KEY_ID = 'test';
    process.env.AWS_SECRET_ACCESS_KEY = 'test';
    const counts = await ingestQueue(queue.queueUrl, {
      archive: queue.archive,
      s3: { endpoint: queue.proxy.url },
      queueEndpoint: queue.proxy.url,
      workers: 0,
      visibilityTimeout: 2,
    });
    expect(counts).toMatchObject({ messages: 1, deletedMessages: 1, newEvents: 1 });
    expect(queue.proxy.count(object)).toBe(1);
    expect(await queue.queueState()).toEqual([0, 0]);
  });

  it('finishes the current batch at Ctrl-C and exits with 130', async () => {
    const queue = fixture();
    await sendObject(queue, 'm1');
    const fetching = hold(queue, `GET /${queue.bucket}/m1.json`);
    const child = queue.follow();
    const stderr = gathered(child);
    await fetching.first;
    child.kill('SIGINT');
    await until(() => stderr.text.includes('stopping; press Ctrl-C again'));
    fetching.release();
    await once(child, 'close');
    expect(child.exitCode).toBe(130);
    expect(stderr.text).toMatch(/\nreceived 1 message: 1 processed, 0 will be redelivered; .* 1 new event, /);
    expect(await queue.messageIds()).toEqual(['m1']);
    expect(await queue.queueState()).toEqual([0, 0]);
  });

  it('exits at once at Ctrl-C while it waits for messages', async () => {
    const queue = fixture();
    const child = queue.follow();
    const stderr = text(child.stderr);
    await until(() => queue.proxy.count('ReceiveMessage') > 0);
    child.kill('SIGINT');
    await once(child, 'close');
    expect([child.exitCode, await stderr]).toEqual([130, '\nstopping; press Ctrl-C again to stop at once\n']);
  });

  it('returns its messages at Ctrl-C while another process uses the archive', async () => {
    const queue = fixture();
    const child = queue.follow();
    const stderr = gathered(child);
    await until(() => queue.proxy.count('ReceiveMessage') > 0); // the archive has been made and closed
    const database = await openDatabase(queue.archive, { wait: 10_000 });
    try {
      await sendObject(queue, 'm1');
      await until(() => stderr.text.includes(`waiting for process ${process.pid}, which is using `));
      child.kill('SIGINT');
      await once(child, 'close');
    } finally {
      database.close();
    }
    expect(child.exitCode).toBe(130);
    expect(await queue.queueState()).toEqual([1, 0]);
    expect(await queue.messageIds()).toEqual([]);
  });

  it('receives no message when another process uses the archive', async () => {
    const queue = fixture();
    await sendObject(queue, 'm1');
    const database = await openDatabase(queue.archive);
    try {
      const { code, stderr } = await queue.ingest('--wait', '0');
      expect(stderr).toContain(
        `: it is in use by process ${process.pid}; try again when that process has ended, or stop it\n`,
      );
      expect(code).toBe(1);
    } finally {
      database.close();
    }
    expect(queue.proxy.count('ReceiveMessage')).toBe(0);
    expect(await queue.queueState()).toEqual([1, 0]);
  });
});

describeWithMoto('ingest --queue --follow', (executables) => {
  const fixture = useQueueFixture(executables);

  it('releases the archive between batches, and prints one line for each', async () => {
    const queue = fixture();
    const child = queue.follow();
    const stderr = gathered(child);
    const read: unknown[][] = [];
    for (const id of ['m1', 'm2', 'm3']) {
      await sendObject(queue, id);
      await until(() => stderr.text.split('\n').length > read.length + 1);
      const database = await openDatabase(queue.archive, { readOnly: true });
      // During a read, the next batch waits for the archive.
      const rows = await database.rows('SELECT message_id FROM events ORDER BY message_id');
      read.push(rows.map(({ message_id: messageId }) => messageId));
      expect(child.exitCode).toBeNull();
      database.close();
    }
    expect(read).toEqual([['m1'], ['m1', 'm2'], ['m1', 'm2', 'm3']]);
    const lines = stderr.text.trim().split('\n');
    expect(lines).toHaveLength(3);
    for (const batch of lines)
      expect(batch).toMatch(/^received 1 message: 1 processed, 0 will be redelivered; ingested 1 record: /);
  });

  it('prints nothing for a batch without changes', async () => {
    const queue = fixture();
    const child = queue.follow();
    const stderr = gathered(child);
    await queue.send({ Service: 'Amazon S3', Event: 's3:TestEvent' });
    await until(() => queue.proxy.count('DeleteMessageBatch') === 1);
    await sendObject(queue, 'm1');
    await until(() => stderr.text.includes('\n'));
    expect(stderr.text).toMatch(/^received 1 message: .*\n$/);
  });

  it('waits while another process uses the archive, and then continues', async () => {
    const queue = fixture();
    const child = queue.follow();
    const stderr = gathered(child);
    await until(() => queue.proxy.count('ReceiveMessage') > 0);
    const database = await openDatabase(queue.archive, { readOnly: true, wait: 10_000 });
    await sendObject(queue, 'm1');
    await until(() => stderr.text.includes(`waiting for process ${process.pid}, which is using `));
    expect(await queue.queueState()).toEqual([0, 1]);
    database.close();
    await until(() => stderr.text.includes('received 1 message: 1 processed'));
    expect(await queue.messageIds()).toEqual(['m1']);
    expect(await queue.queueState()).toEqual([0, 0]);
  });
});
