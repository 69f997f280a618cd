import { Command } from 'commander';
import { pageAddress } from '../../pages/page-address';
import { questionRequest } from '../../queries/answers/request';
import { defaultLimit, type Limit, type ParameterValues } from '../../queries/questions/parameters';
import type { Question } from '../../queries/questions/question';
import type { Written } from '../answers/answer';
import { askSource } from '../answers/ask-source';
import type { SourceCliOptions } from '../answers/with-source';
import { addAnswerOptions, answerFormat, checkAnswerOptions } from '../options/answer-options';
import { addArchiveOptions } from '../options/archive-options';
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

interface AskCliOptions extends SourceCliOptions, ParameterValues {}

/** Returns the limit without `--limit`: the question's default in tables, and all rows in other formats. */
function usualLimit(context: CommandContext, { parameters }: Question, options: AskCliOptions): Limit {
  return parameters.includes('limit') && answerFormat(context, options) === 'table' ? defaultLimit : 'all';
}

/** Returns the note for an answer without rows, with advice when it was filtered. */
function emptyNote({ limit: _, timezone: __, ...filters }: ParameterValues): string {
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return `: no matching events${isFiltered ? ', check --since, --until and the filters' : ''}`;
}

/** Formats the number of rows that the limit omits, shown after the number of rows written. */
function omittedNote({ rows }: Written, total: number | undefined, limit: Limit): string {
  if (total === undefined) return rows === limit ? '; there may be more: raise --limit' : '';
  return total > rows ? `, ${formatCount(total - rows)} more with --limit all` : '';
}

async function ask(context: CommandContext, name: string, options: AskCliOptions): Promise<void> {
  const question = findQuestion(name);
  const given = questionValues(question, options);
  checkAnswerOptions(options);
  checkEngineOptions(options);
  const limit = given.limit ?? usualLimit(context, question, options);
  const values = { ...given, limit };
  // The engine itself writes Parquet files, and would include the count.
  const isCounted = limit !== 'all' && options.format !== 'parquet';
  const request = questionRequest(question, values, { isCounted, lookAhead: options.lookAhead });
  const { title, columns } = question;
  const more = (written: Written, total?: number) =>
    written.rows === 0 && limit !== 0 ? emptyNote(given) : omittedNote(written, total, limit);
  const head = [title, questionScope(question, values), ''];
  await askSource(context, request, { name, head, columns, timezone: values.timezone, more }, options);
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
        'Tables, CSV and xlsx decode MIME-encoded words in subjects and sender names. A workbook (xlsx) has dates in UTC, ' +
        'and shares in percent.',
      'A configuration set, domain, tag, tenant, region or account that does not occur in the archive is an error (exit code 1).',
      `See ${pageAddress('asking')} and ${pageAddress('athena')}`,
    ],
    examples: [
      'ask health --since 2026-03-01',
      'ask trend --by month --since P1Y --timezone Europe/Berlin',
      'ask bounces --domain example.com --format csv > bounces.csv',
      'ask campaigns --format xlsx --output campaigns.xlsx',
      'ask health --since 2026-03-01 --engine athena --terraform-outputs outputs.json',
    ],
  }).action((name: string, options: AskCliOptions) => ask(context, name, options));
}

export { askCommand };
