import type { LineForm } from '../../queries/engines/line-sql';
import type { QueryLines } from '../../queries/engines/query-lines';
import { type LineFormat, writeBatches } from '../formats/line-format';
import { textFormats } from '../formats/registry';
import { type AnswerCliOptions, answerFormat } from '../options/answer-options';
import { writeOutput } from '../output/output-file';
import type { CommandContext } from '../process/context';
import type { Written } from './answer';

/** Formats whose lines the engine can format, with their form. */
const forms = { csv: 'csv', json: 'json', ndjson: 'json' } as const satisfies Record<string, LineForm>;

/** A text format whose lines are already formatted. */
interface FormattedLines {
  form: LineForm;
  frame(columns: QueryLines['columns']): LineFormat<Uint8Array>;
}

function formattedLines(name: keyof typeof forms): FormattedLines {
  const line = (formatted: Uint8Array) => formatted;
  return {
    form: forms[name],
    frame: (columns) => ({
      ...textFormats[name].lines({
        json: line,
        columns: columns.map((column) => column.name),
        cells: () => [],
      }),
      line,
    }),
  };
}

/** A format that the engine writes: Parquet, or lines. */
type EngineFormat = 'parquet' | FormattedLines;

/** Returns the chosen format if the engine can write it. */
function engineFormat(context: CommandContext, options: AnswerCliOptions): EngineFormat | undefined {
  const chosen = answerFormat(context, options);
  if (chosen === 'csv' || chosen === 'json' || chosen === 'ndjson') return formattedLines(chosen);
  return chosen === 'parquet' ? chosen : undefined;
}

/** Writes lines that the engine has formatted to standard output. */
async function writeQueryLines(
  context: CommandContext,
  { columns, lines }: QueryLines,
  options: AnswerCliOptions,
): Promise<Written | undefined> {
  const format = engineFormat(context, options);
  if (format === undefined || format === 'parquet') throw new Error('this format has no lines');
  return writeOutput(context, options, async (output, isTerminal) => ({
    rows: await writeBatches(context, lines, format.frame(columns), output, isTerminal),
    hasMore: false,
  }));
}

export { type EngineFormat, engineFormat, writeQueryLines };
