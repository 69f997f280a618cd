import fc from 'fast-check';
import { eraseText } from '../../../../consumer/archive/erasure/erase-text';
import { canonicalAddress } from '../../../../consumer/archive/erasure/spellings/address';
import { addressHash, Forgotten, pseudonymOf } from '../../../../consumer/archive/store/tombstones';

const salt = 'salt';

function forgetting(address: string) {
  const hash = addressHash(salt, address);
  const pseudonym = pseudonymOf(hash);
  const forgotten = new Forgotten({ salt, people: [{ hash, pseudonym, removed: false }] });
  return { pseudonym, erase: (text: string) => eraseText(text, (found) => forgotten.find(found)?.pseudonym) };
}

const letters = (characters: string, bounds: { minLength: number; maxLength: number }) =>
  fc.string({ unit: fc.constantFrom(...characters), ...bounds });

/** A part that starts and ends with a letter, so that text beside an address is never part of it. */
const local = fc
  .tuple(
    letters('abcxyz', { minLength: 1, maxLength: 3 }),
    letters("az09.+-_'", { minLength: 0, maxLength: 6 }),
    letters('abcxyz', { minLength: 1, maxLength: 3 }),
  )
  .map((parts) => parts.join('').replaceAll(/\.+/g, '.'));
const name = letters('abcxyz0', { minLength: 2, maxLength: 6 });
const domain = fc
  .tuple(name, name, fc.constantFrom('com', 'example', 'co.uk'))
  .map((labels) => labels.join('.'));

type Spelling = (local: string, domain: string) => string;

const percent = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&');
const upperEverySecond = (text: string) =>
  [...text].map((character, index) => (index % 2 === 0 ? character.toUpperCase() : character)).join('');
const base64 = (text: string) => Buffer.from(text).toString('base64');

const spellings: Readonly<Record<string, Spelling>> = {
  'as is': (l, d) => `${l}@${d}`,
  'in other letters': (l, d) => upperEverySecond(`${l}@${d}`),
  'percent-encoded': (l, d) => encodeURIComponent(`${l}@${d}`),
  'percent-encoded twice': (l, d) => encodeURIComponent(encodeURIComponent(`${l}@${d}`)),
  'percent-encoded letter by letter': (l, d) => percent(`${l}@${d}`),
  'in other letters, percent-encoded in small digits': (l, d) =>
    encodeURIComponent(upperEverySecond(`${l}@${d}`)).replace(/%../g, (digits) => digits.toLowerCase()),
  'in a bounce address': (l, d) => `bounces+12-${l}=${d}@shop.test`,
  'in a bounce address, percent-encoded': (l, d) => encodeURIComponent(`bounces+${l}=${d}@shop.test`),
  'in angles': (l, d) => `<${l}@${d}>`,
  'with a name': (l, d) => `"Some One" <${l}@${d}>`,
  'in JSON': (l, d) => JSON.stringify({ a: [`${l}@${d}`], b: 'x' }),
  'in JSON, escaped': (l, d) =>
    `{"a":"${l.slice(0, -1)}${`\\u00${l.slice(-1).charCodeAt(0).toString(16)}`}\\u0040${d}"}`,
  'in an encoded word': (l, d) => `=?utf-8?B?${base64(`to ${upperEverySecond(l)}@${d}`)}?=`,
  'in a quoted word': (l, d) =>
    `=?utf-8?Q?${`to_${l.replaceAll('+', '=2B').replaceAll('_', '=5F')}`}=40${d}?=`,
  'in base64': (l, d) => base64(`<${upperEverySecond(`${l}@${d}`)}>`),
  'in base64 with more around': (l, d) => base64(`{"email":"${l}@${d}","id":7}`),
};

/** Texts around an address that cannot be part of one. */
const before = fc.constantFrom(
  '',
  ' ',
  'to: ',
  'https://x.test/?e=',
  '; ',
  '550 5.1.1 ',
  'ünïcode ',
  '\n',
  '(',
  '[',
);
const after = fc.constantFrom('', ' ', '&x=1', '; later', ' ünïcode', '\n', ')', ']', ', ', '>');

/** A text after its encodings are decoded. */
function readings(text: string): string {
  const undo = (encoded: string): string => {
    const plain = encoded
      .replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
      .replace(/\\u00([\da-f]{2})/gi, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)))
      .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, word) =>
        word.replace(/=([\dA-F]{2})/gi, (_: string, digits: string) =>
          String.fromCharCode(Number.parseInt(digits, 16)),
        ),
      );
    return plain === encoded ? plain : `${plain}\n${undo(plain)}`;
  };
  const decoded = [...text.matchAll(/[A-Za-z0-9+/]{7,}={0,2}/g)].map(([run]) =>
    Buffer.from(run, 'base64').toString(),
  );
  return [text, ...decoded].map(undo).join('\n').toLowerCase();
}

describe('no spelling remains', () => {
  it.each(Object.entries(spellings))('%s', (_, spell) => {
    fc.assert(
      fc.property(local, domain, before, after, (l, d, prefix, suffix) => {
        const address = canonicalAddress(l, d);
        const { erase, pseudonym } = forgetting(address);
        const text = `${prefix}${spell(l, d)}${suffix}`;
        const erased = erase(text);
        expect(readings(text)).toContain(l.toLowerCase());
        expect(readings(erased)).toContain(pseudonym.split('@')[0]);
        expect(readings(erased)).not.toContain(address);
        expect(readings(erased)).not.toContain(address.replace('@', '='));
        expect(erase(erased)).toBe(erased);
      }),
    );
  });
});

describe('other text is unchanged', () => {
  it('in a text without the person', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.string().map(base64),
      fc.webUrl({ withQueryParameters: true }),
    );
    fc.assert(
      fc.property(text, local, domain, (other, l, d) => {
        expect(forgetting(canonicalAddress(l, d)).erase(other)).toBe(other);
      }),
    );
  });

  it.each(Object.entries(spellings))('where a longer address is spelled: %s', (_, spell) => {
    fc.assert(
      fc.property(
        local,
        domain,
        fc.constantFrom('jo', 'x.', '0'),
        fc.constantFrom('', '.au'),
        (l, d, more, end) => {
          const text = spell(more + l, d + end);
          expect(forgetting(canonicalAddress(l, d)).erase(text)).toBe(text);
        },
      ),
    );
  });

  it('around the person', () => {
    fc.assert(
      fc.property(local, domain, before, after, (l, d, prefix, suffix) => {
        const { erase, pseudonym } = forgetting(canonicalAddress(l, d));
        expect(erase(`${prefix}${l}@${d}${suffix}`)).toBe(`${prefix}${pseudonym}${suffix}`);
      }),
    );
  });
});
