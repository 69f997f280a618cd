import fc from 'fast-check';
import { csvLine } from '../../../consumer/cli/formats/csv';
import { csvRecords } from '../csv-records';

describe('a CSV cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(1)', "'@SUM(1)"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM(1)', "'＠SUM(1)"],
    [' =1', "' =1"],
    ['\t=1', "'\t=1"],
    [' \t ＝1', "' \t ＝1"],
    ['\u00a0\u3000=1', "'\u00a0\u3000=1"],
    ['\tplain', "'\tplain"],
  ])('that begins like the formula %j gets a leading apostrophe', (text, written) => {
    expect(csvLine([text])).toBe(written);
  });

  it.each(['', ' ', 'a=1', ' a =1', '1-1', 'a@b.example', '（=1）', '—'])('%j is unchanged', (text) => {
    expect(csvLine([text])).toBe(text);
  });

  it('that is a number gets no apostrophe', () => {
    expect(csvLine([-1, undefined, 2.5])).toBe('-1,,2.5');
  });

  it('is parsed back unchanged except for the apostrophe, and is never a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2 }), (cells) => {
        const [read = []] = csvRecords(`${csvLine(cells)}\r\n`);
        expect(read.map((cell, index) => (cell === cells[index] ? cell : cell.slice(1)))).toEqual(cells);
        for (const cell of read) expect(cell.trimStart()).not.toMatch(/^[=+\-@＝＋－＠]/);
      }),
    );
  });
});
