import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Frame } from '../../consumer/records/frame';
import { Splitter } from '../../consumer/records/splitter';
import { runs } from '../property-runs';
import { chunked, separator, spelledRecord } from './arbitrary';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

interface Piece {
  frame: 'record' | 'bad';
  offset: number;
  length: number;
  text: string;
}

interface Split {
  pieces: Piece[];
  separatorBytes: number;
}

function piece(frame: Frame): Piece {
  if (frame.frame === 'bad') {
    return { frame: 'bad', offset: frame.offset, length: frame.length, text: frame.kept.toString('utf8') };
  }
  const text = frame.bytes.toString('utf8', frame.start, frame.end);
  expect(frame.value).toEqual(JSON.parse(text));
  return { frame: 'record', offset: frame.offset, length: frame.end - frame.start, text };
}

function split(chunks: readonly Buffer[], limits = {}): Split {
  const splitter = new Splitter({ limits });
  const pieces: Piece[] = [];
  const take = (final: boolean) => {
    for (let frame = splitter.next(final); frame !== undefined; frame = splitter.next(final))
      pieces.push(piece(frame));
  };
  for (const chunk of chunks) {
    splitter.push(chunk);
    take(false);
  }
  take(true);
  return { pieces, separatorBytes: splitter.separatorBytes };
}

function splitText(text: string, limits = {}): Split {
  return split([Buffer.from(text)], limits);
}

const texts = ({ pieces }: Split, frame: Piece['frame']) =>
  pieces.filter((each) => each.frame === frame).map((each) => each.text);

/** Records joined by separators, with their offsets. */
const joined = fc
  .array(fc.tuple(spelledRecord, separator), { maxLength: 8 })
  .chain((parts) => fc.tuple(fc.constant(parts), separator))
  .map(([parts, first]) => {
    let text = first;
    const records = parts.map(([record, after]) => {
      const offset = Buffer.byteLength(text);
      text += record + after;
      return { text: record, offset };
    });
    return { bytes: Buffer.from(text), records };
  });

describe('the splitter', () => {
  it('returns the same records with the same offsets for any separators and chunks', () => {
    fc.assert(
      fc.property(
        joined.chain(({ bytes, records }) => fc.tuple(fc.constant({ bytes, records }), chunked(bytes))),
        ([{ bytes, records }, chunks]) => {
          const result = split(chunks);
          expect(result.pieces.map(({ text, offset }) => ({ text, offset }))).toEqual(records);
          expect(texts(result, 'bad')).toEqual([]);
          const recordBytes = result.pieces.reduce((sum, { length }) => sum + length, 0);
          expect(recordBytes + result.separatorBytes).toBe(bytes.length);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('loses no neighbor of a truncated record', () => {
    const lineSeparator = fc.constantFrom('\n', '\r\n', '\n\n', ',\n');
    fc.assert(
      fc.property(
        fc.tuple(
          fc.array(spelledRecord, { minLength: 1, maxLength: 4 }),
          spelledRecord,
          fc.array(spelledRecord, { minLength: 1, maxLength: 4 }),
          lineSeparator,
          fc.double({ min: 0, max: 0.999, noNaN: true }),
        ),
        ([before, damaged, after, between, share]) => {
          const cut = damaged.slice(0, Math.max(1, Math.floor(damaged.length * share)));
          const text = [...before, cut, ...after].map((record) => record + between).join('');
          const found = texts(splitText(text), 'record');
          expect(found.slice(0, before.length)).toEqual(before);
          expect(found.slice(-after.length)).toEqual(after);
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  it('loses no neighbor of a truncated record at the end', () => {
    fc.assert(
      fc.property(
        fc.tuple(spelledRecord, spelledRecord, spelledRecord, fc.double({ min: 0, max: 0.999, noNaN: true })),
        ([before, damaged, after, share]) => {
          const cut = damaged.slice(0, Math.max(1, Math.floor(damaged.length * share)));
          const found = texts(splitText(before + cut + after), 'record');
          expect(found[0]).toBe(before);
          expect(found.at(-1)).toBe(after);
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  it('accounts for every byte of arbitrary input, with the same result for any chunks', () => {
    const shard = fc.oneof(
      spelledRecord,
      separator,
      fc.constantFrom(
        '{',
        '}',
        '"',
        '[',
        ']',
        '{"a":',
        '{"a":{"b":',
        'text',
        '\\',
        '\u0000',
        ':',
        'tru',
        '{"a":1}',
        '"}\n',
        '{\n',
        '\n{',
      ),
      spelledRecord.map((record) => record.slice(0, record.length / 2)),
    );
    fc.assert(
      fc.property(
        fc
          .array(shard, { maxLength: 12 })
          .map((shards) => Buffer.from(shards.join('')))
          .chain((bytes) => fc.tuple(fc.constant(bytes), chunked(bytes))),
        ([bytes, chunks]) => {
          const whole = split([bytes]);
          const length = whole.pieces.reduce((sum, each) => sum + each.length, 0);
          expect(length + whole.separatorBytes).toBe(bytes.length);
          expect(split(chunks)).toEqual(whole);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it('accounts for every byte with small limits', () => {
    const shard = fc.oneof(
      spelledRecord,
      separator,
      fc.constantFrom('{', '{"a":[[[[[1]]]]]}', '\n'),
      fc.constant('x'.repeat(90)),
    );
    fc.assert(
      fc.property(
        fc
          .array(shard, { maxLength: 10 })
          .map((shards) => Buffer.from(shards.join('')))
          .chain((bytes) => fc.tuple(fc.constant(bytes), chunked(bytes))),
        ([bytes, chunks]) => {
          const limits = { maxRecordBytes: 160, maxDepth: 5, maxKeptBytes: 64 };
          const whole = split([bytes], limits);
          const length = whole.pieces.reduce((sum, each) => sum + each.length, 0);
          expect(length + whole.separatorBytes).toBe(bytes.length);
          expect(split(chunks, limits)).toEqual(whole);
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  const record = (name: string) => `{"eventType":"Send","mail":{"messageId":"${name}"},"send":{}}`;
  const [a, b, c] = [record('a'), record('b'), record('c')];

  it.each([
    ['a line feed in a string', `${a}\n{"eventType":"Send","mail":{"messageId":"x\n${b}\n${c}\n`],
    ['a brace at the start of a line instead of a key', `${a}\n{"eventType":"Send",\n${b}\n${c}\n`],
    ['a neighbor instead of a value', `${a}\n{"eventType":"Send","mail":\n${b}\n${c}\n`],
    ['a neighbor in a list', `${a}\n{"mail":{"destination":[\n${b}\n${c}\n`],
    ['a truncated record without a line end', `${a}{"eventType":"Send","mail":{"messageId":"x${b}${c}`],
    ['an invalid token', `${a}{"eventType":nul}${b}${c}`],
    ['a stray closing brace', `${a}}${b}\n${c}`],
    ['text before a record on its line', `${a}\nlog: ${b}\n${c}`],
    ['a truncated record at the end of an array', `[${a},\n{"mail":{"destination":["x",\n${b},\n${c}]`],
    ['an unescaped tab in a string', `${a}\n{"x":"\t"}${b}\n${c}`],
  ])('has one reject for %s and keeps the neighbors', (_name, text) => {
    const result = splitText(text);
    expect(texts(result, 'record')).toEqual(text.startsWith(a) || text.startsWith('[') ? [a, b, c] : []);
    expect(texts(result, 'bad')).toHaveLength(1);
  });

  const pretty = (text: string) => JSON.stringify(JSON.parse(text), undefined, 2);

  it.each([
    ['text before a record over several lines', `log: ${pretty(a)}\n${b}`, [pretty(a), b]],
    [
      'a truncated record before adjacent records over several lines',
      `"mail": {\n  "x": 1\n}}${pretty(a)}${pretty(b)}`,
      [pretty(a), pretty(b)],
    ],
    [
      'a stray closing brace before adjacent records over several lines',
      `${pretty(a)}}${pretty(b)}${pretty(c)}`,
      [pretty(a), pretty(b), pretty(c)],
    ],
    ['text before a truncated record over several lines', `log: {"eventType":"Send",\n${b}\n${c}`, [b, c]],
    ['text before a brace that encloses the next line', `log: {"a":\n${b}\n}\n${c}`, [b, c]],
  ])('continues at the next complete record, also across lines: %s', (_name, text, records) => {
    expect(texts(splitText(text), 'record')).toEqual(records);
  });

  it('rejects one stray byte among a thousand adjacent records over several lines', () => {
    const records = Array.from({ length: 1000 }, (_, index) => pretty(record(`${index}`)));
    const [first, ...others] = records;
    const { pieces } = splitText(`${first}}${others.join('')}`);
    expect(pieces.filter(({ frame }) => frame === 'record').map(({ text }) => text)).toEqual(records);
    expect(pieces.filter(({ frame }) => frame === 'bad').map(({ text }) => text)).toEqual(['}']);
  });

  it('rejects a record over the limit with its full length and its first bytes', () => {
    const large = `{"text":"${'x'.repeat(5 * 1024 * 1024)}"}`;
    const { pieces } = splitText(`${a}\n${large}\n${b}\n`);
    expect(pieces.map(({ frame, length }) => [frame, length])).toEqual([
      ['record', a.length],
      ['bad', large.length],
      ['record', b.length],
    ]);
    expect(pieces[1]?.text).toBe(large.slice(0, 64 * 1024));
  });

  it.each([
    ['closed', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['open', '{"a":'.repeat(100_000)],
    ['of lists', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('rejects a record of 100,000 levels as one reject (%s)', (_name, deep) => {
    const { pieces } = splitText(`${a}\n${deep}\n${b}\n`);
    expect(pieces.map(({ frame, length }) => [frame, length])).toEqual([
      ['record', a.length],
      ['bad', deep.length],
      ['record', b.length],
    ]);
  });

  it('keeps the neighbor of a truncated record that nests up to the limit', () => {
    const { pieces } = splitText(`${'{"a":'.repeat(511)}\n${a}\n${b}\n`);
    expect(pieces.map(({ frame }) => frame)).toEqual(['bad', 'record', 'record']);
  });

  it('uses the default for an undefined limit', () => {
    const large = `{"text":"${'x'.repeat(5 * 1024 * 1024)}"}`;
    expect(texts(splitText(large, { maxRecordBytes: undefined }), 'record')).toEqual([]);
  });

  it('buffers only a few chunks of a stream without records', () => {
    const splitter = new Splitter();
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 300; i++) {
      splitter.push(chunk);
      expect(splitter.next()).toBeUndefined();
    }
    // The first collection can leave buffers that a later one frees.
    for (let i = 0; i < 3; i++) collectGarbage();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
    const frame = splitter.next(true);
    expect(frame).toMatchObject({ frame: 'bad', fault: 'not-json', length: 300 * 1024 * 1024 });
  });
});
