import type { PlainValue } from '../../queries/engines/plain-value';
import { writeLines } from '../formats/line-format';
import { textFormats } from '../formats/registry';
import { type AnswerCliOptions, answerFormat } from '../options/answer-options';
import { formatNumber } from '../output/number-text';
import { Output } from '../output/output';
import { writeOutputFile } from '../output/output-file';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';
import type { Answer } from './answer';
import { answerTable } from './answer-table';
import { rowShape } from './row-shape';

/** A longer answer is drawn as several tables: each is held until it is drawn, and as wide as its longest cells. */
const tableRows = 1000;

/** How many rows were written, and whether there were more. */
interface Written {
  rows: number;
  hasMore: boolean;
}

async function* eachRow({ rows }: Answer): AsyncGenerator<readonly PlainValue[], void> {
  for await (const batch of rows) yield* batch;
}

async function writeTable(
  context: CommandContext,
  answer: Answer,
  output: Output,
  width: number | undefined,
): Promise<Written> {
  const { head, tableLimit = Number.POSITIVE_INFINITY } = answer;
  void output.write(head.map((line) => `${terminalText(line)}\n`).join('')); // flushed with the rows
  let shown: (readonly PlainValue[])[] = [];
  let rows = 0;
  let hasMore = false;
  let isList = answer.isList;
  const draw = async () => {
    void output.write(answerTable({ ...answer, isList }, shown, width)); // flushed next
    await context.untilInterrupted(output.flush());
  };
  for await (const row of eachRow(answer)) {
    if (context.isInterrupted) break;
    hasMore = rows === tableLimit;
    if (hasMore) break;
    if (shown.length === tableRows) {
      await draw();
      [shown, isList] = [[], true]; // what is left may be one row
    }
    rows++;
    shown.push(row);
  }
  await draw();
  return { rows, hasMore };
}

/** Writes an answer to standard output or to a file. */
async function writeAnswer(
  context: CommandContext,
  answer: Answer,
  options: AnswerCliOptions,
): Promise<Written | undefined> {
  const { output, overwrite = false } = options;
  const { isTTY, columns } = context.stdout;
  const isTerminal = output === undefined && isTTY === true;
  const chosen = answerFormat(context, options);
  const write = async (to: Output): Promise<Written> => {
    if (chosen === 'table') return writeTable(context, answer, to, isTerminal ? columns : undefined);
    if (chosen === 'parquet') throw new Error('parquet is written by the engine');
    const lines = textFormats[chosen].lines(rowShape(answer.columns));
    return { rows: await writeLines(context, eachRow(answer), lines, to, isTerminal), hasMore: false };
  };
  return output === undefined
    ? write(new Output(context.stdout))
    : writeOutputFile(context, output, { overwrite }, write);
}

/** How many rows an answer has, to begin the line below it. */
function rowsText({ rows, hasMore }: Written, more: string): string {
  return hasMore
    ? `the first ${formatNumber(rows, 'row')}: --format csv has all`
    : `${formatNumber(rows, 'row')}${more}`;
}

export { rowsText, type Written, writeAnswer };
