import fc from 'fast-check';

/** A change to a line: removed characters, and a text at their place. */
interface Edit {
  /** The place, as a share of the line, or after a punctuation mark of JSON, by its number. */
  at: number | { mark: number };
  remove: number;
  piece: string;
}

/** Characters and texts with a meaning in JSON or for the line scanner. */
const pieces = [
  ...[
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '\t',
    '\n',
    '\r',
    '\0',
    '\u0001',
    '\u001e',
    '\u001f',
    '\u007f',
  ],
  ...['0', '-0', '-1', '1.5', '1.0', '1e3', '1E5', '1e400', '00', '9007199254740993', 'true', 'null', 'nul'],
  ...[
    '\\"',
    '\\n',
    '\\/',
    '\\u0041',
    '\\u0000',
    '\\ud800',
    '\\ud83d\\ude00',
    '\\u00e9',
    '\\x',
    'é',
    '漢',
    '😀',
  ],
  ...['""', '{}', '[]', '[[]]', '[null]', '"a",', '"a":', ',"a":1', ',"a":1,"a":2', '{"a":{}}', '"\\u0022"'],
  ...[',"__proto__":1', '"eventType":"Send",', '"eventType":"Open",', '"mail":{},', '"timestamp":"x",'],
  ...[
    '2026-02-30',
    '2026-03-04T05:06:07Z',
    'T24:00:00',
    '+02:00',
    '.1234567Z',
    '9999-12-31',
    '0000',
    '-',
    'z',
  ],
  ...['\u2028', '\uFEFF', '\u00a0', "'", '=', '@', '<', '%', '\ufffd'],
] as const;

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    at: fc.oneof(fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.record({ mark: fc.nat(400) })),
    remove: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(40)),
    piece: fc.oneof(fc.constantFrom(...pieces), fc.constant('')),
  }),
  { minLength: 1, maxLength: 3 },
);

function indexOf(text: string, at: Edit['at']): number {
  if (typeof at === 'number') return Math.floor(at * text.length);
  const marks = [...text.matchAll(/[":,[\]{}]/g)];
  return marks.length === 0 ? 0 : (marks[at.mark % marks.length]?.index ?? 0) + 1;
}

/** Returns a text with some edits. */
function edited(text: string, changes: readonly Edit[]): string {
  let result = text;
  for (const { at, remove, piece } of changes) {
    const index = indexOf(result, at);
    result = result.slice(0, index) + piece + result.slice(index + remove);
  }
  return result;
}

export { edited, edits };
