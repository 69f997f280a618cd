import fc from 'fast-check';
import { markdown, markdownText } from '../../../consumer/cli/formats/markdown';
import { terminalText } from '../../../consumer/texts/terminal-text';
import { runs } from '../../property-runs';

/** Removes the escapes, as a renderer does. */
const rendered = (text: string) => text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');

describe('a Markdown table', () => {
  it('has a line for each item, with empty cells for missing values', () => {
    const { head, line, lineEnd } = markdown.lines<readonly (string | number | undefined)[]>({
      columns: ['bounce_class', 'emails'],
      cells: (cells) => cells,
      json: JSON.stringify,
    });
    expect(head + line(['a|\\b', 3]) + lineEnd + line([undefined, 0.5])).toBe(
      ['| bounce\\_class | emails |', '| --- | --- |', '| a\\|\\\\b | 3 |', '|  | 0.5 |'].join('\n'),
    );
  });

  it.each([
    ['<img src=x>', '\\<img src=x\\>'],
    ['[click](javascript:x)', '\\[click\\](javascript:x)'],
    ['https://evil.example', 'https:\\//evil.example'],
    ['WWW.evil.example', 'WWW\\.evil.example'],
    ['`code` **bold** &amp;', '\\`code\\` \\*\\*bold\\*\\* \\&amp;'],
    ['line\nbreak \u001b[2J', 'line\\\\u000abreak \\\\u001b\\[2J'],
  ])('shows %j as text', (text, escaped) => {
    expect(markdownText(text)).toBe(escaped);
  });

  it('shows any text unchanged and keeps it in its cell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = markdownText(text);
        expect(rendered(escaped)).toBe(terminalText(text));
        expect(escaped.replaceAll(/\\./g, '')).not.toMatch(/[<>`[\]\n]/);
      }),
      { numRuns: runs(300) },
    );
  });
});
