import { eraseText } from '../../../consumer/archive/erasure/erase-text';
import { canonicalAddress } from '../../../consumer/archive/erasure/spellings/address';
import { addressHash, Forgotten, pseudonymOf } from '../../../consumer/archive/store/tombstones';

const salt = 'salt';
const pseudonymFor = (address: string) => pseudonymOf(addressHash(salt, address));

/** Erases people by their tombstones only, like an ingest. */
function forgetting(...addresses: string[]) {
  const people = addresses.map((address) => {
    const hash = addressHash(salt, address);
    return { hash, pseudonym: pseudonymOf(hash), removed: false };
  });
  const forgotten = new Forgotten({ salt, people });
  return (text: string, isProse = false) =>
    eraseText(text, (address) => forgotten.find(address)?.pseudonym, { isProse });
}

const erase = forgetting('ana@example.com');
const ana = pseudonymFor('ana@example.com');
const spelled = (separator: string) => ana.replace('@', separator);
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');

describe('a person becomes a pseudonym', () => {
  it.each([
    ['as is', 'ana@example.com', ana],
    ['in any letter case', 'ANA@Example.COM', ana],
    ['at the end of a sentence', 'No such user ana@example.com.', `No such user ${ana}.`],
    ['before dots', '550 5.1.1 ana@example.com... User unknown', `550 5.1.1 ${ana}... User unknown`],
    ['in angles', '550 <ana@example.com>: unknown', `550 <${ana}>: unknown`],
    ['in quotes', "550 'ana@example.com' unknown", `550 '${ana}' unknown`],
    ['in an rfc822 field', 'rfc822;ana@example.com', `rfc822;${ana}`],
    ['with a quoted local part', '"ana"@example.com', ana],
    ['in a mailto link', 'mailto:ana@example.com?subject=x', `mailto:${ana}?subject=x`],
    ['in a query', 'https://x.example/u?to=ana@example.com&a=1', `https://x.example/u?to=${ana}&a=1`],
    ['in a path', 'https://x.example/u/ana@example.com/1', `https://x.example/u/${ana}/1`],
    ['percent-encoded', 'https://x.example/?e=ana%40example.com', `https://x.example/?e=${spelled('%40')}`],
    [
      'percent-encoded twice',
      'https://x.example/?e=ana%2540example.com&b',
      `https://x.example/?e=${spelled('%2540')}&b`,
    ],
    ['percent-encoded in part', '%3Cana%40example%2ecom%3E', `%3C${spelled('%40')}%3E`],
    ['percent-encoded letter by letter', '%61n%41%40%65xample.com', spelled('%40')],
    ['escaped for JSON', '\\u0061na\\u0040example.com\\n', `${spelled('\\u0040')}\\n`],
    ['after an escaped line end', 'x\\nana@example.com', `x\\n${ana}`],
    [
      'within a bounce address',
      'bounces+12-ana=example.com@shop.example',
      `bounces+12-${spelled('=')}@shop.example`,
    ],
    [
      'within a bounce address that ends with a number',
      'b-ana=example.com-77@shop.example',
      `b-${spelled('=')}-77@shop.example`,
    ],
    [
      'within a bounce address, percent-encoded',
      'b+ana%3Dexample.com%40shop.example',
      `b+${spelled('%3D')}%40shop.example`,
    ],
    ['in the percent form of relays', 'ana%example.com@relay.example', `${spelled('%')}@relay.example`],
    [
      'in an address of a forwarder',
      'SRS0=ab=cd=example.com=ana@fwd.example',
      `SRS0=ab=cd=${ana.split('@').reverse().join('=')}@fwd.example`,
    ],
    ['in a signed sender', 'prvs=0123abc=ana@example.com', `prvs=0123abc=${ana}`],
    ['with a display name', 'Ana Berg <ana@example.com>', ana],
    ['with a quoted display name', '"Berg, Ana" <ana@example.com>', ana],
    ['as a pseudonym with a display name', `Ana Berg <${ana}>`, ana],
    ['with a comma in an unquoted name', 'Berg, Ana <ana@example.com>', ana],
    ['with a comment', 'ana@example.com (Ana Berg)', ana],
    ['with an encoded name', '=?UTF-8?Q?Ana_B=C3=A9rg?= <ana@example.com>', ana],
    ['among others', 'Jo <jo@example.com>, Ana <ana@example.com>', `Jo <jo@example.com>, ${ana}`],
    ['with a quoted name within a sentence', 'for "Ana B" <ana@example.com>; later', `for ${ana}; later`],
    ['with the address as its name', '"ana@example.com" <ana@example.com>', ana],
    ['in an encoded word', '=?utf-8?B?SGkgYW5hQGV4YW1wbGUuY29t?=', `=?UTF-8?B?${base64(`Hi ${ana}`)}?=`],
    ['in a quoted word', '=?iso-8859-1?q?ana=40example=2Ecom?=', ana],
    ['over two encoded words', '=?utf-8?Q?an?= =?utf-8?Q?a@example.com?=', ana],
    ['in base64', base64('ana@example.com'), base64(ana)],
    [
      'in base64 within a link',
      `https://x.example/u/${base64url('{"e":"ana@example.com"}')}`,
      `https://x.example/u/${base64url(`{"e":"${ana}"}`)}`,
    ],
    ['in base64 after a name', `id-${base64url('1:ana@example.com')}`, `id-${base64url(`1:${ana}`)}`],
    [
      'in base64 within a path',
      `https://x.example/unsub/${base64url('ana@example.com')}/confirm`,
      `https://x.example/unsub/${base64url(ana)}/confirm`,
    ],
    [
      'in base64 before a name',
      `https://x.example/u/${base64url('ana@example.com')}-9f8e7d?a=1`,
      `https://x.example/u/${base64url(ana)}-9f8e7d?a=1`,
    ],
    [
      'in base64 before an underscore',
      `${base64url('1:1,ana@example.com')}_9f8e7d.x`,
      `${base64url(`1:1,${ana}`)}_9f8e7d.x`,
    ],
    [
      'in several tokens of a path',
      `https://x.example/${['ana@example.com', '1ana@example.com', 'ana@example.com']
        .map((text) => base64url(text.replace(/^1/, '1:')))
        .join('/')}/confirm`,
      `https://x.example/${[ana, `1:${ana}`, ana].map(base64url).join('/')}/confirm`,
    ],
    [
      'twice in base64 that contains + and / itself',
      `/u/${base64('{"a":"ana@example.com","b":"???>>>","c":"ana@example.com"}')}`,
      `/u/${base64(`{"a":"${ana}","b":"???>>>","c":"${ana}"}`)}`,
    ],
    [
      'in base64 between bytes that are not text',
      `${base64(Buffer.from([1, 2, 255]))}${base64('ana@example.com\u0001')}`,
      `${base64(Buffer.from([1, 2, 255]))}${base64(`${ana}\u0001`)}`,
    ],
    [
      'in base64 with percent-encoded padding',
      `https://x.example/?t=${encodeURIComponent(base64('1:34,ana@example.com'))}&b=1`,
      `https://x.example/?t=${encodeURIComponent(base64(`1:34,${ana}`))}&b=1`,
    ],
    [
      'in base64 with bytes that are not text',
      base64(Buffer.concat([Buffer.from('ana@example.com'), Buffer.from([0, 200, 255])])),
      base64(Buffer.concat([Buffer.from(ana), Buffer.from([0, 200, 255])])),
    ],
    ['before an ideographic full stop', 'ana@example.com。終わり', `${ana}。終わり`],
    ['with an ideographic full stop', 'ana@example。com', ana],
    ['in JSON', '{"to":["Ana <ana@example.com>"],"n":1.0}', `{"to":["${ana}"],"n":1.0}`],
    ['in JSON as a key', '{"ana@example.com" : 1}', `{"${ana}" : 1}`],
    [
      'in JSON in JSON',
      JSON.stringify({ a: JSON.stringify({ b: 'ana@example.com' }) }),
      JSON.stringify({ a: JSON.stringify({ b: ana }) }),
    ],
    ['in truncated JSON', '{"to":["Ana <ana@example.com>","x ana@exam', `{"to":["${ana}","x ana@exam`],
    ['in base64 in base64', base64(base64('ana@example.com')), base64(base64(ana))],
    [
      'in base64 in JSON',
      JSON.stringify({ rawData: base64('{"to":"ana@example.com"}\n') }),
      JSON.stringify({ rawData: base64(`{"to":"${ana}"}\n`) }),
    ],
  ])('%s', (_, text, expected) => {
    expect(erase(text)).toBe(expected);
    expect(erase(expected)).toBe(expected);
  });

  it('and the words before it in a server response remain', () => {
    expect(erase('user unknown <ana@example.com>', true)).toBe(`user unknown <${ana}>`);
    const record = { diagnosticCode: 'unknown <ana@example.com>', to: 'Ana <ana@example.com>' };
    expect(erase(JSON.stringify(record))).toBe(
      JSON.stringify({ diagnosticCode: `unknown <${ana}>`, to: ana }),
    );
  });

  it.each([
    'bounces+ana=example.com@shop.example',
    'bounces+12-ana=example.com@shop.example',
    'bounce-mc.us1_123.456-ana=example.com@mail.shop.example',
    'list-return-123-ana=example.com@lists.example',
    'list-bounces+ana=example.com@lists.example',
    'owner-list+ana=example.com@lists.example',
    'sentto-12-34-ana=example.com@returns.example',
    'bounces_ana=example.com@shop.example',
    'msprvs1=18abc=bounces-123-ana=example.com@shop.example',
    'ana=example.com@bounces.example',
  ])('in a bounce address: %s', (text) => {
    expect(erase(text)).toBe(text.replace('ana=example.com', spelled('=')));
  });

  it.each([
    ['an apostrophe', "o'brien@example.com", "O'Brien@example.com"],
    ['a plus', 'ana+news@example.com', 'ana%2Bnews%40example.com'],
    ['a hyphen, within a bounce address', 'mary-ann@example.com', 'b-mary-ann=example.com@shop.example'],
    ['non-ASCII letters', 'josé@exämple.com', 'JOSÉ@xn--exmple-cua.com'],
    ['letters outside latin1, escaped for JSON', 'łukasz@example.com', 'hi \\u0142ukasz@example.com'],
    ['a space', 'a b@example.com', 'for "a b"@example.com'],
    ['a quotation mark', 'a"b@example.com', '"A\\"B"@example.com'],
    [
      'an equals sign, in an address of a forwarder',
      'x/y=z@example.com',
      'SRS0=ab=cd=example.com=x/y=z@fwd.example',
    ],
    [
      'an equals sign, forwarded twice',
      'y=z@example.com',
      'SRS1=ab=fwd.example==cd=ef=example.com=y=z@b.example',
    ],
    ['a domain with an ideographic full stop', 'ana@xn--bcher-kva.example', 'ana@bücher。example'],
    [
      'latin1 letters, in base64 of that charset',
      'josé@example.com',
      Buffer.from('an josé@example.com', 'latin1').toString('base64'),
    ],
    ['non-ASCII letters, percent-encoded', 'josé@exämple.com', 'jos%C3%A9%40ex%C3%A4mple.com'],
  ])('with an address that contains %s', (_, address, text) => {
    const [local = '', domain = ''] = address.split('@');
    const canonical = canonicalAddress(local, domain);
    const decoded = Buffer.from(forgetting(canonical)(text), 'base64').toString();
    expect(forgetting(canonical)(text) + decoded).toContain('forgotten-');
  });
});

describe('a text remains unchanged', () => {
  it.each([
    'joana@example.com',
    'ana@example.com.au',
    'ana@example.com%2Eau',
    'jo%61na@example.com',
    'jo.ana@example.com',
    'jo-ana@example.com',
    'jo+ana@example.com',
    'ana+jo@example.com',
    'ana@myexample.com',
    'ana@mail.example.com',
    'ana@example.co',
    "o'ana@example.com",
    'r&ana@example.com',
    'b+joana=example.com@shop.example',
    'b+ana=example.com.au@shop.example',
    'https://x.example/?ana=example.com&to=jo@example.com',
    'b+jo-ana=example.com@shop.example',
    'jo-ana=example.com@lists.example',
    'jo_ana=example.com@lists.example',
    'bounces+jo+ana=example.com@shop.example',
    'bounces-jo-ana=example.com@shop.example',
    'bounces+12-jo_ana=example.com@shop.example',
    'SRS0=ab=cd=example.com=jo=ana@fwd.example',
    '$ana@example.com',
    '~ana@example.com',
    '^ana@example.com',
    '{ana@example.com',
    '"jo ana"@example.com',
    'ana@example.com.ü',
    `https://x.example/u/${base64url('joana@example.com')}/confirm`,
    `https://x.example/u/${base64url('ana@example.com.au')}-9f8e7d`,
    'Ana Berg <joana@example.com>',
    '"Ana Berg" <ana@example.com.au>',
    base64('joana@example.com'),
    '=?utf-8?B?am9hbmFAZXhhbXBsZS5jb20=?=',
    '{"a":"\\u0041na","b":1e400,"b":-0, "c":"joana@example.com"}',
    '{"ana": "example.com"',
    'ana',
    'example.com',
    '@',
    '%',
    '=?=?=?',
    '',
  ])('%s', (text) => {
    expect(erase(text)).toBe(text);
  });
});

it.each(['@', 'a@', '%40', '\\"', '"@', '{"', 'a@b,', '/AAAA', '=?a?q?@?=', '('])(
  'a worst-case text is examined to its end: %s repeated',
  (unit) => {
    for (const start of ['', '{"x":"']) {
      const text = start + unit.repeat(500_000 / unit.length);
      expect(erase(text)).toBe(text);
    }
  },
);
