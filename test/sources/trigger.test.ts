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
