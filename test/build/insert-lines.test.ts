import { insertLines } from '../../build/insert-lines';

describe('insertLines', () => {
  const text = { lines: ['a', 'b', 'c'], mappings: ['AAAA', 'AACA', 'AACA'] };

  it.each([
    ['nothing', [], ['a', 'b', 'c'], ['AAAA', 'AACA', 'AACA']],
    ['a line', [{ above: 1, lines: ['x'] }], ['a', 'x', 'b', 'c'], ['AAAA', '', 'AACA', 'AACA']],
    [
      'several lines, in any order',
      [
        { above: 2, lines: ['y'] },
        { above: 0, lines: ['w', 'x'] },
      ],
      ['w', 'x', 'a', 'b', 'y', 'c'],
      ['', '', 'AAAA', 'AACA', '', 'AACA'],
    ],
    [
      'lines above the same line, in the order of the insertions',
      [
        { above: 1, lines: ['x'] },
        { above: 1, lines: ['y'] },
      ],
      ['a', 'x', 'y', 'b', 'c'],
      ['AAAA', '', '', 'AACA', 'AACA'],
    ],
  ])('inserts %s, and keeps the mapping of each line', (_, insertions, lines, mappings) => {
    expect(insertLines(text, insertions)).toEqual({ lines, mappings });
  });

  it('accepts fewer mappings than lines: the last lines have none', () => {
    const short = { lines: ['a', 'b'], mappings: ['AAAA'] };
    expect(insertLines(short, [{ above: 1, lines: ['x'] }])).toEqual({
      lines: ['a', 'x', 'b'],
      mappings: ['AAAA'],
    });
  });
});
