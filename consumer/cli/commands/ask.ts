import { Command } from 'commander';
import { duckdb } from '../../archive/dialects/duckdb';
import { pageAddress } from '../../pages/page-address';
import { questionStatements } from '../../queries/engines/athena/statements';
import type { QueryResult } from '../../queries/engines/engine';
import { missingName } from '../../queries/questions/missing-name';
import { defaultLimit, type Limit, type ParameterValues } from '../../queries/questions/parameters';
import { type Question, questionSql } from '../../queries/questions/question';
import type { Presentation, Written } from '../answers/answer';
import { archiveDryRun } from '../answers/archive-dry-run';
import { askArchive } from '../answers/ask-archive';
import { type AthenaCliOptions, askAthena } from '../answers/ask-athena';
import { addAnswerOptions, answerFormat, checkAnswerOptions } from '../options/answer-options';
import { type ArchiveCliOptions, addArchiveOptions } from '../options/archive-options';
import { addEngineOptions, checkEngineOptions } from '../options/engine-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import {
  addQuestionOptions,
  addRareQuestionOptions,
  findQuestion,
  questionArgument,
  questionScope,
  questionValues,
} from '../options/question-options';
import { formatCount } from '../output/number-text';
import type { CommandContext } from '../process/context';

interface AskCliOptions extends ArchiveCliOptions, AthenaCliOptions, ParameterValues {}

/** Returns the limit without `--limit`: the question's default in tables, and all rows in other formats. */
function usualLimit(context: CommandContext, { parameters }: Question, options: AskCliOptions): Limit {
  return parameters.includes('limit') && answerFormat(context, options) === 'table' ? defaultLimit : 'all';
}

/** Returns the note for an answer without rows, with advice when it was filtered. */
function emptyNote({ limit: _, timezone: __, ...filters }: ParameterValues): string {
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return `: no matching events${isFiltered ? ', check --since, --until and the filters' : ''}`;
}

/** The rows of a limited question, without the total count in the last column of each row. */
class CountedRows {
  private total: number | undefined;

  /** Returns the rows of a result. The count is known after the first row is read. */
  async *of({ rows }: QueryResult): QueryResult['rows'] {
    for await (const batch of rows) {
      this.total ??= Number(batch[0]?.at(-1));
      yield batch.map((row) => row.slice(0, -1));
    }
  }

  /** Formats the number of rows that the limit omits, shown after the number of rows written. */
  more({ rows }: Written, limit: Limit): string {
    if (this.total === undefined) return rows === limit ? '; there may be more: raise --limit' : '';
    const more = this.total - rows;
    return more > 0 ? `, ${formatCount(more)} more with --limit all` : '';
  }
}

async function ask(context: CommandContext, name: string, options: AskCliOptions): Promise<void> {
  const question = findQuestion(name);
  const given = questionValues(question, options);
  checkAnswerOptions(options);
  checkEngineOptions(options);
  const values = { ...given, limit: given.limit ?? usualLimit(context, question, options) };
  const isLimited = values.limit !== 'all';
  // The engine itself writes Parquet files, and would include the count.
  const isCounted = isLimited && options.format !== 'parquet';
  const counted = new CountedRows();
  const { title, columns } = question;
  const presentation: Presentation = {
    answer: (result) => ({
      head: [title, questionScope(question, values), ''],
      columns,
      timezone: values.timezone,
      rows: isCounted ? counted.of(result) : result.rows,
    }),
    missingName: (query) => missingName(values, query),
    more: (written) =>
      written.rows === 0 && values.limit !== 0 ? emptyNote(given) : counted.more(written, values.limit),
  };
  if (options.engine === 'athena') {
    const { lookAhead } = options;
    const window = { time: question.time, since: values.since, until: values.until, lookAhead };
    const statements = questionStatements(question, values, { isCounted, lookAhead });
    return askAthena(context, statements, { ...presentation, window }, options);
  }
  const sql = questionSql(question, values, duckdb, { isCounted });
  if (options.dryRun === true) context.stdout.write(archiveDryRun([{ sql }]));
  else await askArchive(context, { sql, ...presentation }, options);
}

/** `ses-events ask`: answers a question from the archive, or with Athena. */
function askCommand(context: CommandContext): Command {
  const command = new Command('ask')
    .description('Answer a question about your mail')
    .addArgument(
      questionArgument('<question>', 'name of the question, such as health; ses-events questions lists them'),
    );
  addArchiveOptions(command, context);
  addQuestionOptions(
    command,
    `${defaultLimit} in a table of a list, otherwise all`,
    'days, weeks and months, and of times in tables',
  );
  addRareQuestionOptions(command);
  addEngineOptions(addOptionGroup(command, 'output', addAnswerOptions));
  return addHelpEnd(command, {
    notes: [
      'Answers about recipients contain personal data.',
      'A table shows shares in percent, shortens long texts, and shows a single row vertically. The other ' +
        'formats contain the exact values: shares from 0 to 1, durations in milliseconds or hours, times in ISO 8601. ' +
        'Tables and CSV decode MIME-encoded words in subjects and sender names.',
      'A configuration set, domain or tag that does not occur in the archive is an error (exit code 1).',
      `See ${pageAddress('asking')} and ${pageAddress('athena')}`,
    ],
    examples: [
      'ask health --since 2026-03-01',
      'ask trend --by month --since P1Y --timezone Europe/Berlin',
      'ask bounces --domain example.com --format csv > bounces.csv',
      'ask campaigns --format parquet --output campaigns.parquet',
      'ask health --since 2026-03-01 --engine athena --terraform-outputs outputs.json',
    ],
  }).action((name: string, options: AskCliOptions) => ask(context, name, options));
}

export { askCommand };
