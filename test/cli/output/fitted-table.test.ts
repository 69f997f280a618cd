import fc from 'fast-check';
import { drawTable, fittedTable } from '../../../consumer/cli/output/table';
import { textWidth, widestText } from '../../../consumer/cli/output/text-width';
import { unsafe } from '../unsafe-text';

const head = ['object', 'byte', 'message'];
const row = ['events/dt=2026-08-04/hour=07/email-events-1.gz', 146052, 'text that is not a JSON object'];
const lines = (table: string) => table.split('\n');
const widest = (table: string) => widestText(lines(table));

describe('a table that must fit a width', () => {
  it('wraps its long columns, and not its narrow ones', () => {
    expect(lines(fittedTable([row], { head, width: 60 }))).toEqual([
      '┌───────────────────────┬────────┬────────────────────┐',
      '│ object                │ byte   │ message            │',
      '├───────────────────────┼────────┼────────────────────┤',
      '│ events/dt=2026-08-04/ │ 146052 │ text that is not a │',
      '│ hour=07/              │        │ JSON object        │',
      '│ email-events-1.gz     │        │                    │',
      '└───────────────────────┴────────┴────────────────────┘',
    ]);
  });

  it('has a table for each row where its columns would be too narrow, without empty values', () => {
    expect(lines(fittedTable([row, ['a.gz', undefined, 'text']], { head, width: 40 }))).toEqual([
      '┌─────────┬───────────────────────────┐',
      '│ object  │ events/dt=2026-08-04/     │',
      '│         │ hour=07/email-events-1.gz │',
      '│ byte    │ 146052                    │',
      '│ message │ text that is not a JSON   │',
      '│         │ object                    │',
      '└─────────┴───────────────────────────┘',
      '┌─────────┬──────┐',
      '│ object  │ a.gz │',
      '│ message │ text │',
      '└─────────┴──────┘',
    ]);
  });

  it.each([undefined, 200])('is the usual table with the width %s', (width) => {
    expect(fittedTable([row], { head, width })).toBe(drawTable([row], { head }));
  });

  it('fits with any texts, also of wide characters', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '日', ' ', '👍', 'é', '\u001b', '\u202e'),
      maxLength: 90,
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 32, max: 200 }),
        (rows, width) => {
          const table = fittedTable(rows, { head, width });
          expect(widest(table)).toBeLessThanOrEqual(width);
          for (const line of lines(table)) expect(line).not.toMatch(unsafe);
          const widths = table.split('\n└')[0]?.split('\n').map(textWidth);
          expect(new Set(widths).size).toBe(1);
        },
      ),
    );
  });
});

it('the color of a cell does not change the table', () => {
  const cells = (text: string) => [['a', text, 'b']];
  const colored = drawTable([['a', { text: 'review 日本', color: 'yellow' }, 'b']]);
  expect(colored).toContain('\u001b[33mreview 日本\u001b[39m │ b');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of the color
  expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(drawTable(cells('review 日本')));
});

it('a colored cell shows the escapes in its text', () => {
  const colored = drawTable([[{ text: '\u001b[32mok', color: 'red' }]]);
  expect(colored).toContain('\u001b[31m\\u001b[32mok\u001b[39m');
});
