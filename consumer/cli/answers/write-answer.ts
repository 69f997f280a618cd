import type { PlainValue } from '../../queries/engines/plain-value';
import type { AnswerType } from '../../queries/questions/question';
import { headerText } from '../../texts/header-text';
import { formatNumber } from '../../texts/number-text';
import { terminalText } from '../../texts/terminal-text';
import { type Cell, type Shape, writeLines } from '../formats/line-format';
import { textFormats } from '../formats/registry';
import { writeXlsx } from '../formats/xlsx/write-xlsx';
import { type AnswerCliOptions, answerFormat } from '../options/answer-options';
import { hasColors } from '../output/colors';
import type { Output } from '../output/output';
import { writeOutput } from '../output/output-file';
import { tableWidth } from '../output/table-width';
import type { CommandContext } from '../process/context';
import type { Answer, ShownColumn, Written } from './answer';
import { type AnswerLook, answerTable } from './answer-table';

type Row = readonly PlainValue[];

/**
 * Rows per table. A longer answer is drawn as several tables. A table is held in memory until it is drawn,
 * and is as wide as its longest cells.
 */
const tableRows = 1000;

/** Converts a value to a cell: numbers unchanged, headers decoded, times in ISO 8601, lists and objects as JSON. */
function cell(value: PlainValue, type?: AnswerType): Cell {
  if (value === null) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return JSON.stringify(value);
  if (type === 'header' && typeof value === 'string') return headerText(value);
  return typeof value === 'boolean' ? String(value) : value;
}

/** Describes a row of these columns to the list formats. */
function rowShape(columns: readonly ShownColumn[]): Shape<Row> {
  const names = columns.map(({ name }) => name);
  const keys = names.map((name) => JSON.stringify(name));
  return {
    json: (row) => `{${keys.map((key, index) => `${key}:${JSON.stringify(row[index] ?? null)}`).join(',')}}`,
    columns: names,
    cells: (row) => row.map((value, index) => cell(value, columns[index]?.type)),
  };
}

/** Returns rows that are already in memory as the rows of an answer. */
async function* constantRows(rows: readonly Row[]): AsyncGenerator<readonly Row[], void> {
  yield rows;
}

async function* eachRow({ rows }: Answer): AsyncGenerator<Row, void> {
  for await (const batch of rows) yield* batch;
}

async function writeTable(
  context: CommandContext,
  answer: Answer,
  output: Output,
  look: AnswerLook,
): Promise<Written> {
  const { head, tableLimit = Number.POSITIVE_INFINITY } = answer;
  void output.write(head.map((line) => `${terminalText(line)}\n`).join('')); // flushed with the rows
  let shown: Row[] = [];
  let rows = 0;
  let hasMore = false;
  let isList = answer.isList;
  let omittedColumns = 0;
  const draw = async () => {
    const table = answerTable({ ...answer, isList }, shown, look);
    omittedColumns = Math.max(omittedColumns, table.omitted);
    void output.write(table.text); // flushed next
    await context.untilInterrupted(output.flush());
  };
  for await (const row of eachRow(answer)) {
    if (context.isInterrupted) break;
    hasMore = rows === tableLimit;
    if (hasMore) break;
    if (shown.length === tableRows) {
      await draw();
      [shown, isList] = [[], true]; // the remaining rows may be a single one
    }
    rows++;
    shown.push(row);
  }
  await draw();
  return { rows, hasMore, omittedColumns };
}

/** Writes an answer to standard output or to a file. */
async function writeAnswer(
  context: CommandContext,
  answer: Answer,
  options: AnswerCliOptions,
): Promise<Written | undefined> {
  const chosen = answerFormat(context, options);
  return writeOutput(context, options, async (to, isTerminal) => {
    if (chosen === 'table') {
      const width = tableWidth(context, isTerminal);
      const isFolded = width !== undefined && options.allColumns !== true;
      const isColored = options.output === undefined && hasColors(context);
      return writeTable(context, answer, to, { width, isFolded, isColored });
    }
    if (chosen === 'parquet') throw new Error('parquet is written by the engine');
    if (chosen === 'xlsx') {
      const { name = 'answer', columns } = answer;
      return { rows: await writeXlsx(context, { name, columns, rows: eachRow(answer) }, to), hasMore: false };
    }
    const lines = textFormats[chosen].lines(rowShape(answer.columns));
    return { rows: await writeLines(context, eachRow(answer), lines, to, isTerminal), hasMore: false };
  });
}

/** Formats the number of rows, which begins the line below an answer. */
function rowsText({ rows, hasMore, omittedColumns = 0 }: Written, more: string): string {
  const columns =
    omittedColumns > 0 ? `, ${formatNumber(omittedColumns, 'more column')}: add --all-columns` : '';
  return hasMore
    ? `first ${formatNumber(rows, 'row')}, more with --limit all${columns}`
    : `${formatNumber(rows, 'row')}${more}${columns}`;
}

export { constantRows, rowsText, writeAnswer };
