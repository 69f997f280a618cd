import fc from 'fast-check';
import { sqlText } from '../../../consumer/archive/dialects/literals';
import { eraseText } from '../../../consumer/archive/erasure/erase-text';
import { Mentions } from '../../../consumer/archive/erasure/mentions';
import { personPattern } from '../../../consumer/archive/erasure/person-pattern';
import { canonicalAddress } from '../../../consumer/archive/erasure/spellings/address';
import { Database } from '../../../consumer/archive/store/database';
import { addressHash } from '../../../consumer/archive/store/tombstones';

const pseudonym = 'forgotten-0123456789ab@forgotten.invalid';
let database: Database;

beforeAll(async () => {
  database = await Database.create({});
});

afterAll(() => database.close());

/** Whether the erasure finds the address in a text. */
function isFound(text: string, local: string, domain: string): boolean {
  const address = canonicalAddress(local, domain);
  return eraseText(text, (found) => (found === address ? pseudonym : undefined)) !== text;
}

/** The texts that the SQL search excludes. */
async function ruledOut(texts: readonly string[], local: string, domain: string): Promise<string[]> {
  const rows = texts.map((text) => `(${sqlText(text)})`).join(', ');
  const found = await database.rows<{ spelled: string }>(
    `SELECT spelled FROM (VALUES ${rows}) AS t(spelled)
     WHERE NOT regexp_matches(spelled, ${sqlText(personPattern({ local, domain }, pseudonym))})`,
  );
  return found.map(({ spelled }) => spelled);
}

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const percentAll = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&');
const jsonAll = (text: string) =>
  [...Array(text.length).keys()]
    .map((unit) => `\\u${text.charCodeAt(unit).toString(16).padStart(4, '0')}`)
    .join('');
const quotedAll = (bytes: Uint8Array) =>
  [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
const quotedSome = (bytes: Uint8Array) =>
  [...bytes]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9@.%\\-]/.test(character) ? character : quotedAll(Uint8Array.of(byte));
    })
    .join('');
const halves = (text: string, at: number) => [
  Buffer.from(text).subarray(0, at),
  Buffer.from(text).subarray(at),
];
const words = (text: string, at: number, encode: (bytes: Uint8Array) => string, charset = 'utf-8') =>
  halves(text, at)
    .map((part) => `=?${charset}?${encode === base64 ? 'B' : 'q'}?${encode(part)}?=`)
    .join('\r\n ');

describe('the SQL search finds', () => {
  const address = 'ana.berg@example.com';
  it.each([
    ['an address split within an encoded word', words(address, 3, base64)],
    ['words split at the @', words(address, 8, base64)],
    ['words split behind the @', words(address, 9, base64)],
    ['encoded words that split the domain', words(address, 12, base64)],
    ['quoted words that split the address', words(address, 4, quotedSome)],
    ['quoted words of escapes only, split', words(address, 4, quotedAll)],
    ['words of both encodings, split', `=?utf-8?B?${base64('for ana.be')}?= =?utf-8?Q?rg@example.com?=`],
    ['a percent-encoded address in an encoded word', `=?utf-8?B?${base64('ana.berg%40example.com')}?=`],
    ['encoded words that split an escape', words('ana.berg%40example.com', 10, base64)],
    ['words in another charset', `=?utf-16le?B?${base64(Buffer.from(address, 'utf16le'))}?=`],
    ['base64 with the @ escaped for JSON', base64('{"a":"ana.berg\\u0040example.com"}')],
    ['base64 in which everything is escaped for JSON', base64(jsonAll(address))],
    ['base64 with the @ percent-encoded', base64('e=ana.berg%2540example.com')],
    ['base64 in which everything is percent-encoded', base64(percentAll(address))],
    ['base64 with percent signs whose digits are escaped', base64('ana.berg%%34%30example.com,%40')],
    ['base64 of a quoted local part', base64('"ana.berg"@example.com')],
    ['base64 of JSON in JSON', base64(JSON.stringify({ a: JSON.stringify('"ana.berg"@example.com') }))],
    ['base64 of an encoded word', base64(`x =?utf-8?Q?ana.berg=40example.com?=`)],
    ['base64 in base64', base64(`id ${base64(address)}`)],
    [
      'base64 in base64, percent-encoded between',
      base64(`?t=${base64(`${address}?>?`).replaceAll('/', '%2F')}&b=@`),
    ],
    ['base64 in base64, escaped within', base64(`id ${base64('ana.berg%40example.com')}`)],
    ['base64 in base64 in base64', base64(`1 ${base64(`id ${base64(address)}`)}`)],
    [
      'base64 in base64 in base64, escaped within',
      base64(`1 ${base64(`22 ${base64(percentAll(address))}%40`)}`),
    ],
    ['base64 with percent-encoded signs', `t=${encodeURIComponent(base64(`>>?>??${address}?>?>`))}`],
    ['base64 with each letter percent-encoded', percentAll(base64(address))],
    ['base64 split over quoted words', words(base64(address), 13, quotedSome)],
    ['base64 split over base64 words', words(base64(address), 14, base64)],
    ['a percent sign escaped for JSON', 'ana.berg\\u002540example.com'],
    ['a percent-encoded backslash', 'ana.berg%5Cu0040example.com'],
    ['an escape with escaped digits', 'ana.berg%%34%30example.com'],
    ['an escaped u', 'ana.berg\\\\\\u00750040example.com'],
    ['a quoted local part', '"an\\a.berg"@example.com'],
    ['a quoted local part within JSON in JSON', JSON.stringify(JSON.stringify('"ana.berg"@example.com'))],
    ['full-width letters in the domain', 'ana.berg@ｅｘａｍｐｌｅ.com'],
    ['full-width letters in the domain, percent-encoded', encodeURIComponent('ana.berg@ｅｘａｍｐｌｅ.com')],
    ['full-width letters in base64', base64('ana.berg@ｅｘａｍｐｌｅ.com')],
    ['an address of a forwarder', 'SRS0=ab=cd=example.com=ana.berg@fwd.example'],
    ['an address of a forwarder in base64', base64('SRS0=ab=cd=example.com=ana.berg@fwd.example')],
  ])('%s', async (_, text) => {
    expect(isFound(text, 'ana.berg', 'example.com')).toBe(true);
    expect(await ruledOut([text], 'ana.berg', 'example.com')).toEqual([]);
  });

  it.each([
    ['decomposed', 'josé.öz', 'josé.öz@example.com'.normalize('NFD')],
    ['decomposed, percent-encoded', 'josé.öz', encodeURIComponent('josé.öz@example.com'.normalize('NFD'))],
    ['decomposed, in base64', 'josé.öz', base64('josé.öz@example.com'.normalize('NFD'))],
    ['in capitals, for JSON', 'josé.öz', jsonAll('JOSÉ.ÖZ@EXAMPLE.COM')],
    ['composed, with a decomposed address', 'josé'.normalize('NFD'), base64('josé@example.com')],
    ['in a legacy charset', 'josé.öz', '=?iso-8859-1?q?jos=E9=2E=F6z@example.com?='],
    ['with the Kelvin sign', 'kim', '\u212aim@example.com'],
    ['with the Kelvin sign in base64', 'kim', base64('\u212aim@example.com')],
    ['without ASCII characters', '用户', base64('用户@example.com')],
    ['outside latin1, for JSON', 'łukasz', '\\u0142ukasz@example.com'],
    ['with a character outside latin1, for JSON', 'paweł.w', jsonAll('PAWEŁ.W@example.com')],
    ['of another script, for JSON', '用户', jsonAll('用户@example.com')],
  ])('a non-ASCII local part, %s', async (_, local, text) => {
    expect(isFound(text, local, 'example.com')).toBe(true);
    expect(await ruledOut([text], local, 'example.com')).toEqual([]);
  });

  it.each([
    ['as it is', '"a b"@example.com'],
    ['in angles, with a name', '"A B" <"a b"@example.com>'],
    ['in JSON', JSON.stringify({ to: '"a b"@example.com' })],
    ['in JSON in JSON', JSON.stringify(JSON.stringify({ to: '"a b"@example.com' }))],
    ['with a quoted pair', '"a\\ b"@example.com'],
    ['percent-encoded', encodeURIComponent('"a b"@example.com')],
    ['in base64', base64('"a b"@example.com')],
    ['in a quoted word', '=?utf-8?Q?=22a_b=22=40example.com?='],
  ])('a local part that requires quotes, %s', async (_, text) => {
    expect(isFound(text, 'a b', 'example.com')).toBe(true);
    expect(await ruledOut([text], 'a b', 'example.com')).toEqual([]);
  });

  it.each([
    ['in its ASCII form', 'ana@xn--bcher-kva.example'],
    ['in Unicode', 'ana@bücher.example'],
    ['decomposed', 'ana@bücher.example'.normalize('NFD')],
    ['in base64', base64('ana@BÜCHER.example')],
    ['with an ideographic full stop', 'ana@bücher。example'],
    ['with an ideographic full stop, percent-encoded', encodeURIComponent('ana@bücher。example')],
  ])('an international domain %s', async (_, text) => {
    for (const domain of ['bücher.example', 'xn--bcher-kva.example']) {
      expect(isFound(text, 'ana', domain)).toBe(true);
      expect(await ruledOut([text], 'ana', domain)).toEqual([]);
    }
  });
});

it('the SQL search excludes the texts of ordinary events, and the search for mentions some others', async () => {
  const texts = [
    '{"name":"MIME-Version","value":"1.0"},{"name":"Content-Type","value":"multipart/alternative; boundary=\\"----=_Part_12_3.4\\""}',
    '<0102018f3a5c7e21-4b0c6a1e-93d2-4c55-8a9b-1f2e3d4c5b6a-000000@eu-west-1.amazonses.com>',
    'https://shop.example/a?u=https%3A%2F%2Fshop.example%2Fb%3Fc%3D1%26d%3Dx%2520y&q=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36',
    `=?UTF-8?B?${base64('Ihre Woche: Töne und mehr')}?=`,
    '=?utf-8?Q?Gr=C3=B6=C3=9Fere_Auswahl_f=C3=BCr?= =?utf-8?Q?_den_Fr=C3=BChling:_50%_g=C3=BCnstiger?=',
    'someone.else@example.com, ana@elsewhere.example',
  ];
  expect(await ruledOut(texts, 'ana.berg', 'example.com')).toEqual(texts);
  const unusual = [
    words('Größere Auswahl für den Frühling, jetzt 50% günstiger: Töpfe', 24, base64),
    `https://shop.example/t/${base64url(JSON.stringify({ sub: '1234567890abcdef', email: 'jo@example.com', iat: 1516239022 }))}`,
  ];
  const hash = addressHash('salt', 'ana.berg@example.com');
  const mentions = new Mentions({ salt: 'salt', people: [{ hash, pseudonym, removed: false }] });
  for (const text of [...texts, ...unusual]) {
    const json = Buffer.from(JSON.stringify(text));
    expect(mentions.mayBeIn(json, 0, json.length)).toBe(false);
  }
});

type Step = (text: string, random: number) => string;

/** Encodings that are applied one after another. */
const steps: readonly Step[] = [
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.normalize('NFD'),
  (text) => text.normalize('NFC'),
  (text) => encodeURIComponent(text),
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => percentAll(text),
  (text, random) =>
    text.replace(/[a-z@]/g, (found, at) => ((at + random) % 3 === 0 ? percentAll(found) : found)),
  (text) => JSON.stringify({ a: text }),
  (text) => jsonAll(text),
  (text, random) =>
    text.replace(/[a-z@%=]/g, (found, at) => ((at + random) % 4 === 0 ? jsonAll(found) : found)),
  (text) => `=?utf-8?B?${base64(text)}?=`,
  (text) => `=?utf-8?Q?${quotedSome(Buffer.from(text))}?=`,
  (text, random) => words(text, 1 + (random % text.length), base64),
  (text, random) => words(text, 1 + (random % text.length), quotedSome),
  (text, random) => words(text, 1 + (random % text.length), quotedAll),
  (text, random) => base64(' '.repeat(random % 3) + text),
  (text, random) => base64url(`${'>?~'.slice(random % 3)}${text} x`),
  (text, random) => `${'abc'.slice(random % 4)} ${text}, ?`,
  (text, random) =>
    `https://x.example/u/${base64url(text)}${['/', '-', '_', '/confirm', '-9f8e7d'][random % 5]}`,
  (text, random) => `t${'/-_+'[random % 4]}${base64(text).replace(/=+$/, '')}/${base64(text)}`,
];
const spelled = fc.array(fc.tuple(fc.constantFrom(...steps), fc.nat({ max: 99 })), {
  minLength: 1,
  maxLength: 5,
});

it.each([
  ['ana.berg', 'example.com'],
  ["o'k+x_1", 'mail.example.co.uk'],
  ['josé', 'bücher.example'],
  ['a', 'b.cd'],
  ['łukasz', 'example.com'],
  ['用户', 'bücher。example'],
  ['a "b"', 'example.com'],
])('the SQL search finds every spelling of %s@%s that the erasure changes', async (local, domain) => {
  const texts = fc.sample(
    spelled.map((how) => {
      const written = /[ "]/.test(local) ? JSON.stringify(local) : local;
      const address = `${written}@${domain}`;
      return how.reduce((text, [step, random]) => (text.length < 1_500 ? step(text, random) : text), address);
    }),
    { numRuns: 1_500, seed: 7 },
  );
  const held = texts.filter((text) => isFound(text, local, domain));
  expect(held.length).toBeGreaterThan(500);
  expect(await ruledOut(held, local, domain)).toEqual([]);
});
