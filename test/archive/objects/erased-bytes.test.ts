import fc from 'fast-check';
import { runs } from '../../property-runs';
import { chunked, separator, spelledRecord } from '../../records/arbitrary';
import { address, envelopes, erased, pseudonym, send, time } from './person';

const others = ['a@o.example', 'b@o.example'];

/** Records that contain a text, of several people. Only the text changes in them. */
const forms: readonly ((text: string) => string)[] = [
  (text) => send('m1', [...others, text]),
  (text) => JSON.stringify(JSON.parse(send('m2', others, { source: text })), undefined, 2),
  (text) =>
    send('m3', others, { headers: [{ name: 'X', value: `n: ${text}; é 😀` }] }).replaceAll('m3', '\\u006d3'),
  (text) =>
    JSON.stringify({ eventType: 'Later', n: 1, mail: { timestamp: time, destination: others }, text }),
  (text) => send('m5', others, { source: `bounces+1-${text.replace('@', '=')}@shop.example` }),
  (text) =>
    send('m6', others, { link: `https://x.example/?e=${encodeURIComponent(encodeURIComponent(text))}` }),
  (text) => send('m7', others, { link: `https://x.example/u/${Buffer.from(text).toString('base64url')}/c` }),
  (text) => send('m8', others, { source: `x ${text.replace('@', '\\u0040')} y` }),
  (text) => send('m4', others, { link: `https://x.example/?e=${text}&f=1` }),
];

const wrapped = fc.constantFrom(...Object.values(envelopes));

/** A record with the text, or one without it. */
const part: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc.tuple(fc.constantFrom(...forms), wrapped).map(
    ([form, wrap]) =>
      (text: string) =>
        wrap(form(text)),
  ),
  fc.tuple(spelledRecord, wrapped).map(
    ([record, wrap]) =>
      () =>
        wrap(record),
  ),
  // Damage, and texts that are not records.
  fc.constantFrom(
    () => '{"eventType":"Send","mail":{"x":"cut\n',
    (text: string) => `\nINFO to ${text} done\n`,
    () => '\n0 }}',
  ),
);

const object = fc
  .array(fc.tuple(part, separator), { maxLength: 8 })
  .map((parts) => (text: string) => parts.map(([write, between]) => write(text) + between).join(''));

describe('an object with random records, framings and envelopes', () => {
  it('only changes in the spellings of the person', () => {
    fc.assert(
      fc.property(
        object.chain((write) => fc.tuple(fc.constant(write), chunked(Buffer.from(write(address))))),
        ([write, chunks]) => {
          expect(erased(chunks).text).toBe(write(pseudonym));
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('keeps every byte without the person', () => {
    fc.assert(
      fc.property(
        fc
          .uint8Array({ maxLength: 300 })
          .chain((bytes) =>
            object.chain((write) => chunked(Buffer.concat([Buffer.from(write('z@o.example')), bytes]))),
          ),
        (chunks) => {
          const { bytes, changes } = erased(chunks);
          expect(bytes.equals(Buffer.concat(chunks))).toBe(true);
          expect(changes).toEqual([]);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it('has the changed records at their places', () => {
    fc.assert(
      fc.property(object, (write) => {
        const before = Buffer.from(write(address));
        const { bytes, changes } = erased([before]);
        let moved = 0;
        for (const [offset, length, newLength] of changes) {
          const [old, now] = [before.subarray(offset, offset + length), bytes.subarray(offset + moved)];
          expect(erased([old]).bytes.equals(now.subarray(0, newLength))).toBe(true);
          moved += newLength - length;
        }
        expect(bytes.length).toBe(before.length + moved);
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('a record about the person alone', () => {
  const about = (person: string, subject: string | null) =>
    send('m1', [person], {
      commonHeaders: { subject },
      headers: [{ name: 'Subject', value: subject ?? '' }],
    });

  it.each(Object.entries(envelopes))('in %s loses its subject too', (_, wrap) => {
    const before = wrap(about(address, 'Your order 7'));
    const { text } = erased([Buffer.from(before)]);
    expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(JSON.parse(wrap(about(pseudonym, null)))));
  });

  it('in a batch keeps the same subject of another person', () => {
    const batch = (person: string, subject: string | null) => {
      const sns = (record: string) => ({
        Sns: { Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t', Message: record },
      });
      const other = send('m2', others, { commonHeaders: { subject: 'Your order 7' } });
      return JSON.stringify({ Records: [sns(other), sns(about(person, subject)), sns(other)] });
    };
    expect(erased([Buffer.from(batch(address, 'Your order 7'))]).text).toBe(batch(pseudonym, null));
  });

  it('between two lines of base64 keeps the lines of the others', () => {
    const lines = (person: string, subject: string | null) =>
      envelopes['a Firehose error']?.(
        [send('m1', others), about(person, subject), send('m2', others)].join('\n'),
      ) ?? '';
    expect(erased([Buffer.from(lines(address, 'x y'))]).text).toBe(lines(pseudonym, null));
  });
});

describe('records that are removed', () => {
  const mine = send('m1', [address]);
  const [one, two] = [send('m2', others), send('m3', [...others, address])];
  const left = two.replace(address, pseudonym);

  it.each([
    ['lines', `${one}\n${mine}\n${two}\n`, `${one}\n${left}\n`],
    ['lines with CR', `${mine}\r\n${one}\r\n`, `${one}\r\n`],
    ['the last line', `${one}\n${mine}`, `${one}\n`],
    ['all lines', `${mine}\n${mine}\n`, ''],
    ['no separator', `${one}${mine}${two}`, `${one}${left}`],
    ['a list', `[${mine},${one}]`, `[${one}]`],
    ['envelopes', `${envelopes['a Firehose error']?.(mine)}\n${one}\n`, `${one}\n`],
  ])('in %s are removed with their separator', (_, before, after) => {
    for (const size of [1, 7, before.length]) {
      const bytes = Buffer.from(before);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (__, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(erased(chunks, true).text).toBe(after);
    }
  });

  it('do not include an envelope with a record of others', () => {
    const both = envelopes['a Firehose error']?.(`${mine}\n${one}`) ?? '';
    const { text } = erased([Buffer.from(both)], true);
    const data = Buffer.from(JSON.parse(text).rawData, 'base64').toString();
    expect(data).toBe(`${mine.replace(address, pseudonym)}\n${one}\n`);
  });
});

describe('a piece that is too large to search', () => {
  it('is an error before it is returned', () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const chunks = [Buffer.from('{"a":"'), ...Array.from({ length: 20 }, () => chunk)];
    expect(() => erased(chunks)).toThrow('begins a record, or damaged text, of more than 16777216 bytes');
  });
});
