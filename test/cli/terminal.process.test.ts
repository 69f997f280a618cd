import fc from 'fast-check';
import { terminalText } from '../../consumer/texts/terminal-text';
import { rejectedTexts, sendText } from './records';
import { hasTerminals, runOnTerminal } from './run-on-terminal';
import { ScratchFolder } from './scratch-folder';
import { unsafe } from './unsafe-text';

const scratch = new ScratchFolder();

describe('text for a terminal', () => {
  it.each([
    ['the escape that clears the screen', '\u001b[2J', '\\u001b[2J'],
    ['a bell', 'a\u0007b', 'a\\u0007b'],
    ['backspaces and DEL', 'a\b\u007f', 'a\\u0008\\u007f'],
    ['ends of lines', 'a\r\nb', 'a\\u000d\\u000ab'],
    ['an eight-bit escape', '\u009b2J', '\\u009b2J'],
    ['a changed text direction', '\u202egpj.exe', '\\u202egpj.exe'],
    ['isolates and marks', '\u2066a\u2069\u200f\u061c', '\\u2066a\\u2069\\u200f\\u061c'],
    ['separators of lines and paragraphs', '\u2028\u2029', '\\u2028\\u2029'],
  ])('escapes %s', (_, hostile, shown) => {
    expect(terminalText(hostile)).toBe(shown);
  });

  it.each(['', 'plain', 'Grün ñ 日本語 العربية 😀', '\\u001b[2J', 'no-break\u00a0space'])(
    'does not change %j',
    (harmless) => {
      expect(terminalText(harmless)).toBe(harmless);
    },
  );

  it('never contains control characters, and is the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const shown = terminalText(JSON.stringify(value));
        expect(shown).not.toMatch(unsafe);
        expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

(hasTerminals ? describe : describe.skip)('on a terminal', () => {
  const hostile = 'Re: \u007f\u009b2J\u202egpj.exe';
  const record = sendText('a', { source: hostile, destination: [] }).replace('{', '{\t');
  const kind = JSON.stringify({ ...JSON.parse(sendText('b')), eventType: `\u001b[2J${hostile}`, send: null });
  const [[, invalid]] = rejectedTexts;
  const archive = scratch.write('\u001b[31mred/\u202egpj.exe', `${record}\n${kind}\n${invalid}\n`);
  const folder = scratch.at('\u001b[31mred');

  it.concurrent('read shows a table, with escaped events and names', async () => {
    const { code, shown } = await runOnTerminal(['read', '--no-progress', folder]);
    expect(shown).toContain('│ Send ');
    expect(shown).toContain('Unknown (\\u001b[2JRe: \\u007f\\u009b2J\\u202egpj.exe)');
    expect(shown).toContain('\\u001b[31mred/\\u202egpj.exe at byte ');
    expect(shown).not.toContain('messageId');
    for (const line of shown.split(/\r*\n/)) expect(line).not.toMatch(unsafe);
    expect(code).toBe(3);
  });

  it.concurrent.each(['ndjson', 'csv'])('read --format %s escapes events', async (format) => {
    const { code, shown } = await runOnTerminal(['read', '--no-progress', '--format', format, archive]);
    expect(shown).toContain('Re: \\u007f\\u009b2J\\u202egpj.exe');
    const lines = shown.split(/\r*\n/);
    for (const line of lines) expect(line).not.toMatch(unsafe);
    const [first = ''] = lines;
    if (format === 'ndjson') expect(JSON.parse(first).event).toEqual(JSON.parse(record));
    expect(code).toBe(3);
  });

  it.concurrent('a progress bar is shown, except with CI or --no-progress', async () => {
    const [bar, onCi] = await Promise.all([
      runOnTerminal(['read', folder]),
      runOnTerminal(['read', folder], { CI: 'true' }),
    ]);
    expect(bar.shown).toContain('\u001b[?25l');
    expect(onCi.shown).not.toContain('\u001b');
  });
});
