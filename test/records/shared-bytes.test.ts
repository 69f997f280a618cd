import { ObjectReader } from '../../consumer/records/object-reader';
import type { RecordFilter } from '../../consumer/records/record-filter';
import type { LineTaker } from '../../consumer/records/splitter';
import { fixtures } from '../fixtures/load';

const lines = [...fixtures('bounce'), ...fixtures('legacy-bounce')].map(([, value]) => JSON.stringify(value));

/** Takes no line, as if each were unusual. */
const takesNothing: LineTaker = { take: () => false };

/** Reads the lines from a piece of memory that is overwritten afterwards, and returns the bytes of each outcome. */
function rawAfterReuse(filter: RecordFilter, lineTaker?: LineTaker): { shares: boolean; found: string[] } {
  const reader = new ObjectReader('object', filter, lineTaker);
  const piece = Buffer.from(`${lines.join('\n')}\n`);
  const outcomes = [...reader.push(piece)];
  const shares = reader.sharesBytes;
  piece.fill(' ');
  outcomes.push(...reader.end());
  return {
    shares,
    found: outcomes.map((found) => ('raw' in found ? Buffer.from(found.raw).toString() : '')),
  };
}

describe('the bytes of outcomes', () => {
  const expected = [...new ObjectReader('object').push(Buffer.from(`${lines.join('\n')}\n`))].map((found) =>
    'raw' in found ? Buffer.from(found.raw).toString() : '',
  );

  it.each<[string, RecordFilter, LineTaker | undefined]>([
    ['with a kind filter', { kinds: ['Bounce'] }, undefined],
    ['with a line taker', {}, takesNothing],
  ])('are their own %s, so that the piece can be used again', (_name, filter, lineTaker) => {
    const { shares, found } = rawAfterReuse(filter, lineTaker);
    expect(shares).toBe(false);
    expect(found).toEqual(expected);
    expect(found).toHaveLength(lines.length);
  });

  it('are in the piece otherwise, which the reader reports', () => {
    expect(rawAfterReuse({}).shares).toBe(true);
  });
});
