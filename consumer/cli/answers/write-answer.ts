import type { PlainValue } from '../../queries/engines/plain-value';
import { formatNumber } from '../format';
import { untilInterrupted } from '../interruption';
import { writeLines } from '../line-format';
import { Output } from '../output';
import { writeOutputFile } from '../output-file';
import { terminalText } from '../terminal-text';
import type { Answer } from './answer';
import { answerFormats } from './answer-formats';
import type { AnswerCliOptions } from './answer-options';
import { answerTable } from './answer-table';

/** A table is for a person: of more rows the first are shown. */
const tableRows = 1000;

/** How many rows were written, and whether there were more. */
interface Written {
  rows: number;
  hasMore: boolean;
}

async function* eachRow({ rows }: Answer): AsyncGenerator<readonly PlainValue[], void> {
  for await (const batch of rows) yield* batch;
}

async function writeTable(answer: Answer, output: Output, width: number | undefined): Promise<Written> {
  const shown: (readonly PlainValue[])[] = [];
  let hasMore = false;
  for await (const row of eachRow(answer)) {
    hasMore = shown.length === tableRows;
    if (hasMore) break;
    shown.push(row);
  }
  const head = answer.head.map((line) => `${terminalText(line)}\n`).join('');
  void output.write(head + answerTable(answer, shown, width)); // flushed next
  await untilInterrupted(output.flush());
  return { rows: shown.length, hasMore };
}

/** Writes an answer to standard output or to a file. */
async function writeAnswer(
  answer: Answer,
  { format, output, overwrite = false }: AnswerCliOptions,
): Promise<Written | undefined> {
  const { isTTY, columns } = process.stdout;
  const isTerminal = output === undefined && isTTY === true;
  const chosen = format ?? (isTerminal ? 'table' : 'ndjson');
  const write = async (to: Output): Promise<Written> => {
    if (chosen === 'table') return writeTable(answer, to, isTerminal ? columns : undefined);
    if (chosen === 'parquet') throw new Error('parquet is written by the engine');
    const lines = answerFormats(answer.columns)[chosen];
    return { rows: await writeLines(eachRow(answer), lines, to, isTerminal), hasMore: false };
  };
  return output === undefined ? write(new Output()) : writeOutputFile(output, { overwrite }, write);
}

/** How many rows an answer has, to begin the line below it. */
function rowsText({ rows, hasMore }: Written, more: string): string {
  return hasMore
    ? `the first ${formatNumber(rows, 'row')}: --format csv has all`
    : `${formatNumber(rows, 'row')}${more}`;
}

export { rowsText, type Written, writeAnswer };
