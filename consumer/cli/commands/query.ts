import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createTables } from '../../archive/file/create';
import { Database } from '../../archive/store/database';
import { storedViews } from '../../archive/views/stored-views';
import { pageAddress } from '../../pages/page-address';
import { queryRequest } from '../../queries/answers/request';
import { archiveEngine } from '../../queries/engines/duckdb-engine';
import { MissingParameterError, QueryError, type ResultColumn } from '../../queries/engines/engine';
import { lineTables } from '../../queries/lines/line-tables';
import type { Limit } from '../../queries/questions/parameters';
import { catalogViews } from '../../queries/views/athena-views';
import { columnMeaning } from '../../queries/views/column-meaning';
import type { Written } from '../answers/answer';
import { askSource } from '../answers/ask-source';
import type { SourceCliOptions } from '../answers/with-source';
import { constantRows, writeAnswer } from '../answers/write-answer';
import { addAnswerOptions, checkAnswerOptions } from '../options/answer-options';
import { addArchiveOptions } from '../options/archive-options';
import { addEngineOptions, checkEngineOptions } from '../options/engine-options';
import { findNamed } from '../options/find-named';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { limitOption } from '../options/list-options';
import { parseTime } from '../options/time-option';
import { addValueNames } from '../options/value-names';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';

interface QueryCliOptions extends SourceCliOptions {
  file?: string;
  limit?: Limit;
  parameter?: Readonly<Record<string, string>>;
  columns?: string;
  since?: Date;
  until?: Date;
}

/** Maximum number of rows in a table without `--limit`, because a query may return millions of rows. */
const tableLimit = 1000;

/** Parses `name=value` and adds it to the previous parameters. */
function parseParameter(text: string, previous: Readonly<Record<string, string>> = {}) {
  const [, name, value] = /^\$?(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('Expected name=value, for $name in the query.');
  return { ...previous, [name]: value };
}

/** Returns columns with these names, for an answer. */
const named = (...names: readonly string[]) => names.map((name) => ({ name }));

const meaningColumn = { name: 'meaning', isProse: true } as const;

/** A view for the lists of views, with its columns where they are known without a query. */
interface ListedView {
  name: string;
  meaning: string;
  columns?: readonly ResultColumn[];
}

/** Returns the views that queries of an engine can read. */
function viewsOf({ engine }: QueryCliOptions): readonly ListedView[] {
  return engine === 'athena' ? catalogViews(lineTables) : storedViews;
}

async function listViews(context: CommandContext, options: QueryCliOptions): Promise<void> {
  const rows = viewsOf(options).map(({ name, meaning }) => [name, meaning]);
  const columns = [...named('view'), meaningColumn];
  await writeAnswer(context, { name: 'views', head: [], columns, rows: constantRows(rows) }, options);
}

async function writeColumns(
  context: CommandContext,
  view: string,
  columns: readonly ResultColumn[],
  options: QueryCliOptions,
): Promise<void> {
  const rows = columns.map(({ name, type }) => [name, type, columnMeaning(view, name) ?? null]);
  const head = [...named('column', 'type'), meaningColumn];
  await writeAnswer(context, { name: 'columns', head: [], columns: head, rows: constantRows(rows) }, options);
}

/** Returns the columns of a view of an archive, with the types of DuckDB. An archive is not required. */
async function archiveColumns(view: string): Promise<readonly ResultColumn[]> {
  const database = await Database.create({});
  try {
    await createTables(database);
    const engine = await archiveEngine(database);
    return (await engine.query(`FROM ${view} LIMIT 0`)).columns;
  } finally {
    database.close();
  }
}

async function listColumns(context: CommandContext, name: string, options: QueryCliOptions): Promise<void> {
  const view = findNamed(viewsOf(options), name, { what: 'view', listing: 'query' });
  const columns = options.engine === 'athena' ? view.columns : await archiveColumns(name);
  await writeColumns(context, name, columns ?? [], options);
}

/**
 * Reads the text of a query; undefined when none is given.
 * @param sql the query itself, or `-` for standard input
 * @throws {UsageError} when two are given, or the file cannot be read
 */
async function queryText(
  { stdin }: CommandContext,
  sql: string | undefined,
  file: string | undefined,
): Promise<string | undefined> {
  if (sql !== undefined && file !== undefined) throw new UsageError('a query cannot be combined with --file');
  if (sql === '-') return text(stdin);
  if (file === undefined) return sql;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
    const causes: Readonly<Record<string, string>> = { ENOENT: 'no such file', EISDIR: 'it is a folder' };
    const cause = causes[code ?? ''] ?? code;
    throw new UsageError(`cannot read ${file}: ${cause}; --file requires a file with SQL`);
  }
}

async function query(
  context: CommandContext,
  sql: string | undefined,
  options: QueryCliOptions,
): Promise<void> {
  checkAnswerOptions(options);
  checkEngineOptions(options, { since: '--since', until: '--until' });
  const { columns, file, parameter = {} } = options;
  const given = await queryText(context, sql, file);
  if (given === undefined) {
    if (options.format === 'parquet') throw new UsageError('--format parquet requires a query');
    if (options.dryRun === true) throw new UsageError('--dry-run requires a query');
    if (options.limit !== undefined) throw new UsageError('--limit requires a query');
    return columns === undefined ? listViews(context, options) : listColumns(context, columns, options);
  }
  if (columns !== undefined) throw new UsageError('--columns cannot be combined with a query');
  const limit = options.limit === 'all' ? undefined : options.limit;
  const shown = {
    ...{ name: 'query', head: [] },
    ...(options.limit === undefined && { tableLimit }),
    more: ({ rows }: Written) => (rows === limit ? '; there may be more: raise --limit' : ''),
  };
  await askSource(context, queryRequest(given, parameter, { ...options, limit }), shown, options);
}

/** Runs a query. An error about a missing parameter shows the option to add. */
async function queryOrAdvise(
  context: CommandContext,
  sql: string | undefined,
  options: QueryCliOptions,
): Promise<void> {
  try {
    await query(context, sql, options);
  } catch (error) {
    if (!(error instanceof MissingParameterError)) throw error;
    throw new QueryError(`${error.message}: add -p ${error.parameter}=VALUE`);
  }
}

/** Adds the Athena options that only this command has. */
function addWindowOptions(command: Command): Command {
  return command
    .option('--since <time>', 'scan partitions with events at or after this time (UTC)', parseTime)
    .option('--until <time>', 'scan partitions with events before this time (UTC)', parseTime);
}

/** `ses-events query`: runs your SQL over the archive, or with Athena. */
function queryCommand(context: CommandContext): Command {
  const command = new Command('query')
    .description('Run SQL over the events')
    .argument('[sql]', 'the query, or - to read it from standard input')
    .option('--file <file>', 'read the query from this file')
    .option(
      '-p, --parameter <name=value>',
      'text value of $name in the query; repeat the option for each parameter',
      parseParameter,
    )
    .addOption(limitOption('maximum number of rows', '1000 in a table, otherwise all'))
    .addOption(
      addValueNames(new Option('--columns <view>', 'list the columns of a view, with their meanings'), () =>
        storedViews.map(({ name, meaning }) => ({ name, description: meaning })),
      ),
    );
  addArchiveOptions(command, context);
  addEngineOptions(addOptionGroup(command, 'output', addAnswerOptions), addWindowOptions);
  return addHelpEnd(command, {
    notes: [
      'Without a query, the views are listed.',
      'A query is one statement that reads the views. It cannot access files, load extensions or change settings.',
      'Parameters are text: cast them in the query. On Athena, --since and --until only limit what is read, so the ' +
        'query must also filter the events.',
      `See ${pageAddress('asking')} and ${pageAddress('athena')}`,
    ],
    examples: [
      'query',
      'query --columns messages',
      'query "SELECT status, count(*) FROM messages GROUP BY ALL"',
      "query 'FROM bounces WHERE event_time >= $since::TIMESTAMP' -p since=2026-03-01 --format csv",
      'query "SELECT count(*) FROM opens" --engine athena --terraform-outputs outputs.json --since 2026-03-01',
    ],
  }).action((sql: string | undefined, options: QueryCliOptions) => queryOrAdvise(context, sql, options));
}

export { queryCommand };
