import { domainToASCII } from 'node:url';
import fc from 'fast-check';

/** An address, in two parts. */
interface Person {
  local: string;
  domain: string;
}

type Spelling = (person: Person) => string;

const plain: Spelling = ({ local, domain }) => `${local}@${domain}`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const everyByte = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&');
const capitals: Spelling = (person) =>
  [...plain(person)]
    .map((character, index) => (index % 2 === 0 ? character.toUpperCase() : character))
    .join('');
/** Escapes every character of a text for JSON. */
const escaped = (text: string) =>
  Array.from(text, (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
const quotedPrintable = (text: string) =>
  Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[a-zA-Z0-9.]/.test(character)
      ? character
      : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
const word = (text: string) => `=?UTF-8?B?${base64(text)}?=`;

/** Spellings of an address in an address field. */
const addressSpellings = {
  unchanged: plain,
  'in mixed case': capitals,
  'with an ASCII domain': ({ local, domain }: Person) => `${local}@${domainToASCII(domain)}`,
  quoted: ({ local, domain }: Person) => `"${local}"@${domain}`,
  'in a bounce address': ({ local, domain }: Person) => `bounces+12-${local}=${domain}@shop.test`,
  'in a forwarded address': ({ local, domain }: Person) => `SRS0=hAsH=tt=${domain}=${local}@forwarder.test`,
} as const satisfies Readonly<Record<string, Spelling>>;

/** Spellings of an address in a text. */
const textSpellings = {
  ...addressSpellings,
  'percent-encoded': (person: Person) => encodeURIComponent(plain(person)),
  'percent-encoded twice': (person: Person) => encodeURIComponent(encodeURIComponent(plain(person))),
  'percent-encoded byte by byte': (person: Person) => everyByte(plain(person)),
  'in mixed case, percent-encoded in lower case': (person: Person) =>
    encodeURIComponent(capitals(person)).replace(/%../g, (digits) => digits.toLowerCase()),
  'in a bounce address, percent-encoded': (person: Person) =>
    encodeURIComponent(addressSpellings['in a bounce address'](person)),
  'in angles': (person: Person) => `<${plain(person)}>`,
  'after a name': (person: Person) => `"Some One" <${plain(person)}>`,
  'in JSON': (person: Person) => JSON.stringify({ a: [plain(person)], b: 'x' }),
  'in JSON, escaped': (person: Person) => `{"a":"${escaped(plain(person))}"}`,
  'escaped for JSON': ({ local, domain }: Person) => `${local}\\u0040${domain}`,
  'escaped for JSON, completely': (person: Person) => escaped(plain(person)),
  'in an encoded word': (person: Person) => word(`to ${capitals(person)}`),
  'in a quoted word': (person: Person) => `=?utf-8?Q?${quotedPrintable(`to ${plain(person)}`)}?=`,
  'in two encoded words': (person: Person) => {
    const bytes = plain(person);
    const half = Math.ceil(bytes.length / 2);
    return `${word(bytes.slice(0, half))} ${word(bytes.slice(half))}`;
  },
  'in base64': (person: Person) => base64(plain(person)),
  'in base64 of a longer text': (person: Person) => base64(`{"email":"${plain(person)}","id":7}`),
  'in base64 of base64': (person: Person) => base64(`<${base64(plain(person))}>`),
} as const satisfies Readonly<Record<string, Spelling>>;

/** Spellings of an address in the path of a link. The rest of the path often contains base64 letters too. */
const pathSpellings = {
  'in base64 for links': (person: Person) => base64url(plain(person)),
  'in base64': (person: Person) => base64(plain(person)).replaceAll('+', '-').replaceAll('/', '_'),
  'in base64 of a longer text': (person: Person) => base64url(`u=${plain(person)}&x=1`),
  'in base64, twice': (person: Person) => `${base64url(plain(person))}/${base64url(capitals(person))}`,
} as const satisfies Readonly<Record<string, Spelling>>;

const letters = (characters: string, bounds: { minLength: number; maxLength: number }) =>
  fc.string({ unit: fc.constantFrom(...characters), ...bounds });

/** Starts and ends with a letter, so that adjacent text is never part of it. */
const local = fc
  .tuple(
    letters('abcxyz', { minLength: 2, maxLength: 3 }),
    fc.oneof(
      { weight: 4, arbitrary: letters("az09.+-_'", { minLength: 0, maxLength: 6 }) },
      { weight: 1, arbitrary: letters('łéñ', { minLength: 1, maxLength: 2 }) },
    ),
    letters('abcxyz', { minLength: 1, maxLength: 3 }),
  )
  .map((parts) => parts.join('').replaceAll(/\.+/g, '.'));

const label = letters('abcxyz0', { minLength: 2, maxLength: 6 });
const domain = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(label, fc.constantFrom('example', 'test', 'co.example')) },
  { weight: 1, arbitrary: fc.tuple(label, fc.constantFrom('bücher.example')) },
);

/** A person to erase. */
const person: fc.Arbitrary<Person> = fc
  .record({ local, domain: domain.map((labels) => labels.join('.')) })
  .map(({ local, domain }) => ({ local, domain }));

/** Other persons with a similar address, which must remain. */
const neighborOf = {
  'with letters before': ({ local, domain }: Person) => ({ local: `jo${local}`, domain }),
  'with a part before': ({ local, domain }: Person) => ({ local: `x.${local}`, domain }),
  'with a tag': ({ local, domain }: Person) => ({ local: `${local}+news`, domain }),
  'with letters after': ({ local, domain }: Person) => ({ local: `${local}na`, domain }),
  'in a longer domain': ({ local, domain }: Person) => ({ local, domain: `${domain}.au` }),
  'in a subdomain': ({ local, domain }: Person) => ({ local, domain: `mail.${domain}` }),
  'in a longer label': ({ local, domain }: Person) => ({ local, domain: `my${domain}` }),
} as const satisfies Readonly<Record<string, (person: Person) => Person>>;

export { addressSpellings, escaped, neighborOf, type Person, pathSpellings, person, plain, textSpellings };
