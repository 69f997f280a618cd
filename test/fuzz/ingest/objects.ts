import fc from 'fast-check';
import { edited, edits } from '../lines/edits';
import { anyRecordText, eventText } from '../records';

/** How a long record comes to its length. */
type WideForm = keyof typeof wideForms;

/** A part of an object: bytes as they are, or a record of some length that need not be kept as a whole. */
type Part = Buffer | { form: WideForm; bytes: number };

const mail = (id: string, more: string) =>
  `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"${id}"${more}},"send":{}`;

const send = (id: string) => `${mail(id, '')}}`;

/** A text of so many characters, none at most. */
const filled = (characters: number) =>
  'abcdefgh01234567'.repeat(Math.ceil(Math.max(0, characters) / 16)).slice(0, Math.max(0, characters));

/** What brings a record to its length; each gives about so many bytes, of a record of its own for each id. */
const wideForms = {
  'a column': (id: string, bytes: number) =>
    `${mail(id, `,"commonHeaders":{"subject":"${filled(bytes - 140)}"}`)}}`,
  'a field without a column': (id: string, bytes: number) => `${mail(id, '')},"x":"${filled(bytes - 120)}"}`,
  'kept bytes': (id: string, bytes: number) =>
    `${mail(id, `,"commonHeaders":{"subject":"${filled(bytes - 150)}"}`)},"n":1E5}`,
  'kept escapes': (id: string, bytes: number) =>
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
  // As many records as the message has hundreds of bytes: what repeats the message for each grows by the square.
  'a Firehose error record of many': (id: string, bytes: number) => {
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
  'a Firehose batch of nothing': (id: string, bytes: number) =>
    `{"invocationId":"${id}","records":[${Array.from({ length: Math.max(1, (bytes - 40) / 2) }, () => 1).join(',')}]}`,
} as const;

/** Those that hold up to 4 MiB; the others take more for each byte. */
const longForms = Object.keys(wideForms).filter(
  (form) => form !== 'issues' && !form.includes(' of '),
) as WideForm[]; // Object.keys forgets them
const steepForms = (Object.keys(wideForms) as WideForm[]).filter((form) => !longForms.includes(form)); // as above

const largest = 4 * 1024 * 1024;

/** Lengths of all sizes, many of them where a row is as long as some buffer of the engine. */
const length = fc.oneof(
  fc.integer({ min: 1_000, max: 64_000 }),
  fc.integer({ min: 64_000, max: 1_000_000 }),
  fc.integer({ min: 1_000_000, max: largest }),
  fc
    .tuple(fc.constantFrom(1, 1.5, 2, 3, 4), fc.integer({ min: -2_000, max: 0 }))
    .map(([mebibytes, by]) => mebibytes * 1024 * 1024 + by),
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
      form: fc.constantFrom(...steepForms),
      bytes: fc.integer({ min: 100, max: 20_000 }),
    }),
  },
);

/** Objects of records of all sizes; not so many that one case takes all the time. */
const objects: fc.Arbitrary<Part[][]> = fc.oneof(
  fc.array(fc.array(part, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
  // The same again and again, as a producer of large records writes them.
  fc
    .record({
      form: fc.constantFrom(...longForms),
      bytes: length,
      records: fc.integer({ min: 2, max: 8 }),
    })
    .map(({ form, bytes, records }) => [Array.from({ length: records }, () => ({ form, bytes }))]),
);

/** The bytes of an object, a line for each part. */
function objectBytes(name: string, parts: readonly Part[]): Buffer {
  const lines = parts.flatMap((some, index) => [
    'form' in some ? Buffer.from(wideForms[some.form](`${name}-${index}`, some.bytes)) : some,
    Buffer.from('\n'),
  ]);
  return Buffer.concat(lines);
}

export { objectBytes, objects, type Part };
