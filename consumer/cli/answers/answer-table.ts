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

/** Formats a value as a table cell, safe for a terminal; a dash where there is no value. */
function cellText(value: PlainValue, { type, isProse }: Omit<ShownColumn, 'name'> = {}): string {
  if (value === null) return '–';
  if (typeof value === 'number') return (type && numberTexts[type]?.(value)) ?? String(value);
  if (value instanceof Date) return formatTime(value);
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
function verticalTable(columns: readonly ShownColumn[], row: readonly PlainValue[], width: number): string {
  const lines = columns.map((column, index) => [
    tableText(column.name),
    cellText(row[index] ?? null, column),
    column.meaning ?? '',
  ]);
  if (columns.every(({ meaning = '' }) => meaning === ''))
    return `${drawTable(lines.map((line) => line.slice(0, 2)))}\n`;
  return `${drawTable(lines, { lastWidth: lastColumnWidth(lines, width) })}\n`;
}

/**
 * Formats rows as a table. A single row is vertical, with the meaning of each column.
 *
 * @param width columns of the terminal
 */
function answerTable(
  { columns: all, isList }: Pick<Answer, 'columns' | 'isList'>,
  found: readonly Row[],
  width = defaultWidth,
): string {
  const [columns, rows] = withoutRawColumns(all, found);
  const [only] = rows;
  if (only === undefined) return '';
  if (rows.length === 1 && isList !== true) return verticalTable(columns, only, width);
  const head = columns.map(({ name }) => tableText(name));
  const lines = rows.map((row) => columns.map((column, index) => cellText(row[index] ?? null, column)));
  const isRight = columns.map(
    ({ type = 'text' }, index) => type in numberTexts || rows.every((row) => typeof row[index] === 'number'),
  );
  const hasProse = columns.at(-1)?.isProse === true;
  const lastWidth = hasProse ? lastColumnWidth([head, ...lines], width) : undefined;
  return `${drawTable(lines, { head, isRight, lastWidth })}\n`;
}

export { answerTable, cellText };
