import fc from 'fast-check';
import { maskedRecord } from '../../../consumer/archive/masking/mask-links';

const masked = (json: string) => maskedRecord(Buffer.from(json)).toString();

/** A character in some JSON spelling of it. */
const spelled = (character: string) => {
  const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
  return fc.constantFrom(JSON.stringify(character).slice(1, -1), `\\u${hex}`, `\\u${hex.toUpperCase()}`);
};
const spelledText = (text: string) =>
  fc
    .tuple(...[...text].flatMap((character) => character.split('').map(spelled)))
    .map((parts) => parts.join(''));
const anyText = (characters: string) =>
  fc.string({ unit: fc.constantFrom(...characters), maxLength: 8 }).chain(spelledText);
const space = fc.constantFrom('', ' ', '\n\t');

describe('masking the links of a record', () => {
  it.each([
    [
      '{"click":{"link":"https://a.example/x?token=1","ip":"::1"}}',
      '{"click":{"link":"https://a.example/x","ip":"::1"}}',
    ],
    ['{"link":"https://a.example/#top?x"}', '{"link":"https://a.example/"}'],
    ['{"link":"?x"}', '{"link":""}'],
    ['{"link":"a\\u003Fb"}', '{"link":"a"}'],
    ['{"link":"a\\u0023b"}', '{"link":"a"}'],
    ['{"link":"a\\\\u003fb"}', '{"link":"a\\\\u003fb"}'],
    ['{"link":"a\\"b?c\\"d"}', '{"link":"a\\"b"}'],
    ['{"\\u006cink" : "a?b"}', '{"\\u006cink" : "a"}'],
    ['{"link":"a?b","link":"c?d"}', '{"link":"a","link":"c"}'],
    ['{"attributes":{"feedback":"a?b"}}', '{"attributes":{"feedback":"a"}}'],
    ['{"link":"ä?b","note":"ü?"}', '{"link":"ä","note":"ü?"}'],
  ])('removes query and fragment: %s', (json, expected) => {
    expect(masked(json)).toBe(expected);
  });

  it.each([
    '{"link":"https://a.example/reset/token"}',
    '{"link":null,"url":"a?b"}',
    '{"link":["a?b"]}',
    '{"link":{"a":"b?c"}}',
    '{"note":"\\"link\\":\\"a?b\\""}',
    '{"x\\"link":"a?b"}',
    '{"subject":"Ready?","linkTags":{"a":["b?c"]}}',
  ])('returns the same bytes without one: %s', (json) => {
    const record = Buffer.from(json);
    expect(maskedRecord(record)).toBe(record);
  });

  it('leaves bytes that are not UTF-8 unchanged', () => {
    const bytes = (text: string) => Buffer.from(text, 'latin1');
    expect(maskedRecord(bytes('{"a":"\xff","link":"\xe9?\xfe","b":"\xc3?"}'))).toEqual(
      bytes('{"a":"\xff","link":"\xe9","b":"\xc3?"}'),
    );
  });

  it('keeps all other values, and the start of each link, in any spelling', () => {
    const link = fc.tuple(
      anyText('a/:"\\é😀'),
      fc.constantFrom('?', '#', '').chain(spelledText),
      anyText('b?#"\\é'),
    );
    const others = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.jsonValue(), { maxKeys: 3 });
    fc.assert(
      fc.property(link, spelledText('link'), space, others, ([start, mark, rest], key, blank, more) => {
        const { link: _link, feedback: _feedback, ...other } = more;
        const record = `{"other":${JSON.stringify(Object.entries(other))},"${key}"${blank}:${blank}"${start}${mark}${mark === '' ? '' : rest}","end":"?"}`;
        expect(JSON.parse(masked(record))).toEqual({ ...JSON.parse(record), link: JSON.parse(`"${start}"`) });
        expect(masked(masked(record))).toBe(masked(record));
      }),
    );
  });
});
