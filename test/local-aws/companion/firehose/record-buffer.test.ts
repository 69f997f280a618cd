import fc from 'fast-check';
import { type RecordBatch, RecordBuffer } from './record-buffer';

const arrival = (second: number) => new Date(second * 1000);

function buffer(sizeBytes: number, intervalMilliseconds = 60_000) {
  const batches: RecordBatch[] = [];
  const records = new RecordBuffer({ sizeBytes, intervalMilliseconds }, (batch) => batches.push(batch));
  const texts = () => batches.map((batch) => batch.records.map(({ bytes }) => bytes.toString()));
  return { batches, records, texts };
}

const record = (text: string, second = 0) => ({ bytes: Buffer.from(text), arrival: arrival(second) });

describe('RecordBuffer', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('completes a batch when it is full, with the time of the oldest record', () => {
    const { batches, records, texts } = buffer(4);
    records.add(record('ab', 1));
    records.add(record('c', 2));
    expect(batches).toEqual([]);
    records.add(record('defg', 3));
    records.add(record('h', 4));
    expect(texts()).toEqual([['ab', 'c', 'defg']]);
    expect(batches[0]?.arrival).toEqual(arrival(1));
    expect(records.length).toBe(1);
  });

  it('completes a batch an interval after its first record', () => {
    const { records, texts } = buffer(100, 60_000);
    records.add(record('a'));
    jest.advanceTimersByTime(59_999);
    records.add(record('b'));
    expect(texts()).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(texts()).toEqual([['a', 'b']]);
    records.add(record('c'));
    jest.advanceTimersByTime(59_999);
    expect(texts()).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(texts()).toEqual([['a', 'b'], ['c']]);
  });

  it('creates no empty batch', () => {
    const { records, texts } = buffer(4);
    jest.advanceTimersByTime(120_000);
    records.completeAll();
    expect(texts()).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('adds records that are delivered twice to the next batch, once', () => {
    const { records, texts } = buffer(100);
    records.add({ ...record('a'), isRepeated: true });
    records.add(record('b'));
    records.complete();
    expect(texts()).toEqual([['a', 'b']]);
    records.add(record('c'));
    records.completeAll();
    expect(texts()).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ]);
    expect(records.length).toBe(0);
  });

  it('repeats records even if one of them fills a batch', () => {
    const { records, texts } = buffer(1);
    records.add({ ...record('a'), isRepeated: true });
    expect(texts()).toEqual([['a'], ['a']]);
  });

  it('discards its records', () => {
    const { records, texts } = buffer(100);
    records.add(record('a'));
    records.stop();
    jest.advanceTimersByTime(120_000);
    records.completeAll();
    expect(texts()).toEqual([]);
  });

  it('puts each record into one batch, in order, whatever its size', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 })), fc.integer({ min: 1, max: 40 }), (texts, size) => {
        const { batches, records } = buffer(size);
        for (const text of texts) records.add(record(text));
        records.completeAll();
        expect(batches.flatMap((batch) => batch.records.map(({ bytes }) => bytes.toString()))).toEqual(texts);
        for (const { records: held } of batches) {
          const withoutLast = held.slice(0, -1).reduce((sum, { bytes }) => sum + bytes.length, 0);
          expect(withoutLast).toBeLessThan(size);
        }
      }),
    );
  });
});
