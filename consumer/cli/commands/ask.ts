import { Command, Option } from 'commander';
import { pageAddress } from '../../pages/page-address';
import { defaultLimit } from '../../queries/questions/parameters';
import { askQuestion, type QuestionCliOptions } from '../answers/ask-question';
import { type FailingVerdict, failingVerdicts, VerdictCheck } from '../answers/verdict-check';
import { addAnswerOptions } from '../options/answer-options';
import { addArchiveOptions } from '../options/archive-options';
import { addEngineOptions } from '../options/engine-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import {
  addQuestionOptions,
  addRareQuestionOptions,
  findQuestion,
  questionArgument,
} from '../options/question-options';
import type { CommandContext } from '../process/context';
import { replaceOption } from '../process/correction';
import { exitCode, UsageError } from '../process/exit-code';

interface AskCliOptions extends QuestionCliOptions {
  failOn?: FailingVerdict;
}

/**
 * Answers a question, and checks its verdicts with `--fail-on`.
 * @throws {UsageError} when the question has no verdicts, or the options cannot be combined
 */
async function ask(
  context: CommandContext,
  name: string,
  { failOn, ...options }: AskCliOptions,
): Promise<void> {
  const question = findQuestion(name);
  if (failOn === undefined) return void (await askQuestion(context, question, options));
  const check = new VerdictCheck(question, failOn);
  if (options.format === 'parquet')
    throw new UsageError('--fail-on cannot be combined with --format parquet: choose another format');
  if (options.limit !== undefined)
    throw new UsageError(
      '--fail-on cannot be combined with --limit: it checks all rows',
      replaceOption('--limit'),
    );
  const written = await askQuestion(context, question, options, { onRow: (row) => check.add(row) });
  if (written === undefined) return;
  if (check.line !== undefined) context.stderr.write(`${check.line}\n`);
  if (check.isFailed) context.exitCode = exitCode.check;
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
  command.addOption(
    new Option(
      '--fail-on <verdict>',
      'health and trend: exit with code 4 if a verdict is this one, or worse',
    ).choices(failingVerdicts),
  );
  addEngineOptions(addOptionGroup(command, 'output', addAnswerOptions));
  return addHelpEnd(command, {
    notes: [
      'Answers about recipients contain personal data.',
      'A table shows shares in percent, shortens long texts, and shows a single row vertically. The other ' +
        'formats contain the exact values: shares from 0 to 1, durations in milliseconds or hours, times in ISO 8601. ' +
        'Tables, CSV and xlsx decode MIME-encoded words in subjects and sender names. A workbook (xlsx) has dates in UTC, ' +
        'and shares in percent.',
      'A configuration set, domain, tag, tenant, region or account that does not occur in the archive is an error (exit code 1).',
      'With --fail-on, a verdict of NULL does not fail, because nothing was sent.',
      `See ${pageAddress('asking')}, ${pageAddress('monitoring')} and ${pageAddress('athena')}`,
    ],
    examples: [
      'ask health --since 2026-03-01',
      'ask trend --by month --since P1Y --timezone Europe/Berlin',
      'ask campaigns --format xlsx --output campaigns.xlsx',
      'ask health --since 7d --fail-on review',
      'ask health --since 2026-03-01 --engine athena --terraform-outputs outputs.json',
    ],
  }).action((name: string, options: AskCliOptions) => ask(context, name, options));
}

export { askCommand };
