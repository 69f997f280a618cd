import fc from 'fast-check';
import type { Frame } from '../../consumer/records/frame';
import { Splitter } from '../../consumer/records/splitter';
import { runs } from '../property-runs';
import { chunked, separator, spelledRecord } from './arbitrary';

/** The parts of the bytes: offset, length, and the text of a record. */
type Piece = [offset: number, length: number, record: string | undefined];

function pieceOf(frame: Frame): Piece {
  if (frame.frame === 'bad') return [frame.offset, frame.length, undefined];
  const { offset, bytes, start, end } = frame;
  return [offset, end - start, bytes.toString('utf8', start, end)];
}

function split(chunks: readonly Buffer[]): { pieces: Piece[]; separatorBytes: number } {
  const splitter = new Splitter();
  const pieces: Piece[] = [];
  const take = (final: boolean) => {
    for (let frame = splitter.next(final); frame !== undefined; frame = splitter.next(final))
      pieces.push(pieceOf(frame));
  };
  for (const chunk of chunks) {
    splitter.push(chunk);
    take(false);
  }
  take(true);
  return { pieces, separatorBytes: splitter.separatorBytes };
}

/** A record as it was written, and after the damage. */
interface Written {
  /** Absent where the record was damaged. */
  untouched?: string;
  text: string;
}

const untouched: fc.Arbitrary<Written> = spelledRecord.map((text) => ({ untouched: text, text }));
const garbage = (...texts: string[]): fc.Arbitrary<Written> =>
  fc.constantFrom(...texts).map((text) => ({ text }));
const part = (of: (record: string, place: number) => string): fc.Arbitrary<Written> =>
  fc
    .tuple(spelledRecord, fc.double({ min: 0, max: 0.999, noNaN: true }))
    .map(([record, share]) => ({ text: of(record, Math.max(1, Math.floor(record.length * share))) }));
const text = garbage(
  'log: ',
  'a "quoted" line\n',
  '"',
  '\\',
  ':',
  '\u0000\u0000',
  'nul',
  'é',
  '1,2',
  '{}',
  '[{}]',
);

/**
 * Damage, by its effect on brackets. One input never has both openers and closers: together they can enclose a record
 * in a complete object, which is not damage by the grammar of JSON.
 */
const damages: [string, fc.Arbitrary<Written>][] = [
  [
    'that opens objects',
    fc.oneof(
      text,
      garbage('{', '{"', '{"a":', '{"a":[', '{"a":"', '{"a":"\\', '{\n', '{"eventType":"Send",\n'),
      part((record, place) => record.slice(0, place)),
    ),
  ],
  [
    'that closes objects',
    fc.oneof(
      text,
      garbage('}', '}}', ']}', '"}', '"}\n', '}\n\n}', 'x":1}}'),
      part((record, place) => record.slice(place)),
    ),
  ],
];

describe('records between damaged data', () => {
  it.each(damages)('are all read with damage between them %s', (_name, damage) => {
    const written = fc.oneof({ weight: 3, arbitrary: untouched }, { weight: 2, arbitrary: damage });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(written, separator), { maxLength: 10 }).chain((parts) => {
          const bytes = Buffer.from(parts.map(([{ text }, between]) => text + between).join(''));
          return fc.tuple(fc.constant(parts), fc.constant(bytes), chunked(bytes));
        }),
        ([parts, bytes, chunks]) => {
          const { pieces, separatorBytes } = split([bytes]);
          const found = pieces.map(([, , record]) => record);
          let from = 0;
          for (const [{ untouched }] of parts) {
            if (untouched === undefined) continue;
            const at = found.indexOf(untouched, from);
            expect(at).toBeGreaterThanOrEqual(from);
            from = at + 1;
          }
          expect(pieces.reduce((sum, [, length]) => sum + length, separatorBytes)).toBe(bytes.length);
          let end = 0;
          for (const [offset, length] of pieces) {
            expect(offset).toBeGreaterThanOrEqual(end);
            end = offset + length;
          }
          expect(split(chunks)).toEqual({ pieces, separatorBytes });
        },
      ),
      { numRuns: runs(3000) },
    );
  });
});
