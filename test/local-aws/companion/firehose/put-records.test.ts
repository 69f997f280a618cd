import { checkRecords, FirehoseError, parsePutRecords } from './put-records';

const bytes = (length: number) => Buffer.alloc(length);
const mebibyte = 1024 * 1024;

describe('checkRecords', () => {
  const few = [bytes(1)];
  it.each<[what: string, streamName: string, records: readonly Buffer[], refused: string | undefined]>([
    ['one', 'mail', few, undefined],
    ['an empty record', 'mail', [bytes(0)], undefined],
    ['none', 'mail', [], 'ValidationException'],
    ['the maximum number of records', 'mail', Array<Buffer>(500).fill(bytes(1)), undefined],
    ['one more', 'mail', Array<Buffer>(501).fill(bytes(1)), 'ValidationException'],
    ['the longest record', 'mail', [bytes(1_024_000)], undefined],
    ['a record that is too long', 'mail', [bytes(1), bytes(1_024_001)], 'ValidationException'],
    ['4 MiB', 'mail', Array<Buffer>(8).fill(bytes(mebibyte / 2)), undefined],
    [
      'more than 4 MiB',
      'mail',
      [bytes(1), ...Array<Buffer>(8).fill(bytes(mebibyte / 2))],
      'InvalidArgumentException',
    ],
    ['a stream without a name', '', few, 'ValidationException'],
    ['a stream with the longest name', 'm'.repeat(64), few, undefined],
    ['a stream with a longer name', 'm'.repeat(65), few, 'ValidationException'],
    ['a stream with a space', 'a mail', few, 'ValidationException'],
  ])('%s', (_, streamName, records, refused) => {
    const check = () => checkRecords({ streamName, records });
    if (refused === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ name: refused }));
  });

  it('reports the number of the record that is too long, from 1', () => {
    expect(() => checkRecords({ streamName: 'mail', records: [bytes(1), bytes(1_024_001)] })).toThrow(
      "at 'records.2.member.data' failed to satisfy constraint: Member must have length less than or equal to 1024000",
    );
  });
});

describe('the body of a call', () => {
  const parse = (operation: 'PutRecord' | 'PutRecordBatch', body: unknown) =>
    parsePutRecords(operation, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

  it('contains one record, or several', () => {
    const expected = { streamName: 'mail', records: [Buffer.from('a\n')] };
    const record = { Data: 'YQo=' };
    expect(parse('PutRecord', { DeliveryStreamName: 'mail', Record: record })).toEqual(expected);
    expect(parse('PutRecordBatch', { DeliveryStreamName: 'mail', Records: [record] })).toEqual(expected);
  });

  it('can contain the longest allowed record', () => {
    const Data = Buffer.alloc(1_024_000, 'a').toString('base64');
    const { records } = parse('PutRecord', { DeliveryStreamName: 'mail', Record: { Data } });
    expect(records.map(({ length }) => length)).toEqual([1_024_000]);
  });

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no stream', { Records: [{ Data: 'YQo=' }] }],
    ['no records', { DeliveryStreamName: 'mail' }],
    ['the record of the other operation', { DeliveryStreamName: 'mail', Record: { Data: 'YQo=' } }],
    ['a number as data', { DeliveryStreamName: 'mail', Records: [{ Data: 1 }] }],
    ...['YQo', 'YQo=YQo=', 'Y-o_', 'YQ==\n', '{"a":1} '].map((Data): [string, unknown] => [
      `${JSON.stringify(Data)} as data`,
      { DeliveryStreamName: 'mail', Records: [{ Data }] },
    ]),
  ])('with %s is rejected', (_, body) => {
    expect(() => parse('PutRecordBatch', body)).toThrow(FirehoseError);
    expect(() => parse('PutRecordBatch', body)).toThrow(
      expect.objectContaining({ name: 'SerializationException' }),
    );
  });
});
