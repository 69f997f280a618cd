import { Command } from 'commander';
import { duckdb } from '../../archive/dialects/duckdb';
import { questionStatements } from '../../queries/engines/athena/statements';
import type { QueryResult } from '../../queries/engines/engine';
import { missingName } from '../../queries/questions/missing-name';
import { defaultLimit, type Limit, type ParameterValues } from '../../queries/questions/parameters';
import { type Question, questionSql } from '../../queries/questions/question';
import type { Presentation, Written } from '../answers/answer';
import { askArchive } from '../answers/ask-archive';
import { type AthenaCliOptions, askAthena } from '../answers/ask-athena';
import { addAnswerOptions, answerFormat, checkAnswerOptions } from '../options/answer-options';
import { type ArchiveCliOptions, addArchiveOptions } from '../options/archive-options';
import { addEngineOptions, checkEngineOptions } from '../options/engine-options';
import { addQuestionOptions, findQuestion, questionScope, questionValues } from '../options/question-options';
import { formatCount } from '../output/number-text';
import type { CommandContext } from '../process/context';

interface AskCliOptions extends ArchiveCliOptions, AthenaCliOptions, ParameterValues {}

/** Returns the limit without `--limit`: tables use the question's default limit, and programs get all rows. */
function usualLimit(context: CommandContext, { parameters }: Question, options: AskCliOptions): Limit {
  return parameters.includes('limit') && answerFormat(context, options) === 'table' ? defaultLimit : 'all';
}

/** The rows of a limited question, without the total count that each row ends with. */
class CountedRows {
  private inAll: number | undefined;

  /** Returns the rows of a result. The count is known after the first row is read. */
  async *of({ rows }: QueryResult): QueryResult['rows'] {
    for await (const batch of rows) {
      this.inAll ??= Number(batch[0]?.at(-1));
      yield batch.map((row) => row.slice(0, -1));
    }
  }

  /** Formats the number of rows that the limit omits, shown after the number of rows written. */
  more({ rows }: Written, limit: Limit): string {
    if (this.inAll === undefined) return rows === limit ? ', perhaps not all: see --limit' : '';
    const left = this.inAll - rows;
    return left > 0 ? `, ${formatCount(left)} more: --limit all has them` : '';
  }
}

async function ask(context: CommandContext, name: string, options: AskCliOptions): Promise<void> {
  const question = findQuestion(name);
  const given = questionValues(question, options);
  checkAnswerOptions(options);
  checkEngineOptions(options);
  const values = { ...given, limit: given.limit ?? usualLimit(context, question, options) };
  const isLimited = values.limit !== 'all';
  // The engine itself writes a Parquet file, and would include the count.
  const isCounted = isLimited && options.format !== 'parquet';
  const counted = new CountedRows();
  const { title, columns } = question;
  const presentation: Presentation = {
    answer: (result) => ({
      head: [title, questionScope(question, values), ''],
      columns,
      rows: isCounted ? counted.of(result) : result.rows,
    }),
    missingName: (query) => missingName(values, query),
    more: (written) => counted.more(written, values.limit),
  };
  if (options.engine === 'athena') {
    const { lookAhead } = options;
    const window = { time: question.time, since: values.since, until: values.until, lookAhead };
    const statements = questionStatements(question, values, { isCounted, lookAhead });
    return askAthena(context, statements, { ...presentation, window }, options);
  }
  const sql = questionSql(question, values, duckdb, { isCounted });
  if (options.dryRun === true) context.stdout.write(`${sql}\n`);
  else await askArchive(context, { sql, ...presentation }, options);
}

/** `ses-events ask`: answers one of the questions from the archive. */
function askCommand(context: CommandContext): Command {
  const command = new Command('ask')
    .summary('answer a question from the archive, or with Athena')
    .description(
      'Answers one of the questions that ses-events questions lists: what bounced and why, who complained, are we ' +
        'healthy. Answers about recipients hold personal data.',
    )
    .argument('<question>', 'its name, such as health; ses-events questions lists them');
  addAnswerOptions(
    addQuestionOptions(
      addArchiveOptions(command, context),
      `${defaultLimit} in a table of a list, otherwise all`,
    ),
  );
  return addEngineOptions(command)
    .option('--dry-run', 'print the SQL instead of running it')
    .addHelpText(
      'after',
      '\nA table is for people: shares in percent, long texts cut, one row upright. The other formats have the ' +
        'values as they are: shares from 0 to 1, milliseconds, times in ISO 8601, days as 2026-03-01. A table and ' +
        'CSV decode the MIME-encoded words of subjects and sender names.\n' +
        'A configuration set, domain or tag that nothing in the archive has is an error (exit code 1); one that has ' +
        'nothing in the time asked about is not.\n' +
        '\nExamples:\n' +
        '  $ ses-events ask health --since 2026-03-01\n' +
        '  $ ses-events ask bounces --domain example.com --format csv > bounces.csv\n' +
        '  $ ses-events ask campaigns --format parquet --output campaigns.parquet\n' +
        '  $ ses-events ask health --since 2026-03-01 --engine athena --terraform-outputs outputs.json\n',
    )
    .action((name: string, options: AskCliOptions) => ask(context, name, options));
}

export { askCommand };
