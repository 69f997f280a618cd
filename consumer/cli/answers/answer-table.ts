import type { PlainValue } from '../../queries/engines/plain-value';
import type { AnswerType } from '../../queries/questions/question';
import { headerText } from '../output/header-text';
import { formatCount, formatDuration, formatShare, formatTime } from '../output/number-text';
import { drawTable, maxCellLength, tableText } from '../output/table';
import type { Answer, ShownColumn } from './answer';

/** Width of a terminal that does not report one, in columns. */
const defaultWidth = 100;

/** Minimum width of prose, even if the other columns then exceed the terminal. */
const minProseWidth = 40;

type Line = readonly string[];
type Row = readonly PlainValue[];

/** Length at which texts other than prose are cut. */
const maxTextLength = 60;

/** Formats of numbers, by type. */
const numberTexts: Readonly<Partial<Record<AnswerType, (value: number) => string>>> = {
  count: formatCount,
  share: (value) => formatShare(value, 1),
  milliseconds: formatDuration,
  hours: (value) => formatDuration(value * 3_600_000),
};

/**
 * Formats a value as a table cell, safe for a terminal; a dash where there is no value.
 * @param timezone the time zone of times
 */
function cellText(
  value: PlainValue,
  { type, isProse }: Omit<ShownColumn, 'name'> = {},
  timezone?: string,
): string {
  if (value === null) return '–';
  if (typeof value === 'number') return (type && numberTexts[type]?.(value)) ?? String(value);
  if (value instanceof Date) return formatTime(value, timezone);
  const plain = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const text = type === 'header' ? headerText(plain) : plain;
  return tableText(text, isProse === true ? maxCellLength : maxTextLength);
}

/** Computes the width that remains for the last column, after the other columns and their frames. */
function lastColumnWidth(lines: readonly Line[], width: number): number {
  const columns = lines[0]?.length ?? 0;
  const widest = (column: number) => Math.max(...lines.map((line) => [...(line[column] ?? '')].length));
  const others = Array.from({ length: columns - 1 }, (_, column) => widest(column) + 3);
  const remaining = width - others.reduce((sum, other) => sum + other, 0) - 4;
  return Math.min(Math.max(remaining, minProseWidth), widest(columns - 1));
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
  row: readonly PlainValue[],
  width: number,
): string {
  const lines = columns.map((column, index) => [
    tableText(column.name),
    cellText(row[index] ?? null, column, timezone),
    column.meaning ?? '',
  ]);
  if (columns.every(({ meaning = '' }) => meaning === ''))
    return `${drawTable(lines.map((line) => line.slice(0, 2)))}\n`;
  return `${drawTable(lines, { lastWidth: lastColumnWidth(lines, width) })}\n`;
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
    const texts = [name, ...lines.map((line) => line[index] ?? '')];
    const longest = Math.max(...texts.map((text) => [...text].length));
    used += longest + 3;
    if (used > width) return Math.max(index, 1);
  }
  return head.length;
}

/** A table, and the number of columns that it omits because it would be too wide. */
interface AnswerTable {
  text: string;
  omitted: number;
}

/**
 * Formats rows as a table. A single row is vertical, with the meaning of each column.
 *
 * @param width columns of the terminal
 * @param isFolded whether to omit the last columns of a list that is wider
 */
function answerTable(
  { columns: all, isList, timezone }: Pick<Answer, 'columns' | 'isList' | 'timezone'>,
  found: readonly Row[],
  { width = defaultWidth, isFolded = false }: { width?: number | undefined; isFolded?: boolean } = {},
): AnswerTable {
  const [columns, rows] = withoutRawColumns(all, found);
  const [only] = rows;
  if (only === undefined) return { text: '', omitted: 0 };
  if (rows.length === 1 && isList !== true)
    return { text: verticalTable({ columns, timezone }, only, width), omitted: 0 };
  const names = columns.map(({ name }) => tableText(name));
  const texts = rows.map((row) =>
    columns.map((column, index) => cellText(row[index] ?? null, column, timezone)),
  );
  const isProse = columns.at(-1)?.isProse === true;
  // A last column of prose is wrapped instead.
  const shown = isFolded && !isProse ? fittingColumns({ head: names, lines: texts }, width) : columns.length;
  const [head, lines] = [names.slice(0, shown), texts.map((line) => line.slice(0, shown))];
  const isRight = columns.map(
    ({ type = 'text' }, index) => type in numberTexts || rows.every((row) => typeof row[index] === 'number'),
  );
  const lastWidth = isProse ? lastColumnWidth([head, ...lines], width) : undefined;
  const text = `${drawTable(lines, { head, isRight: isRight.slice(0, shown), lastWidth })}\n`;
  return { text, omitted: columns.length - shown };
}

export { answerTable, cellText };
