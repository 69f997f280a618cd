import fc from 'fast-check';

/** A small change of a line of SES: the part to change, and the replacements. */
interface Change {
  part: RegExp;
  replacements: readonly ((found: string) => string)[];
}

/** A placeholder for a byte that is not UTF-8. */
const badByte = '\uE000';

const texts = (...values: string[]) => values.map((text) => () => text);

/** Changes that result in JSON, or almost in JSON. A scanner without a parser could miss them. */
const changes: readonly Change[] = [
  {
    part: /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"/g,
    replacements: [
      ...['2026-02-29', '2026-02-30', '2024-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00'],
      ...['0000-01-01', '0999-12-31', '1000-01-01', '9999-12-31', '20260-1-01', '2026-1-001'],
    ]
      .map((date) => (found: string) => `"${date}${found.slice(11)}`)
      .concat(
        ['T24:00:00.000Z', 'T23:60:00.000Z', 'T23:59:60.000Z', 'T05:06:07.89Z', 'T05:06:07.8901Z']
          .concat(['T05:06:07Z', 'T05:06:07.890', 'T05:06:07.890+00:00', 'T05:06:07,890Z', ' 05:06:07.890Z'])
          .map((time) => (found: string) => `${found.slice(0, 11)}${time}"`),
      ),
  },
  // A repeated member, with the same value or another one.
  {
    part: /"[\w:-]+":(?:"[^"\\]*"|\["[^"\\]*"\]|\d+|true|false)/g,
    replacements: [
      (found) => `${found},${found}`,
      (found) => `${found},${found.replace(/:(?=["[\dtf])[^:]*$/, ':"x"')}`,
      (found) =>
        `${found},${found.replace(/^"(.)/, (_, first: string) => `"\\u00${first.charCodeAt(0).toString(16)}`)}`,
      (found) => `${found},"__proto__":1`,
      (found) => `${found},"7":["1"]`,
      (found) => found.replace(/:.*$/, ':null'),
      (found) => found.replace(/:.*$/, ':{}'),
    ],
  },
  {
    part: /(?<=[:,[])"[^"\\]*"(?=[,\]}])/g,
    replacements: texts(
      '""',
      '" "',
      '"é"',
      '"漢😀"',
      '"\\n"',
      '"\\u000a"',
      '"\\u00e9"',
      '"\\/"',
      '"\\ud800"',
      '"\u2028"',
      '"\uFEFFx"',
      '"\u007f"',
      '"\\u0000"',
      '"a\\u001fb"',
      `"${badByte}"`,
      '"\\""',
      '"a,b"',
      '1',
      'null',
      '[]',
    ),
  },
  {
    part: /\[[^[\]{}]*\]/g,
    replacements: [
      ...texts('[]', '[""]', '[null]', '["a","b"]', '["a\\",\\"b,"]', '"x"', '[["x"]]', '["x",1]'),
      (found) => found.replace(/^\[/, '["x",'),
    ],
  },
  {
    part: /(?<=:)(?:\d+|true|false)(?=[,}])/g,
    replacements: texts(
      '0',
      '-0',
      '-1',
      '1.0',
      '1.5',
      '1e3',
      '1E5',
      '01',
      '9007199254740991',
      '9007199254740993',
      '1e400',
      '"1"',
      'true',
      'false',
      'null',
    ),
  },
  {
    part: /"[\w:-]+"(?=:)/g,
    replacements: [
      ...texts('""', '"x"', '"__proto__"', '"7"', '"timestamp"', '"é"', `"${badByte}"`),
      (found) => `"${found.slice(1, -1)} "`,
      (found) => found.toLowerCase(),
    ],
  },
  {
    part: /[,:{}[\]]/g,
    replacements: [(found) => ` ${found}`, (found) => `${found} `, (found) => found + found, () => ''],
  },
];

type Changed = (text: string) => string;

/** A change to one part of a line. */
const change: fc.Arbitrary<Changed> = fc
  .record({ kind: fc.constantFrom(...changes), place: fc.nat(200), other: fc.nat(60) })
  .map(({ kind: { part, replacements }, place, other }) => (text) => {
    const places = [...text.matchAll(part)];
    const selected = places[place % Math.max(1, places.length)];
    if (selected === undefined) return text;
    const replaced = replacements[other % replacements.length]?.(selected[0]) ?? '';
    return text.slice(0, selected.index) + replaced + text.slice(selected.index + selected[0].length);
  });

/** Returns a line with some changes. */
const changedLine = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.array(change, { minLength: 1, maxLength: 2 }))
    .map(([line, applied]) => applied.reduce((changed, apply) => apply(changed), line));

/** Returns the bytes of a text, with bytes that are not UTF-8. */
function bytesOf(text: string): Buffer {
  const parts = text.split(badByte).flatMap((part) => [Buffer.from([0xff]), Buffer.from(part)]);
  return Buffer.concat(parts.slice(1));
}

export { bytesOf, changedLine };
