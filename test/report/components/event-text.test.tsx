import fc from 'fast-check';
import { EventText } from '../../../consumer/report/components/event-text';
import { unsafe } from '../../cli/unsafe-text';

const html = (text: string) => String(<EventText text={text} />);

describe('a text out of an event', () => {
  it.each([
    ['markup', '<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['a script', '</bdi><script>alert(1)</script>', '&lt;/bdi&gt;&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['quotes and entities', `"'&amp;`, '&quot;&#39;&amp;amp;'],
    ['control characters', 'a\u001b[2Jb', 'a\\u001b[2Jb'],
    ['direction characters', 'a\u202eb', 'a\\u202eb'],
  ])('shows %s as text', (_, text, expected) => {
    expect(html(text)).toBe(`<bdi>${expected}</bdi>`);
  });

  it('is cut, and can break anywhere when it is long', () => {
    const shown = html('a'.repeat(1_000_000));
    expect(shown).toBe(`<bdi class="long">${'a'.repeat(300)}…</bdi>`);
  });

  it('never contains markup or an unsafe character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const inside = html(text)
          .replace(/^<bdi(?: class="long")?>/, '')
          .replace(/<\/bdi>$/, '');
        expect(inside).not.toMatch(/[<>"']/);
        expect(inside).not.toMatch(unsafe);
      }),
    );
  });
});
