import { Command } from 'commander';
import { duckdb } from '../../archive/dialects/duckdb';
import { type Question, questionSql, questions } from '../../queries/questions/question';
import { questionGroups } from '../../queries/questions/question-groups';
import { answerTable } from '../answers/answer-table';
import { constantRows, writeAnswer } from '../answers/write-answer';
import type { ListFormatName } from '../formats/registry';
import { addHelpEnd } from '../options/help-text';
import { formatOption, usualFormat } from '../options/list-options';
import { findQuestion, flagList, questionArgument, questionFlags } from '../options/question-options';
import { fittedTable } from '../output/table';
import { tableWidth } from '../output/table-width';
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

function questionTable(context: CommandContext): string {
  const rows = grouped().flatMap(([group, found]) => [
    [group, ''],
    ...found.map(({ name, title }) => [`  ${name}`, title]),
  ]);
  return `${fittedTable(rows, { head: ['name', 'question'], width: tableWidth(context) })}\n`;
}

/** Formats the full description of a question as JSON. */
function questionJson(question: Question) {
  const { name, title, description, window, columns } = question;
  return {
    name,
    title,
    description,
    parameters: questionFlags(question),
    window,
    columns,
    sql: questionSql(question, {}, duckdb),
  };
}

/** Formats the full description of a question as text. */
function questionText(context: CommandContext, question: Question): string {
  const { name, title, description, window, columns } = question;
  const rows = columns.map((column) => [column.name, column.type, column.meaning]);
  const head = [{ name: 'column' }, { name: 'type' }, { name: 'meaning', isProse: true as const }];
  const width = tableWidth(context);
  return [
    `${title}\n\n${description}\n`,
    `command     ses-events ask ${name}`,
    `options     ${flagList(question)}`,
    `time        ${window}\n`,
    answerTable({ columns: head, isList: true }, rows, { width, isFolded: width !== undefined }).text,
    `${questionSql(question, {}, duckdb)}\n`,
  ].join('\n');
}

async function listQuestions(context: CommandContext, { format, sql }: QuestionsCliOptions): Promise<void> {
  if (sql === true)
    throw new UsageError('--sql requires a question, such as ses-events questions health --sql');
  const chosen = format ?? usualFormat(context);
  if (chosen === 'table') {
    context.stdout.write(questionTable(context));
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
  if (chosen === 'csv')
    throw new UsageError(
      '--format csv requires the list of questions: use json, ndjson or table for one question',
    );
  const json = JSON.stringify(questionJson(question), undefined, chosen === 'json' ? 2 : undefined);
  context.stdout.write(chosen === 'table' ? questionText(context, question) : `${json}\n`);
}

/** `ses-events questions`: lists and describes the questions. */
function questionsCommand(context: CommandContext): Command {
  const command = new Command('questions')
    .description('List the questions, or describe one')
    .addArgument(questionArgument('[question]', 'name of a question'))
    .option('--sql', 'print the SQL of a question only')
    .addOption(formatOption());
  return addHelpEnd(command, {
    notes: ['The description of a question contains its meaning, options, columns and SQL.'],
    examples: [
      'questions',
      'questions health --format table',
      'questions bounces --sql | ses-events query -',
    ],
  }).action((name: string | undefined, options: QuestionsCliOptions) =>
    name === undefined ? listQuestions(context, options) : showQuestion(context, name, options),
  );
}

export { questionsCommand };
