import { Command } from 'commander';
import { duckdb } from '../../archive/dialects/duckdb';
import { questionStatements } from '../../queries/engines/athena/statements';
import { defaultLimit } from '../../queries/parameters';
import { questionSql } from '../../queries/question';
import { addAnswerOptions, checkAnswerOptions } from '../answers/answer-options';
import { askArchive } from '../answers/ask-archive';
import { type AthenaCliOptions, askAthena } from '../answers/ask-athena';
import type { Presentation } from '../answers/presentation';
import { type ArchiveCliOptions, addArchiveOptions } from '../archive-options';
import { addEngineOptions, checkEngineOptions } from '../engine-options';
import {
  addQuestionOptions,
  findQuestion,
  type QuestionCliOptions,
  questionScope,
  questionValues,
} from '../question-options';

interface AskCliOptions extends ArchiveCliOptions, AthenaCliOptions, QuestionCliOptions {}

async function ask(name: string, options: AskCliOptions): Promise<void> {
  const question = findQuestion(name);
  const values = questionValues(question, options);
  checkAnswerOptions(options);
  checkEngineOptions(options);
  const { title, columns, parameters } = question;
  const { limit = defaultLimit } = values;
  const presentation: Presentation = {
    answer: ({ rows }) => ({ head: [title, questionScope(question, values), ''], columns, rows }),
    more: ({ rows }) =>
      parameters.includes('limit') && rows === limit ? ', perhaps not all: see --limit' : '',
  };
  if (options.engine === 'athena')
    return askAthena(questionStatements(question, values, options.lookAhead), presentation, options);
  const sql = questionSql(question, values, duckdb);
  if (options.dryRun === true) process.stdout.write(`${sql}\n`);
  else await askArchive({ sql, ...presentation }, options);
}

/** `ses-events ask`: one of the questions, answered from the archive. */
function askCommand(): Command {
  const command = new Command('ask')
    .summary('answer a question from the archive, or with Athena')
    .description(
      'Answers one of the questions that ses-events questions lists: what bounced and why, who complained, are we ' +
        'healthy. Answers about recipients hold personal data.',
    )
    .argument('<question>', 'its name, such as health; ses-events questions lists them');
  addAnswerOptions(addQuestionOptions(addArchiveOptions(command), String(defaultLimit)));
  return addEngineOptions(command)
    .option('--dry-run', 'print the SQL instead of running it')
    .addHelpText(
      'after',
      '\nA table is for people: shares in percent, long texts cut, one row upright. The other formats have the ' +
        'values as they are: shares from 0 to 1, milliseconds, times in ISO 8601, days as 2026-03-01.\n' +
        '\nExamples:\n' +
        '  $ ses-events ask health --since 2026-03-01\n' +
        '  $ ses-events ask bounces --domain example.com --format csv > bounces.csv\n' +
        '  $ ses-events ask campaigns --format parquet --output campaigns.parquet\n' +
        '  $ ses-events ask health --since 2026-03-01 --engine athena --terraform-outputs outputs.json\n',
    )
    .action(ask);
}

export { askCommand };
