import fc from 'fast-check';
import { treatments } from '../../../consumer/mcp/masking/column-treatments';
import { Masker, maskServerText, maskText, personForm } from '../../../consumer/mcp/masking/masker';

import { questions } from '../../../consumer/queries/questions/question';

const masker = new Masker('salt');

/** The spellings of `@` in a text. */
const signs = ['@', '%40', '%2540', '=40', '&#64;', '&#064;', '&#x40;', '&commat;', '\\u0040', '＠', '﹫'];

/** Local parts that occur nowhere else in a text, so that a remaining part is found. */
const local = fc
  .stringMatching(/^[a-z][a-z0-9.!#$%&'*+/=?^_`{|}~-]{0,20}$/)
  .map((rest) => `quetzal${rest.replaceAll(/[{}]/g, '')}zyxwv`);

const surroundings = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => text.replaceAll(/quetzal|zyxwv/g, ''));

describe('maskText', () => {
  it('leaves no local part of an address, in any spelling of its @ and between any texts', () => {
    fc.assert(
      fc.property(
        surroundings,
        local,
        fc.constantFrom(...signs),
        surroundings,
        (before, name, sign, after) => {
          const masked = maskText(`${before} ${name}${sign}example.com ${after}`);
          expect(masked).not.toContain('quetzal');
          expect(masked).not.toContain('zyxwv');
        },
      ),
    );
  });

  it('does not change a text without addresses', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9 .,:;<>()-]{0,80}$/), (text) =>
        expect(maskText(text)).toBe(text),
      ),
    );
  });

  it('changes its own result no further', () => {
    fc.assert(
      fc.property(surroundings, local, surroundings, (before, name, after) => {
        const masked = maskText(`${before}${name}@example.com${after}`);
        expect(maskText(masked)).toBe(masked);
      }),
    );
  });

  it.each([
    ['550 5.1.1 <ana.lopez@example.com>: user unknown', '550 5.1.1 <[masked]@example.com>: user unknown'],
    ['"Ana Lopez"@example.com', '[masked]@example.com'],
    ['to=ana@example.com,bo@example.org', '[masked]@example.com,[masked]@example.org'],
    ['ana=example.com@bounces.example.net', '[masked]@bounces.example.net'],
    ['"ana@x"@example.com', '[masked]@example.com'],
    ['"Ana\\"Lopez"@example.com', '[masked]@example.com'],
    ['see https://ana:secret@example.com/x', 'see https://[masked]@example.com/x'],
    ["o'brien@example.com", '[masked]@example.com'],
    ['Grüße an bjørn@bücher.example', 'Grüße an [masked]@bücher.example'],
    ['{"user":["ana@example.com"]}', '{"user":["[masked]@example.com"]}'],
    ['=?utf-8?B?QW5hIExvcGV6?= wrote', '[masked] wrote'],
    ['person-3f9a1c2b77d04e11@example.com', 'person-3f9a1c2b77d04e11@example.com'],
    ['a person-3f9a1c2b77d04e11x@example.com', 'a [masked]@example.com'],
  ])('masks %j', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it('takes a time in proportion to the length of a text without spaces', () => {
    const text = 'a%4'.repeat(300_000);
    const started = performance.now();
    expect(maskText(text)).toBe(text);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('maskServerText', () => {
  it.each([
    ['550 mailbox of Lopez is full', ['ana.lopez@example.com'], '550 mailbox of [masked] is full'],
    ['no user ANA_LOPEZ here', ['Ana Lopez <x@example.com>'], 'no user [masked]_[masked] here'],
    ['550 user unknown', [], '550 user unknown'],
    ['550 user unknown', ['example.com'], '550 user unknown'],
  ])('masks the names of mailboxes in %j', (text, mailboxes, masked) => {
    expect(maskServerText(text, mailboxes)).toBe(masked);
  });
});

describe('a pseudonym of a mailbox', () => {
  it('is the same for each spelling of a mailbox, and differs between people', () => {
    const pseudonym = masker.mailbox('Ana.Lopez@Example.com');
    expect(pseudonym).toMatch(/^person-[\da-f]{16}@example\.com$/);
    expect(masker.mailbox('"Ana Lopez" <ana.lopez@example.com>')).toBe(pseudonym);
    expect(masker.mailbox('bo@example.com')).not.toBe(pseudonym);
  });

  it('differs between archives', () => {
    expect(new Masker('other').mailbox('ana@example.com')).not.toBe(masker.mailbox('ana@example.com'));
  });

  it('is its own pseudonym', () => {
    const pseudonym = masker.mailbox('ana@example.com');
    expect(masker.mailbox(pseudonym)).toBe(pseudonym);
  });

  it('contains a host name only, whatever a mailbox contains', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (name, domain) => {
        const [person = '', host] = masker.mailbox(`${name}@${domain}`).split('@');
        expect(person).toMatch(personForm);
        expect(host).not.toMatch(/[\s<>()",;:]/);
      }),
    );
    expect(masker.mailbox('ana@example.com (Ana Lopez)')).toMatch(/^person-[\da-f]{16}@example\.com$/);
  });
});

describe('a value of a column', () => {
  it.each([
    ['status', 'bounced', 'bounced'],
    ['first_recipient', 'Ana <ana@example.com>', /^person-[\da-f]{16}@example\.com$/],
    ['subject', 'Hello Ana', /^subject-[\da-f]{16}$/],
    ['source_name', 'Ana', null],
    ['a_column_of_a_later_version', 'Ana', null],
    ['tags', '{"user":["ana@example.com"]}', '{"user":["[masked]@example.com"]}'],
    ['link', 'https://shop.example/a?user=ana#b', 'https://shop.example/a'],
    ['domain', 'example.com (ana)', 'example.com'],
    ['destination', ['ana@example.com'], null],
    ['recipients', 3, 3],
    ['subject', null, null],
  ])('%s %j is masked', (column, value, expected) => {
    const masked = masker.value(column, value);
    if (expected instanceof RegExp) expect(masked).toMatch(expected);
    else expect(masked).toBe(expected);
  });

  it('of a text column of the question that searches is never hidden by mistake', () => {
    const columns = questions().find(({ name }) => name === 'messages')?.columns ?? [];
    const texts = columns
      .filter(({ type }) => ['text', 'header', 'raw'].includes(type))
      .map(({ name }) => name);
    expect(texts).toContain('subject');
    expect(texts.filter((name) => !treatments.has(name))).toEqual([]);
  });
});

describe('a step of a trace', () => {
  const step = {
    ...{ time: new Date(0), attribution: 'named' as const, messageId: 'm1', eventId: 'e1', places: [] },
    ...{ subject: 'Hello Ana', recipients: ['Ana Lopez <ana@example.com>'] },
  };

  it('has pseudonyms, and a response without the names of its recipients', () => {
    const masked = masker.step(
      { ...step, eventType: 'Bounce', what: '550 <ana@example.com> Lopez and bo unknown' },
      ['bo.quetzal@example.com'],
    );
    expect(masked.what).toBe('550 <[masked]@example.com> [masked] and bo unknown');
    expect(masked.recipients).toEqual([masker.mailbox('ana@example.com')]);
    expect(masked.subject).toBe(masker.subject('Hello Ana'));
  });

  it('has a link without query and fragment', () => {
    const what = 'clicked: https://shop.example/a?user=7#top';
    expect(masker.step({ ...step, eventType: 'Click', what }, []).what).toBe(
      'clicked: https://shop.example/a',
    );
  });
});
