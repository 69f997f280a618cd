import { totalmem } from 'node:os';
import { duckdb } from '../../archive/dialects/duckdb';
import { sqlText } from '../../archive/dialects/literals';
import type { Database, TextParameters } from '../../archive/store/database';
import { createView, sessionTwins, storedViews } from '../../archive/views/stored-views';
import { explainDuckDb } from './duckdb-error';
import { checkParameters, type Engine, QueryError, type QueryResult } from './engine';
import { type PlainValue, plainValue } from './plain-value';

/**
 * All views over an archive, as statements. They are the session's own: nothing is written, and an archive of any age
 * has the views of the version that asks.
 */
const createViews = [
  ...storedViews.map((view) => createView(view, { isTemporary: true })),
  sessionTwins,
].join('\n');

/** Gives an open archive the views that questions and people's queries read. */
async function prepare(database: Database): Promise<void> {
  await database.run(createViews);
}

/** Bytes that queries may take before they spill to disk: a quarter of the machine's, at least 512 MiB. */
function queryMemory(): number {
  // In a container the limit is the machine; 0 or more than there is means that there is no limit.
  const constrained = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.max(512 * 2 ** 20, Math.floor(Math.min(totalmem(), constrained) / 4));
}

/** How to ask an archive. */
interface ArchiveEngineOptions {
  /** The one file that {@link ArchiveEngine.writeParquet} may write. */
  parquetFile?: string | undefined;
}

/** An open archive as an engine. It reads the archive and nothing else, whatever the query says. */
interface ArchiveEngine extends Engine {
  /**
   * Runs one reading statement.
   * @param parameters values of `$name`; each is bound as text, so that the query casts it
   * @throws {QueryError} when it is not one reading statement, or fails
   */
  query(sql: string, parameters?: TextParameters): Promise<QueryResult>;
  /**
   * Writes what a query gives to the engine's Parquet file.
   * @returns how many rows there were
   * @throws {QueryError} when it is no single SELECT, or fails
   */
  writeParquet(sql: string, parameters?: TextParameters): Promise<number>;
}

/** Statements that give rows and change nothing; PRAGMA becomes a SELECT in DuckDB, and may be a setting. */
const reading = ['SELECT', 'EXPLAIN'];
const pragma = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*PRAGMA\b/i;

/** Checks a statement, and that it has the values of its parameters and no others. */
async function check(
  database: Database,
  sql: string,
  given: TextParameters,
  kinds: readonly string[] = reading,
): Promise<void> {
  const { count, type, parameters } = await database.examine(sql);
  if (count > 1) throw new QueryError(`a query is one statement, and this is ${count}: run each by itself`);
  if (!kinds.includes(type) || pragma.test(sql)) {
    const kind = pragma.test(sql) ? 'PRAGMA' : type;
    throw new QueryError(`a query only reads, and this is of the kind ${kind}: write a SELECT`);
  }
  checkParameters(parameters, given);
}

async function* plainRows(
  { columns, rows }: Awaited<ReturnType<Database['query']>>,
  sql: string,
): AsyncGenerator<PlainValue[][], void> {
  try {
    for await (const batch of rows) {
      yield batch.map((row) => row.map((value, index) => plainValue(value, columns[index]?.type ?? '')));
    }
  } catch (error) {
    throw explainDuckDb(error, sql, 'running');
  }
}

/** Where in a message its place in the query is: one line further down behind an EXPLAIN. */
const linePlace = /\bLINE \d+:/g;

/**
 * Whether planning a query ends in an error too: that comes of no row. A query with parameters is planned when it has
 * their values, in the same step in which it begins to run.
 */
async function isOfPlanning(
  database: Database,
  error: unknown,
  sql: string,
  parameters: TextParameters,
): Promise<boolean> {
  const words = (thrown: unknown) => String(thrown).replace(linePlace, '');
  return database.query(`EXPLAIN\n${sql}`, parameters).then(
    () => false,
    (planning: unknown) => words(planning) === words(error),
  );
}

/** Checks a query and begins to run it, with its errors in our words. */
async function begin<Result>(
  database: Database,
  { sql, parameters, kinds }: { sql: string; parameters: TextParameters; kinds?: readonly string[] },
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    await check(database, sql, parameters, kinds);
  } catch (error) {
    throw explainDuckDb(error, sql, 'planning');
  }
  try {
    return await run();
  } catch (error) {
    const stage = (await isOfPlanning(database, error, sql, parameters)) ? 'planning' : 'running';
    throw explainDuckDb(error, sql, stage);
  }
}

/**
 * Makes an engine of an archive that was opened for reading. From then on this connection reaches no file
 * but the archive, loads nothing, and its settings are fixed.
 *
 * @example
 * ```ts
 * await readArchive('ses-events.duckdb', {}, async (database) => {
 *   const engine = await archiveEngine(database);
 *   const { rows } = await engine.query('SELECT status, count(*) FROM messages GROUP BY status');
 *   for await (const batch of rows) console.log(batch);
 * });
 * ```
 */
async function archiveEngine(
  database: Database,
  { parquetFile }: ArchiveEngineOptions = {},
): Promise<ArchiveEngine> {
  await database.run(`SET memory_limit = '${queryMemory()}B'; SET preserve_insertion_order = true;`);
  await prepare(database);
  const writable = parquetFile === undefined ? '' : sqlText(parquetFile);
  await database.run(
    `SET allowed_paths = [${writable}]; SET enable_external_access = false; SET lock_configuration = true;`,
  );
  return {
    dialect: duckdb,
    query: (sql, parameters = {}) =>
      begin(database, { sql, parameters }, async () => {
        const result = await database.query(sql, parameters);
        return { columns: result.columns, rows: plainRows(result, sql) };
      }),
    writeParquet: (sql, parameters = {}) =>
      begin(database, { sql, parameters, kinds: ['SELECT'] }, async () => {
        // Not COPY (…): what ends the query's text, a comment or a semicolon, would end up inside.
        const table = `CREATE OR REPLACE TEMP TABLE answer AS ${sql}`;
        await (await database.query(table, parameters)).rows[Symbol.asyncIterator]().next();
        return database.change(
          `COPY temp.answer TO ${writable} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`,
        );
      }),
  };
}

export { type ArchiveEngine, type ArchiveEngineOptions, archiveEngine, createViews, prepare };
