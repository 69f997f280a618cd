import fc from 'fast-check';
import { redactedText } from '../../consumer/texts/redacted-text';

describe('redactedText', () => {
  it.each([
    ['ana@example.com', '***@example.com'],
    ['550 5.1.1 <ana.lopez@example.com>: unknown', '550 5.1.1 <***@example.com>: unknown'],
    ['Ana <ana@example.com>, Bo <bo@example.org>', 'Ana <***@example.com>, Bo <***@example.org>'],
    ['smtp; 550 "ana lopez"@example.com rejected', 'smtp; 550 ***@example.com rejected'],
    ['"an\\"a"@example.com', '***@example.com'],
    ['bounces+ana=example.com@news.example', '***@news.example'],
    ['https://shop.example?to=ana%40example.com', 'https:***%40example.com'],
    ['Ana López 日本@例え.jp', 'Ana López ***@例え.jp'],
    ['ana＠example.com', '***＠example.com'],
    ['mailto:ana&#64;example.com', 'mailto:***&#64;example.com'],
    ['ana=40example.com', '***=40example.com'],
    ['ana%2540example.com', '***%2540example.com'],
    ['=?UTF-8?Q?ana=40example.com?= <news@shop.example>', '***@example.com <***@shop.example>'],
    ['"=?UTF-8?B?YW5hQGV4YW1w?= =?UTF-8?B?bGUuY29t?="', '"***@example.com"'],
    ['=?UTF-8?Q?Gr=C3=BCn?= <news@shop.example>', '=?UTF-8?Q?Gr=C3=BCn?= <***@shop.example>'],
    ['a@b@c', '***@***@c'],
    ['at 12:00 @ the office', 'at 12:00 @ the office'],
    ['', ''],
    ['no address', 'no address'],
  ])('masks %j as %j', (text, expected) => expect(redactedText(text)).toBe(expected));

  const local = fc
    .stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{4,64}$/)
    .filter((text) => !/%(?:25)?40|=40|&#|&commat/i.test(text));

  it('leaves no local part, in any text', () => {
    fc.assert(
      fc.property(fc.string(), local, fc.domain(), fc.string(), (before, name, domain, after) => {
        const redacted = redactedText(`${before} <${name}@${domain}> ${after}`);
        expect(redacted).toContain(`***@${domain}`);
        expect(redacted.includes(name)).toBe((before + domain + after).includes(name));
      }),
    );
  });

  it('changes nothing else, and nothing twice', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const redacted = redactedText(text);
        if (!/@|%40|&#|\\u|&com|\uff20|\ufe6b|=\?/i.test(text)) expect(redacted).toBe(text);
        expect(redactedText(redacted)).toBe(redacted);
      }),
    );
  });

  it.each(['@', 'a', '"', '"@', 'a@', '%40', '\\"', '=?', '=?a?q?=', '=?a?q?@?= ', '=?a?q?'])(
    'takes linear time for repeated %j',
    (part) => {
      const started = performance.now();
      expect(redactedText(part.repeat(300_000)).length).toBeGreaterThan(0);
      expect(performance.now() - started).toBeLessThan(2_000);
    },
  );
});
