import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Command, InvalidArgumentError } from 'commander';
import { storedViews } from '../../archive/views/stored-views';
import { lineTables, queryStatements } from '../../queries/engines/athena/statements';
import { archiveEngine } from '../../queries/engines/duckdb-engine';
import type { ResultColumn } from '../../queries/engines/engine';
import type { PartitionWindow } from '../../queries/prelude/partition-filter';
import { catalogViews } from '../../queries/views/athena-views';
import { columnMeaning } from '../../queries/views/column-meaning';
import type { Presentation } from '../answers/answer';
import { askArchive, withArchive } from '../answers/ask-archive';
import { type AthenaCliOptions, askAthena } from '../answers/ask-athena';
import { constantRows, writeAnswer } from '../answers/write-answer';
import { addAnswerOptions, checkAnswerOptions } from '../options/answer-options';
import { type ArchiveCliOptions, addArchiveOptions } from '../options/archive-options';
import { addEngineOptions, checkEngineOptions } from '../options/engine-options';
import { parseTime } from '../options/event-filter-options';
import { findNamed } from '../options/find-named';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';

interface QueryCliOptions extends ArchiveCliOptions, AthenaCliOptions {
  file?: string;
  parameter?: Readonly<Record<string, string>>;
  columns?: string;
  since?: Date;
  until?: Date;
}

/** Maximum number of rows in a table, because a query may return millions of rows. */
const tableLimit = 1000;

/** Parses `name=value` and adds it to the previous parameters. */
function parseParameter(text: string, previous: Readonly<Record<string, string>> = {}) {
  const [, name, value] = /^\$?(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('write a parameter as name=value, for $name in the query');
  return { ...previous, [name]: value };
}

/** Columns with these names, for an answer. */
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
  await writeAnswer(context, { head: [], columns, rows: constantRows(rows) }, options);
}

async function writeColumns(
  context: CommandContext,
  columns: readonly ResultColumn[],
  options: QueryCliOptions,
): Promise<void> {
  const rows = columns.map(({ name, type }) => [name, type, columnMeaning(name) ?? null]);
  const head = [...named('column', 'type'), meaningColumn];
  await writeAnswer(context, { head: [], columns: head, rows: constantRows(rows) }, options);
}

async function listColumns(context: CommandContext, name: string, options: QueryCliOptions): Promise<void> {
  const view = findNamed(viewsOf(options), name, { what: 'view', listing: 'query' });
  if (view.columns !== undefined) return writeColumns(context, view.columns, options);
  await withArchive(context, options, async (database) => {
    const engine = await archiveEngine(database);
    const { columns } = await engine.query(`FROM ${name} LIMIT 0`);
    await writeColumns(context, columns, options);
  });
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
  if (sql !== undefined && file !== undefined)
    throw new UsageError('give the query or --file, not both: they are two queries');
  if (sql === '-') return text(stdin);
  if (file === undefined) return sql;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
    throw new UsageError(`cannot read ${file}: ${code}; name a file that holds SQL`);
  }
}

/** Returns the partitions that a query reads. The query itself filters the events. */
function queryWindow({ since, until, lookAhead }: QueryCliOptions): PartitionWindow {
  return { time: 'happened', since, until, lookAhead };
}

async function query(
  context: CommandContext,
  sql: string | undefined,
  options: QueryCliOptions,
): Promise<void> {
  checkAnswerOptions(options);
  checkEngineOptions(options, { since: '--since', until: '--until', dryRun: '--dry-run' });
  const { columns, file, parameter = {}, engine } = options;
  const given = await queryText(context, sql, file);
  if (given === undefined) {
    if (options.format === 'parquet') throw new UsageError('parquet is for the rows of a query: add one');
    return columns === undefined ? listViews(context, options) : listColumns(context, columns, options);
  }
  if (columns !== undefined)
    throw new UsageError('--columns lists the columns of a view: leave out the query');
  const presentation: Presentation = {
    answer: (result) => ({
      head: [],
      columns: named(...result.columns.map(({ name }) => name)),
      rows: result.rows,
      tableLimit,
    }),
  };
  if (engine === 'athena')
    return askAthena(context, queryStatements(given, parameter, queryWindow(options)), presentation, options);
  await askArchive(context, { sql: given, parameters: parameter, ...presentation }, options);
}

/** `ses-events query`: runs your own SQL over the archive. */
function queryCommand(context: CommandContext): Command {
  const command = new Command('query')
    .summary('run SQL over the archive')
    .description(
      'Runs one reading statement of DuckDB over the archive: no files, no extensions, no settings, nothing ' +
        'written; or of Athena over the bucket. Without a query it lists the views and what a row of each is.',
    )
    .argument('[sql]', 'the query, or - for standard input')
    .option('--file <file>', 'a file that holds the query')
    .option(
      '-p, --parameter <name=value>',
      'the value of $name in the query, bound as text: cast it there; again for each further one',
      parseParameter,
    )
    .option('--columns <view>', 'list the columns of a view and what they mean instead');
  addAnswerOptions(addArchiveOptions(command, context));
  return addEngineOptions(command)
    .option(
      '--since <time>',
      'athena: read no partitions of events before; which events are wanted, the query says',
      parseTime,
    )
    .option('--until <time>', 'athena: and none of events after', parseTime)
    .option('--dry-run', 'athena: print the SQL instead of running it')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  $ ses-events query\n' +
        '  $ ses-events query --columns messages\n' +
        '  $ ses-events query "SELECT status, count(*) FROM messages GROUP BY ALL"\n' +
        "  $ ses-events query 'FROM bounces WHERE event_time >= $since::TIMESTAMP' -p since=2026-03-01 --format csv\n" +
        '  $ ses-events query "SELECT count(*) FROM opens" --engine athena --terraform-outputs outputs.json --since 2026-03-01\n',
    )
    .action((sql: string | undefined, options: QueryCliOptions) => query(context, sql, options));
}

export { queryCommand };
