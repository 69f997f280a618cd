import type { PlainValue } from '../../queries/engines/plain-value';
import type { AnswerType } from '../../queries/questions/question';
import { isNumberType, valueText } from '../../queries/questions/value-text';
import type { Color } from '../output/colors';
import { drawnWidth, fittingWidths, naturalWidths } from '../output/column-widths';
import { drawTable, maxCellLength, type TableCell, tableText } from '../output/table';
import { widestText } from '../output/text-width';
import type { Answer, ShownColumn } from './answer';

/** Width of a terminal that does not report one, in columns. */
const defaultWidth = 100;

/** Width below which prose is not wrapped, unless all columns are. */
const minProseWidth = 40;

type Line = readonly string[];
type Row = readonly PlainValue[];

/** Length at which texts other than prose are cut. */
const maxTextLength = 60;

/**
 * Formats a value as a table cell, safe for a terminal; a dash where there is no value.
 * @param timezone the time zone of times
 */
function cellText(
  value: PlainValue,
  { type, isProse }: Omit<ShownColumn, 'name'> = {},
  timezone?: string,
): string {
  return tableText(valueText(value, type, timezone), isProse === true ? maxCellLength : maxTextLength);
}

/** Colors of verdicts. The word remains, because not everybody sees a color. */
const verdictColors: ReadonlyMap<string, Color> = new Map([
  ['ok', 'green'],
  ['review', 'yellow'],
  ['danger', 'red'],
]);

/** Returns a text as the cell of a table. Only verdicts have a color: text from events never has one. */
function tableCell(text: string, type: AnswerType | undefined, { isColored = false }: AnswerLook): TableCell {
  const color = isColored && type === 'verdict' ? verdictColors.get(text) : undefined;
  return color === undefined ? text : { text, color };
}

/**
 * Computes the widths of columns whose last one is prose. Only the prose is wrapped, to the width that remains,
 * unless the table then exceeds a width that it must fit.
 */
function proseWidths(
  lines: readonly Line[],
  { width = defaultWidth, isFolded = false }: AnswerLook,
): number[] {
  const widths = naturalWidths(lines);
  const remaining = width - drawnWidth([...widths.slice(0, -1), 0]);
  const prose = Math.min(Math.max(remaining, minProseWidth), widths.at(-1) ?? 0);
  const wrapped = [...widths.slice(0, -1), prose];
  return isFolded && drawnWidth(wrapped) > width ? fittingWidths(lines, width) : wrapped;
}

/** Removes columns whose values another column shows in a readable form. */
function withoutRawColumns(
  columns: readonly ShownColumn[],
  rows: readonly Row[],
): [readonly ShownColumn[], readonly Row[]] {
  const isShown = (_: unknown, index: number) => columns[index]?.type !== 'raw';
  return [columns.filter(isShown), rows.map((row) => row.filter(isShown))];
}

/** Formats one row vertically: a line for each column, with its meaning. */
function verticalTable(
  { columns, timezone }: Pick<Answer, 'columns' | 'timezone'>,
  row: Row,
  look: AnswerLook,
): string {
  const hasMeanings = columns.some(({ meaning = '' }) => meaning !== '');
  const lines = columns.map((column, index) => {
    const texts = [tableText(column.name), cellText(row[index] ?? null, column, timezone)];
    return hasMeanings ? [...texts, column.meaning ?? ''] : texts;
  });
  const widths = hasMeanings || look.isFolded ? proseWidths(lines, look) : undefined;
  const cells = lines.map(([name, text = '', ...meaning], index) => [
    name,
    tableCell(text, columns[index]?.type, look),
    ...meaning,
  ]);
  return `${drawTable(cells, { widths })}\n`;
}

/** Rows as texts below their head. */
interface TextTable {
  head: Line;
  lines: readonly Line[];
}

/** Returns the number of first columns that fit, at least 1. */
function fittingColumns({ head, lines }: TextTable, width: number): number {
  let used = 1;
  for (const [index, name] of head.entries()) {
    used += widestText([name, ...lines.map((line) => line[index] ?? '')]) + 3;
    if (used > width) return Math.max(index, 1);
  }
  return head.length;
}

/** The look of an answer's table. */
interface AnswerLook {
  /**
   * Columns of the terminal.
   * @default 100
   */
  width?: number | undefined;
  /**
   * Whether the table must fit the width: the last columns of a wider list are omitted, and other texts are wrapped.
   * @default false
   */
  isFolded?: boolean;
  /** @default false */
  isColored?: boolean;
}

/** A table, and the number of columns that it omits because it would be too wide. */
interface AnswerTable {
  text: string;
  omitted: number;
}

/** Formats rows as a table. A single row is vertical, with the meaning of each column. */
function answerTable(
  { columns: declared, isList, timezone }: Pick<Answer, 'columns' | 'isList' | 'timezone'>,
  found: readonly Row[],
  look: AnswerLook = {},
): AnswerTable {
  const { width = defaultWidth, isFolded = false } = look;
  const [columns, rows] = withoutRawColumns(declared, found);
  const [only] = rows;
  if (only === undefined) return { text: '', omitted: 0 };
  if (rows.length === 1 && isList !== true)
    return { text: verticalTable({ columns, timezone }, only, look), omitted: 0 };
  const names = columns.map(({ name }) => tableText(name));
  const texts = rows.map((row) =>
    columns.map((column, index) => cellText(row[index] ?? null, column, timezone)),
  );
  const isProse = columns.at(-1)?.isProse === true;
  // A last column of prose is wrapped instead.
  const shown = isFolded && !isProse ? fittingColumns({ head: names, lines: texts }, width) : columns.length;
  const [head, lines] = [names.slice(0, shown), texts.map((line) => line.slice(0, shown))];
  const isRight = columns.map(
    ({ type }, index) => isNumberType(type) || rows.every((row) => typeof row[index] === 'number'),
  );
  const all = [head, ...lines];
  const folded = isFolded ? fittingWidths(all, width) : undefined;
  const widths = isProse ? proseWidths(all, look) : folded;
  const cells = lines.map((line) => line.map((text, index) => tableCell(text, columns[index]?.type, look)));
  const text = `${drawTable(cells, { head, isRight: isRight.slice(0, shown), widths })}\n`;
  return { text, omitted: columns.length - shown };
}

export { type AnswerLook, answerTable, cellText };
