import Table from 'cli-table3';
import { Command } from 'commander';
import { duckdb } from '../../archive/dialects/duckdb';
import { type Question, questionSql, questions } from '../../queries/questions/question';
import { questionGroups } from '../../queries/questions/question-groups';
import { answerTable } from '../answers/answer-table';
import { constantRows, writeAnswer } from '../answers/write-answer';
import type { ListFormatName } from '../formats/registry';
import { formatOption, usualFormat } from '../options/list-options';
import { findQuestion, flagList, parameterFlags } from '../options/question-options';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';

interface QuestionsCliOptions {
  format?: ListFormatName;
  sql?: boolean;
}

/** Returns the questions by group. */
function grouped(): [group: string, questions: Question[]][] {
  const all = questions();
  return Object.entries(questionGroups).map(([group, names]) => [
    group,
    names.flatMap((name) => all.filter((question) => question.name === name)),
  ]);
}

function listTable(): string {
  const table = new Table({ head: ['name', 'question'], style: { head: [], border: [], compact: true } });
  for (const [group, found] of grouped()) {
    table.push([{ colSpan: 2, content: group }]);
    for (const { name, title } of found) table.push([`  ${name}`, title]);
  }
  return `${table.toString()}\n`;
}

/** Formats the full description of a question as JSON. */
function questionJson(question: Question) {
  const { name, title, description, parameters, window, columns } = question;
  return {
    name,
    title,
    description,
    parameters: parameters.map((parameter) => parameterFlags[parameter]),
    window,
    columns,
    sql: questionSql(question, {}, duckdb),
  };
}

/** Formats the full description of a question as text. */
function questionText(context: CommandContext, question: Question): string {
  const { name, title, description, parameters, window, columns } = question;
  const rows = columns.map((column) => [column.name, column.type, column.meaning]);
  const head = [{ name: 'column' }, { name: 'type' }, { name: 'meaning', isProse: true as const }];
  return [
    `${title}\n\n${description}\n`,
    `asked by    ses-events ask ${name}`,
    `takes       ${flagList(parameters)}`,
    `time        ${window}\n`,
    answerTable({ columns: head, isList: true }, rows, context.stdout.columns),
    `${questionSql(question, {}, duckdb)}\n`,
  ].join('\n');
}

async function listQuestions(context: CommandContext, { format, sql }: QuestionsCliOptions): Promise<void> {
  if (sql === true)
    throw new UsageError('--sql is of one question: name it, as in ses-events questions health');
  const chosen = format ?? usualFormat(context);
  if (chosen === 'table') {
    context.stdout.write(listTable());
    return;
  }
  const names = ['name', 'title', 'group'];
  const rows = grouped().flatMap(([group, found]) => found.map(({ name, title }) => [name, title, group]));
  const columns = names.map((name) => ({ name }));
  await writeAnswer(context, { head: [], columns, rows: constantRows(rows) }, { format: chosen });
}

async function showQuestion(
  context: CommandContext,
  name: string,
  { format, sql }: QuestionsCliOptions,
): Promise<void> {
  const question = findQuestion(name);
  if (sql === true) {
    context.stdout.write(`${questionSql(question, {}, duckdb)}\n`);
    return;
  }
  const chosen = format ?? usualFormat(context);
  if (chosen === 'csv') throw new UsageError('a question is no table: use --format json, ndjson or table');
  const json = JSON.stringify(questionJson(question), undefined, chosen === 'json' ? 2 : undefined);
  context.stdout.write(chosen === 'table' ? questionText(context, question) : `${json}\n`);
}

/** `ses-events questions`: lists and describes the questions. */
function questionsCommand(context: CommandContext): Command {
  return new Command('questions')
    .summary('list the questions, or say all about one')
    .description(
      'Lists the questions that ses-events ask answers; with a name, says what it means, what it takes, what its ' +
        'columns are, and the SQL.',
    )
    .argument('[question]', 'the name of one')
    .option('--sql', 'print nothing but the SQL of one question')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  $ ses-events questions\n' +
        '  $ ses-events questions health --format table\n' +
        '  $ ses-events questions bounces --sql | ses-events query -\n',
    )
    .action((name: string | undefined, options: QuestionsCliOptions) =>
      name === undefined ? listQuestions(context, options) : showQuestion(context, name, options),
    );
}

export { questionsCommand };
