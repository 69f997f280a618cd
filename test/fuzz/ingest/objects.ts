import fc from 'fast-check';
import { edited, edits } from '../lines/edits';
import { anyRecordText, eventText } from '../records';

/** The field that makes a long record long. */
type LongRecordForm = keyof typeof longRecordForms;

/** A part of an object: bytes, or a generated record of a length, which keeps regression cases small. */
type Part = Buffer | { form: LongRecordForm; bytes: number };

const mail = (id: string, more: string) =>
  `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"${id}"${more}},"send":{}`;

const send = (id: string) => `${mail(id, '')}}`;

/** Returns a text with a number of characters; empty for negative numbers. */
const filled = (characters: number) =>
  'abcdefgh01234567'.repeat(Math.ceil(Math.max(0, characters) / 16)).slice(0, Math.max(0, characters));

/** Functions that return a record of about a number of bytes, different for each id. */
const longRecordForms = {
  'a column': (id: string, bytes: number) =>
    `${mail(id, `,"commonHeaders":{"subject":"${filled(bytes - 140)}"}`)}}`,
  'a field without a column': (id: string, bytes: number) => `${mail(id, '')},"x":"${filled(bytes - 120)}"}`,
  'stored bytes': (id: string, bytes: number) =>
    `${mail(id, `,"commonHeaders":{"subject":"${filled(bytes - 150)}"}`)},"n":1E5}`,
  'stored escapes': (id: string, bytes: number) =>
    `${mail(id, '')},"n":1E5,"x":"${'\\u0001'.repeat(Math.max(0, bytes - 140) / 6)}"}`,
  headers: (id: string, bytes: number) =>
    `${mail(id, `,"headers":[{"name":"X","value":"${filled(bytes - 160)}"}]`)}}`,
  'a foreign object': (id: string, bytes: number) => `{"id":"${id}","x":"${filled(bytes - 20)}"}`,
  text: (id: string, bytes: number) => `text ${id} ${filled(bytes - 20)}`,
  issues: (id: string, bytes: number) => {
    const recipients = Array.from({ length: Math.max(1, (bytes - 200) / 3) }, () => '{}').join(',');
    return `{"eventType":"Bounce","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"${id}"},"bounce":{"bounceType":"Permanent","bounceSubType":"General","timestamp":"2026-03-04T05:06:07.890Z","bouncedRecipients":[${recipients}]}}`;
  },
  'a Firehose error record': (id: string, bytes: number) => {
    const record = `${mail(id, `,"commonHeaders":{"subject":"${filled((bytes * 3) / 4 - 200)}"}`)},"n":1E5}`;
    return JSON.stringify({
      attemptsMade: 1,
      errorMessage: 'z',
      rawData: Buffer.from(record).toString('base64'),
    });
  },
  // The length of the message and the number of records both grow, so repeating the message would be quadratic.
  'a Firehose error record of many events': (id: string, bytes: number) => {
    const records = Array.from(
      { length: Math.ceil(bytes / 250) },
      (_, index) => `${send(`${id}-${index}`)}\n`,
    );
    return JSON.stringify({
      attemptsMade: 1,
      errorMessage: filled(bytes / 4),
      rawData: Buffer.from(records.join('')).toString('base64'),
    });
  },
  'a Firehose batch of empty entries': (id: string, bytes: number) =>
    `{"invocationId":"${id}","records":[${Array.from({ length: Math.max(1, (bytes - 40) / 2) }, () => 1).join(',')}]}`,
} as const;

/** The forms for records up to 4 MiB. The other forms cost more per byte. */
const longForms = Object.keys(longRecordForms).filter(
  (form) => form !== 'issues' && !form.includes(' of '),
) as LongRecordForm[]; // Object.keys returns strings
const costlyForms = (Object.keys(longRecordForms) as LongRecordForm[]).filter(
  (form) => !longForms.includes(form),
); // as above

const maxBytes = 4 * 1024 * 1024;

/** Lengths of all sizes, many of them close to sizes of buffers in the engine. */
const length = fc.oneof(
  fc.integer({ min: 1_000, max: 64_000 }),
  fc.integer({ min: 64_000, max: 1_000_000 }),
  fc.integer({ min: 1_000_000, max: maxBytes }),
  fc
    .tuple(fc.constantFrom(1, 1.5, 2, 3, 4), fc.integer({ min: -2_000, max: 0 }))
    .map(([mebibytes, offset]) => mebibytes * 1024 * 1024 + offset),
);

const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 4, arbitrary: anyRecordText.map((text) => Buffer.from(text)) },
  {
    weight: 3,
    arbitrary: fc.tuple(eventText, edits).map(([text, changes]) => Buffer.from(edited(text, changes))),
  },
  { weight: 3, arbitrary: fc.record({ form: fc.constantFrom(...longForms), bytes: length }) },
  {
    weight: 1,
    arbitrary: fc.record({
      form: fc.constantFrom(...costlyForms),
      bytes: fc.integer({ min: 100, max: 20_000 }),
    }),
  },
);

/** Objects with records of all sizes, limited so that one case does not take all the time. */
const objects: fc.Arbitrary<Part[][]> = fc.oneof(
  fc.array(fc.array(part, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
  // The same form several times, as from a producer of large records.
  fc
    .record({
      form: fc.constantFrom(...longForms),
      bytes: length,
      records: fc.integer({ min: 2, max: 8 }),
    })
    .map(({ form, bytes, records }) => [Array.from({ length: records }, () => ({ form, bytes }))]),
);

/** Returns the bytes of an object, with one line per part. */
function objectBytes(name: string, parts: readonly Part[]): Buffer {
  const lines = parts.flatMap((item, index) => [
    'form' in item ? Buffer.from(longRecordForms[item.form](`${name}-${index}`, item.bytes)) : item,
    Buffer.from('\n'),
  ]);
  return Buffer.concat(lines);
}

export { objectBytes, objects, type Part };
