import type { PlainValue } from '../../../queries/engines/plain-value';
import type { AnswerType } from '../../../queries/questions/question';
import { type CellContent, cellContent } from './cell';
import { fittingText, sheetText } from './cell-text';
import { type CellStyle, styleNumber } from './styles';

/** A column of a sheet. */
interface SheetColumn {
  name: string;
  /**
   * Type of its values, which decides their format.
   * @default - the type of each value
   */
  type?: AnswerType;
}

/** Widths of columns by type, in characters. */
const widths: Readonly<Partial<Record<AnswerType, number>>> = {
  text: 30,
  header: 30,
  raw: 30,
  time: 20,
  day: 12,
  count: 12,
  share: 12,
  milliseconds: 14,
  hours: 12,
};

/** Width of a column without a type: a time fits. */
const usualWidth = 22;

/** Space for the button of the filter, in characters. */
const filterWidth = 4;

/** Maximum width for the name of a column, in characters. Excel refuses widths above 255. */
const maxWidth = 60;

/** Returns the letters of a column, counted from 0: `A`, `Z`, `AA`. */
function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

/** Formats the XML of one sheet, row by row. Its head is frozen and has filters. */
class Sheet {
  /** Number of rows below the head. */
  rows = 0;
  /** Number of texts that were cut, because a cell of Excel cannot contain them. */
  cutTexts = 0;
  private readonly letters: readonly string[];

  constructor(private readonly columns: readonly SheetColumn[]) {
    this.letters = columns.map((_, index) => columnLetters(index));
  }

  /** The XML before the first row, with the head. */
  head(): string {
    const columns = this.columns.map(({ name, type }, index) => {
      const nameWidth = Math.min(name.length + filterWidth, maxWidth);
      const width = Math.max((type && widths[type]) ?? usualWidth, nameWidth);
      return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
    });
    const names = this.columns.map(({ name }, index) =>
      this.cell(index, { kind: 'text', value: name }, 'head'),
    );
    return [
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
      '<sheetViews><sheetView tabSelected="1" workbookViewId="0">',
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
      '</sheetView></sheetViews>',
      columns.length === 0 ? '' : `<cols>${columns.join('')}</cols>`,
      `<sheetData><row r="1">${names.join('')}</row>`,
    ].join('');
  }

  /** The XML of the next row. */
  row(values: readonly PlainValue[]): string {
    this.rows++;
    let cells = '';
    for (const [index, value] of values.entries()) {
      const content = cellContent(value, this.columns[index]?.type);
      if (content !== undefined) cells += this.cell(index, content);
    }
    return `<row r="${this.rows + 1}">${cells}</row>`;
  }

  /** The XML after the last row. */
  tail(): string {
    const last = `${this.letters.at(-1) ?? 'A'}${this.rows + 1}`;
    return `</sheetData><autoFilter ref="A1:${last}"/></worksheet>`;
  }

  private cell(index: number, content: CellContent, textStyle: CellStyle = 'text'): string {
    const place = `r="${this.letters[index]}${this.rows + 1}"`;
    if (content.kind === 'number')
      return `<c ${place} s="${styleNumber(content.style)}"><v>${content.value}</v></c>`;
    if (content.kind === 'boolean') return `<c ${place} t="b"><v>${content.value ? 1 : 0}</v></c>`;
    const text = fittingText(content.value);
    if (text !== content.value) this.cutTexts++;
    const space = /^\s|\s$/.test(text) ? ' xml:space="preserve"' : '';
    return `<c ${place} s="${styleNumber(textStyle)}" t="inlineStr"><is><t${space}>${sheetText(text)}</t></is></c>`;
  }
}

export { Sheet, type SheetColumn };
