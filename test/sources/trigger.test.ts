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
    [null],
    [undefined],
    ['text'],
    [5],
    [{}],
    [{ Records: [] }],
    [{ Records: [null, 1, 'x'] }],
    [{ records: [null] }],
  ])('with unknown input (%j) is read to its end without a crash', async (input) => {
    const { ids, counts } = await read(input);
    expect(ids).toEqual([]);
    expect(counts.events).toBe(0);
  });

  it('filters like readEvents', async () => {
    const input = batch(record('1', sendRecord('a')));
    expect((await read(input, { kinds: ['Bounce'] })).ids).toEqual([]);
    expect((await read(input, { kinds: ['Send'] })).ids).toEqual(['a']);
  });
});
