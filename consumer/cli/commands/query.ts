import { Command, InvalidArgumentError, Option } from 'commander';
import { archiveEngine } from '../../queries/engines/duckdb-engine';
import { archiveViews, columnMeaning } from '../../queries/views/archive-views';
import { type AnswerCliOptions, addAnswerOptions, checkAnswerOptions } from '../answers/answer-options';
import { askArchive, withArchive } from '../answers/ask-archive';
import { constantRows } from '../answers/constant-rows';
import { writeAnswer } from '../answers/write-answer';
import { type ArchiveCliOptions, addArchiveOptions } from '../archive-options';
import { closestName } from '../closest-name';
import { UsageError } from '../exit-code';
import { queryText } from '../query-text';

interface QueryCliOptions extends ArchiveCliOptions, AnswerCliOptions {
  file?: string;
  parameter?: Readonly<Record<string, string>>;
  columns?: string;
}

/** `name=value`, added to those before. */
function parseParameter(text: string, previous: Readonly<Record<string, string>> = {}) {
  const [, name, value] = /^\$?(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('write a parameter as name=value, for $name in the query');
  return { ...previous, [name]: value };
}

/** Names of columns as an answer has them. */
const named = (...names: readonly string[]) => names.map((name) => ({ name }));

const meaningColumn = { name: 'meaning', isProse: true } as const;

async function listViews(options: QueryCliOptions): Promise<void> {
  const rows = archiveViews.map(({ name, meaning }) => [name, meaning]);
  const columns = [...named('view'), meaningColumn];
  await writeAnswer({ head: [], columns, rows: constantRows(rows) }, options);
}

async function listColumns(view: string, options: QueryCliOptions): Promise<void> {
  const names = archiveViews.map(({ name }) => name);
  if (!names.includes(view)) {
    const meant = closestName(view, names);
    throw new UsageError(
      `there is no view ${JSON.stringify(view)}${meant === undefined ? '' : `, did you mean ${meant}?`}; ses-events query lists them`,
    );
  }
  await withArchive(options, async (database) => {
    const engine = await archiveEngine(database);
    const { columns } = await engine.query(`FROM ${view} LIMIT 0`);
    const rows = columns.map(({ name, type }) => [name, type, columnMeaning(name) ?? null]);
    const head = [...named('column', 'type'), meaningColumn];
    await writeAnswer({ head: [], columns: head, rows: constantRows(rows) }, options);
  });
}

async function query(sql: string | undefined, options: QueryCliOptions): Promise<void> {
  checkAnswerOptions(options);
  const { columns, file, parameter = {} } = options;
  const text = await queryText({ sql, file });
  if (text === undefined) {
    if (options.format === 'parquet') throw new UsageError('parquet is for the rows of a query: add one');
    return columns === undefined ? listViews(options) : listColumns(columns, options);
  }
  if (columns !== undefined)
    throw new UsageError('--columns lists the columns of a view: leave out the query');
  await askArchive(
    {
      sql: text,
      parameters: parameter,
      answer: (result) => ({
        head: [],
        columns: named(...result.columns.map(({ name }) => name)),
        rows: result.rows,
      }),
    },
    options,
  );
}

/** `ses-events query`: SQL over the archive, for those who write it. */
function queryCommand(): Command {
  const command = new Command('query')
    .summary('run SQL over the archive')
    .description(
      'Runs one reading statement of DuckDB over the archive: no files, no extensions, no settings, nothing ' +
        'written. Without a query it lists the views and what a row of each is.',
    )
    .argument('[sql]', 'the query, or - for standard input')
    .option('--file <file>', 'a file that holds the query')
    .addOption(
      new Option(
        '-p, --parameter <name=value>',
        'the value of $name in the query, bound as text: cast it there; again for each further one',
      ).argParser(parseParameter),
    )
    .option('--columns <view>', 'list the columns of a view and what they mean instead');
  addAnswerOptions(addArchiveOptions(command));
  return command
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  $ ses-events query\n' +
        '  $ ses-events query --columns messages\n' +
        '  $ ses-events query "SELECT status, count(*) FROM messages GROUP BY ALL"\n' +
        "  $ ses-events query 'FROM bounces WHERE event_time >= $since::TIMESTAMP' -p since=2026-03-01 --format csv\n",
    )
    .action(query);
}

export { queryCommand };
