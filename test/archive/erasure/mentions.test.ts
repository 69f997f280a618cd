import fc from 'fast-check';
import { findInText } from '../../../consumer/archive/erasure/erase-text';
import { Mentions } from '../../../consumer/archive/erasure/mentions';
import { canonicalAddress } from '../../../consumer/archive/erasure/spellings/address';
import { addressHash, pseudonymOf } from '../../../consumer/archive/store/tombstones';
import { personAndEntries } from '../../fuzz/forget/entries';
import { person as anyPerson, type Person, pathSpellings, textSpellings } from '../../fuzz/forget/spellings';

const salt = 'salt';

function searchFor({ local, domain }: Person) {
  const address = canonicalAddress(local, domain);
  const hash = addressHash(salt, address);
  const pseudonym = pseudonymOf(hash);
  const mentions = new Mentions({ salt, people: [{ hash, pseudonym, removed: false }] });
  return {
    mayBeIn: (line: string | Buffer) => mentions.mayBeIn(Buffer.from(line), 0, Buffer.byteLength(line)),
    isIn: (line: string) =>
      findInText(line, (found) => (found === address ? pseudonym : undefined), { isJson: true }).length > 0,
    pseudonym,
  };
}

const ana = { local: 'ana', domain: 'example.com' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the search notices a person', () => {
  it.each([
    ['as it is', 'ana@example.com'],
    ['in capitals', 'Ana <ANA@example.com>'],
    ['before a dot', 'unknown: ana@example.com.'],
    ['in a bounce address', 'b+ana=example.com@shop.example'],
    ['by a forwarder', 'SRS0=ab=cd=example.com=ana@fwd.example'],
    ['in quotes', '"ana"@example.com'],
    ['percent-encoded', 'https://x.example/?e=ana%2540example.com'],
    ['escaped for JSON', '\\u0061na\\u0040example.com'],
    ['in an encoded word', `=?utf-8?B?${base64('to ana@example.com')}?=`],
    ['in base64', `id ${base64('ana@example.com')}`],
    ['in base64 after two characters', base64('1 ana@example.com')],
    ['in base64 after three characters', base64('1: ana@example.com')],
    ['in base64 in base64', base64(base64('ana@example.com'))],
    ['in base64 after the domain of another address', `x@y.${base64('<ana@example.com>')}`],
  ])('%s', (_, text) => {
    const { mayBeIn, isIn } = searchFor(ana);
    const line = JSON.stringify({ a: 'x', b: [text] });
    expect(isIn(line)).toBe(true);
    expect(mayBeIn(line)).toBe(true);
    expect(mayBeIn(line)).toBe(true); // nothing of it is remembered as untouched
  });

  it('when JSON escapes hide it from a search for its letters', () => {
    expect(searchFor(ana).mayBeIn('{"a":"\\u0061na\\u0040example.com"}')).toBe(true);
  });

  it('by the pseudonym, whose other values are erased', () => {
    const { mayBeIn, pseudonym } = searchFor(ana);
    expect(mayBeIn(JSON.stringify({ mail: { destination: [pseudonym] } }))).toBe(true);
  });

  it('by an address with a space as a recipient', () => {
    const { mayBeIn } = searchFor({ local: 'a b', domain: 'example.com' });
    expect(mayBeIn('{"mail":{"destination":["a b@example.com"]}}')).toBe(true);
  });
});

it.each([
  'joana@example.com',
  'Ana <ana@example.org>',
  'ana@example.com.au',
  'b+joana=example.com@shop.example',
  base64('joana@example.com'),
  'https://x.example/?e=jo%40example.com',
  '=?utf-8?Q?50%_off?= <news@shop.example>',
  '<0102018f3a5c7e21-4b0c6a1e-93d2-4c55-8a9b-1f2e3d4c5b6a-000000@eu-west-1.amazonses.com>',
  'multipart/alternative; boundary="----=_Part_12_3.4"',
])('a record about others does not need the exact search: %s', (text) => {
  const { mayBeIn } = searchFor(ana);
  const line = JSON.stringify({ a: text, b: 'x' });
  expect(mayBeIn(line)).toBe(false);
  expect(mayBeIn(line)).toBe(false);
});

it('every record in which the exact search finds a person needs that search', () => {
  fc.assert(
    fc.property(personAndEntries, ({ person, entries }) => {
      const { mayBeIn, isIn } = searchFor(person);
      for (const { line, isEvent } of entries) {
        if (isEvent && isIn(line.toString('utf8'))) expect(mayBeIn(line)).toBe(true);
      }
    }),
  );
});

it('every spelling, in any text and after each other one, is noticed', () => {
  const spelling = fc.constantFrom(...Object.values(textSpellings), ...Object.values(pathSpellings));
  const around = fc.string({ unit: 'binary', maxLength: 12 });
  fc.assert(
    fc.property(anyPerson, spelling, spelling, around, around, (person, one, other, before, after) => {
      const { mayBeIn, isIn } = searchFor(person);
      const neighbor = { local: `jo${person.local}`, domain: person.domain };
      for (const text of [one(person), one(neighbor), `${one(neighbor)} ${other(person)}`, other(neighbor)]) {
        const line = JSON.stringify({ a: before + text + after, [`${text}${before}`]: after });
        if (isIn(line)) expect(mayBeIn(line)).toBe(true);
      }
    }),
  );
});
