import { Command } from 'commander';
import { pageAddress } from '../../pages/page-address';
import { defaultLimit } from '../../queries/questions/parameters';
import { askQuestion, type QuestionCliOptions } from '../answers/ask-question';
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
  }).action(async (name: string, options: QuestionCliOptions) => {
    await askQuestion(context, findQuestion(name), options);
  });
}

export { askCommand };
