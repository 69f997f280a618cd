import { Command } from 'commander';
import { duckdb } from '../../queries/dialects/duckdb';
import { defaultLimit } from '../../queries/parameters';
import { questionSql } from '../../queries/question';
import { type AnswerCliOptions, addAnswerOptions, checkAnswerOptions } from '../answers/answer-options';
import { askArchive } from '../answers/ask-archive';
import { type ArchiveCliOptions, addArchiveOptions } from '../archive-options';
import {
  addQuestionOptions,
  findQuestion,
  type QuestionCliOptions,
  questionScope,
  questionValues,
} from '../question-options';

interface AskCliOptions extends ArchiveCliOptions, AnswerCliOptions, QuestionCliOptions {
  dryRun?: boolean;
}

async function ask(name: string, options: AskCliOptions): Promise<void> {
  const question = findQuestion(name);
  const values = questionValues(question, options);
  checkAnswerOptions(options);
  const sql = questionSql(question, values, duckdb);
  if (options.dryRun === true) {
    process.stdout.write(`${sql}\n`);
    return;
  }
  const { title, columns, parameters } = question;
  const { limit = defaultLimit } = values;
  await askArchive(
    {
      sql,
      answer: ({ rows }) => ({ head: [title, questionScope(question, values), ''], columns, rows }),
      more: (written) =>
        parameters.includes('limit') && written.rows === limit ? ', perhaps not all: see --limit' : '',
    },
    options,
  );
}

/** `ses-events ask`: one of the questions, answered from the archive. */
function askCommand(): Command {
  const command = new Command('ask')
    .summary('answer a question from the archive')
    .description(
      'Answers one of the questions that ses-events questions lists: what bounced and why, who complained, are we ' +
        'healthy. Answers about recipients hold personal data.',
    )
    .argument('<question>', 'its name, such as health; ses-events questions lists them');
  addAnswerOptions(addQuestionOptions(addArchiveOptions(command), String(defaultLimit)));
  return command
    .option('--dry-run', 'print the SQL instead of running it')
    .addHelpText(
      'after',
      '\nA table is for people: shares in percent, long texts cut, one row upright. The other formats have the ' +
        'values as they are: shares from 0 to 1, milliseconds, times in ISO 8601, days as 2026-03-01.\n' +
        '\nExamples:\n' +
        '  $ ses-events ask health --since 2026-03-01\n' +
        '  $ ses-events ask bounces --domain example.com --format csv > bounces.csv\n' +
        '  $ ses-events ask campaigns --format parquet --output campaigns.parquet\n',
    )
    .action(ask);
}

export { askCommand };
