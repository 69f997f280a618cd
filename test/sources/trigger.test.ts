import type { EmailEvent } from '../../consumer/events';
import { RejectedRecordError } from '../../consumer/sources/event-reader';
import { SourceError } from '../../consumer/sources/source-error';
import { eventsFromTrigger } from '../../consumer/sources/trigger';
import { sendRecord } from './read-all';

const record = (recordId: string, text: string) => ({ recordId, data: Buffer.from(text).toString('base64') });
const batch = (...records: ReturnType<typeof record>[]) => ({ invocationId: 'i', records });

async function read(input: unknown, options = {}) {
  const trigger = eventsFromTrigger(input, options);
  const ids: string[] = [];
  for await (const { event } of trigger) ids.push(event.eventType === 'Unknown' ? '' : event.mail.messageId);
  return { ids, result: trigger.result(), counts: trigger.counts };
}

describe('a Firehose transformation', () => {
  it('replaces and drops events, ends each with a newline, and keeps other records unchanged', async () => {
    const input = batch(
      record('1', `${sendRecord('a')}\n`),
      record('2', `${sendRecord('b')}\n`),
      record('3', 'x\n'),
      record('4', ''),
    );
    const { ids, result } = await read(input, {
      transform: (event: { mail: { messageId: string } }) =>
        event.mail.messageId === 'a' ? { ...event, redacted: true } : undefined,
    });
    expect(ids).toEqual(['a', 'b']);
    const records = (result as { records: { result: string; data: string }[] }).records;
    expect(records.map((each) => [each.result, Buffer.from(each.data, 'base64').toString()])).toEqual([
      ['Ok', expect.stringMatching(/^\{.*"redacted":true\}\n$/)],
      ['Dropped', ''],
      ['Ok', 'x\n'],
      ['Ok', ''],
    ]);
  });

  it('keeps the newline of SES', async () => {
    const { result } = await read(batch(record('1', `${sendRecord('a')}\n`)));
    expect(result).toEqual({ records: [{ ...record('1', `${sendRecord('a')}\n`), result: 'Ok' }] });
  });
});

describe('a trigger', () => {
  it.each([
    [undefined, 'received undefined'],
    [null, 'received null'],
    ['text', 'received "text"'],
    [[], 'received an array'],
    [{}, 'received an empty object'],
    [{ foo: 1, bar: 'ana@example.com' }, 'received an object with "foo", "bar"'],
    [JSON.parse(sendRecord('a')), 'received an object with "eventType", "mail"'],
    [{ Records: [null] }, 'received null'],
    [
      { Records: [{ eventSource: 'aws:kinesis', kinesis: {} }] },
      'received an object with "eventSource", "kinesis"',
    ],
    [{ records: [{ data: 'e30=' }] }, 'received an object with "data"'],
  ])('refuses input that is not from a trigger: %j', (input, received) => {
    const read = () => eventsFromTrigger(input);
    expect(read).toThrow(SourceError);
    expect(read).toThrow(received);
    expect(read).toThrow(
      'the input is not from a supported trigger (S3, SQS, SNS, EventBridge, or a Firehose transformation)',
    );
    expect(read).not.toThrow('ana@example.com');
  });

  it('reads an empty batch', async () => {
    expect((await read({ Records: [] })).counts.events).toBe(0);
  });

  it.each([
    [null, 'options must be an object: received null'],
    [{ kind: ['Bounce'] }, 'no such option: "kind", the options are kinds, since'],
    [{ strict: true }, 'no such option: "strict", the options are kinds, since'],
    [{ onReject: 'x' }, 'onReject must be a function: received a text'],
    [{ transform: {} }, 'transform must be a function: received an object'],
  ])('refuses the options %j', (options, message) => {
    const untyped = eventsFromTrigger as (...args: unknown[]) => unknown;
    expect(() => untyped({ Records: [] }, options)).toThrow(TypeError);
    expect(() => untyped({ Records: [] }, options)).toThrow(message);
  });

  it('filters like readEvents', async () => {
    const input = batch(record('1', sendRecord('a')));
    expect((await read(input, { kinds: ['Bounce'] })).ids).toEqual([]);
    expect((await read(input, { kinds: ['Send'] })).ids).toEqual(['a']);
  });
});

describe('a damaged record', () => {
  const queueMessage = (messageId: string, body: string) => ({
    messageId,
    receiptHandle: 'r',
    body,
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:111122223333:q',
  });
  const topicMessage = (Message: string) => ({ Sns: { Type: 'Notification', MessageId: 'm', Message } });
  const queued = { Records: [queueMessage('1', sendRecord('a')), queueMessage('2', '{"eventType":')] };

  it('fails its SQS message without onReject, so that it remains in the queue', async () => {
    const { ids, result } = await read(queued);
    expect(ids).toEqual(['a']);
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  });

  it('is acknowledged once onReject has received it', async () => {
    const onReject = jest.fn();
    expect((await read(queued, { onReject })).result).toEqual({ batchItemFailures: [] });
    expect(onReject).toHaveBeenCalledTimes(1);
  });

  it('fails a function whose trigger expects no response, without onReject', async () => {
    const input = { Records: [topicMessage('no event')] };
    await expect(read(input)).rejects.toThrow(RejectedRecordError);
    expect((await read(input, { onReject: () => undefined })).result).toBeUndefined();
  });

  it('does not fail a batch for a skipped record', async () => {
    const input = { Records: [queueMessage('1', sendRecord('a'))] };
    expect((await read(input, { kinds: ['Bounce'] })).result).toEqual({ batchItemFailures: [] });
  });
});

describe('result() before all events were read', () => {
  const ids = ['1', '2', '3'];
  const notification = (key: string) => ({
    eventName: 'ObjectCreated:Put',
    s3: { bucket: { name: 'b' }, object: { key } },
  });
  const bodies: Readonly<Record<string, (id: string) => string>> = {
    events: sendRecord,
    'S3 notifications': (id) => JSON.stringify({ Records: [notification(`no-such-key-${id}`)] }),
  };
  const message = (messageId: string, body: string) => ({ messageId, receiptHandle: 'r', body });
  const queue = (body: (id: string) => string) => ({ Records: ids.map((id) => message(id, body(id))) });
  const failures = (...items: string[]) => ({
    batchItemFailures: items.map((itemIdentifier) => ({ itemIdentifier })),
  });

  /** Leaves the iteration at the event of the second message. */
  const exits: Readonly<Record<string, (trigger: ReturnType<typeof eventsFromTrigger>) => Promise<void>>> = {
    'after break': async (trigger) => {
      for await (const { event } of trigger) {
        if (event.eventType !== 'Unknown' && event.mail.messageId === '2') break;
      }
    },
    'after a caught throw': async (trigger) => {
      try {
        for await (const { event } of trigger) {
          if (event.eventType !== 'Unknown' && event.mail.messageId === '2') throw new Error('full');
        }
      } catch {
        // the function continues
      }
    },
  };

  it.each(Object.entries(bodies))('keeps all SQS messages with %s before the first', (_, body) => {
    expect(eventsFromTrigger(queue(body)).result()).toEqual(failures(...ids));
  });

  it.each(Object.entries(exits))('keeps the SQS message in hand and all later ones %s', async (_, leave) => {
    const trigger = eventsFromTrigger(queue(sendRecord));
    await leave(trigger);
    expect(trigger.result()).toEqual(failures('2', '3'));
  });

  it('keeps an SQS message of which one of two events was read', async () => {
    const trigger = eventsFromTrigger({
      Records: [message('1', `${sendRecord('1')}\n${sendRecord('2')}`), message('2', sendRecord('3'))],
    });
    await exits['after break']?.(trigger);
    expect(trigger.result()).toEqual(failures('1', '2'));
  });

  it('keeps the same SQS messages when the events are read twice', async () => {
    const trigger = eventsFromTrigger(queue(sendRecord));
    await exits['after break']?.(trigger);
    await exits['after break']?.(trigger);
    expect(trigger.result()).toEqual(failures('2', '3'));
  });

  it('keeps the SQS message whose reject made onReject throw', async () => {
    const input = { Records: [message('1', '{"eventType":'), message('2', sendRecord('2'))] };
    const onReject = () => {
      throw new Error('full');
    };
    const trigger = eventsFromTrigger(input, { onReject });
    await expect(trigger[Symbol.asyncIterator]().next()).rejects.toThrow('full');
    expect(trigger.result()).toEqual(failures('1', '2'));
  });

  const sns = (id: string) => ({
    Sns: { Type: 'Notification', TopicArn: 't', MessageId: id, Message: sendRecord(id) },
  });
  const others: Readonly<Record<string, object>> = {
    'SNS messages': { Records: ids.map(sns) },
    'a Firehose transformation': batch(...ids.map((id) => record(id, sendRecord(id)))),
    'an EventBridge event': {
      id: 'e',
      source: 'aws.ses',
      'detail-type': 'Email Sent',
      detail: JSON.parse(sendRecord('2')),
    },
  };
  const objects: Readonly<Record<string, object>> = {
    'an S3 notification': { Records: [notification('k')] },
    'an S3 notification of EventBridge': {
      source: 'aws.s3',
      'detail-type': 'Object Created',
      detail: { bucket: { name: 'b' }, object: { key: 'k' } },
    },
    'an S3 notification of SNS': {
      Records: [{ Sns: { MessageId: 'm', Message: JSON.stringify({ Records: [notification('k')] }) } }],
    },
  };

  it.each(Object.entries({ ...others, ...objects }))('throws before the first event of %s', (_, input) => {
    expect(() => eventsFromTrigger(input).result()).toThrow(
      /^result\(\) was called before all events were read: (\d) of \1 objects or records were not read to their end; let the for await loop end first/,
    );
  });

  describe.each(Object.entries(exits))('%s', (_, leave) => {
    it.each(Object.entries(others))('throws for %s', async (__, input) => {
      const trigger = eventsFromTrigger(input, { transform: (event: EmailEvent) => event });
      await leave(trigger);
      expect(() => trigger.result()).toThrow('result() was called before all events were read');
    });

    it('counts what remains', async () => {
      const trigger = eventsFromTrigger(others['SNS messages']);
      await leave(trigger);
      expect(() => trigger.result()).toThrow('2 of 3 objects or records were not read to their end');
    });
  });

  it.each(Object.entries(others))('does not throw after all events of %s', async (_, input) => {
    await expect(read(input)).resolves.toMatchObject({ counts: { rejects: 0 } });
  });

  it.each([[{ Records: [] }], [{ records: [] }]])('does not throw for the empty batch %j', (input) => {
    expect(eventsFromTrigger(input).result()).toBeUndefined();
  });
});
