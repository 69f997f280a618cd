import { totalmem } from 'node:os';
import { duckdb } from '../../archive/dialects/duckdb';
import { sqlText } from '../../archive/dialects/literals';
import type { Database, TextParameters } from '../../archive/store/database';
import { explainDuckDb, firstWord, writingError } from './duckdb-error';
import { checkParameters, type Engine, QueryError, type QueryResult } from './engine';
import type { LineForm } from './line-sql';
import { type PlainValue, plainValue } from './plain-value';
import { type FileFormat, writeQueryFile } from './query-file';
import { type QueryLines, queryLines } from './query-lines';
import { prepare } from './session-views';

/** Returns the bytes of memory before queries spill to disk: a quarter of the machine's, at least 512 MiB. */
function queryMemory(): number {
  // In a container, its limit replaces the memory of the machine. 0 or a larger value means that there is no
  // limit.
  const constrained = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.max(512 * 2 ** 20, Math.floor(Math.min(totalmem(), constrained) / 4));
}

/** Options of an engine over an archive. */
interface ArchiveEngineOptions {
  /** The only file that {@link ArchiveEngine.writeFile} can write, as an absolute path. */
  file?: string | undefined;
  /**
   * Bytes of memory before queries spill to disk.
   * @default - a quarter of the machine's, at least 512 MiB
   */
  memory?: number | undefined;
  /**
   * Whether no query can change the settings.
   * @default true
   */
  isLocked?: boolean;
  /**
   * Prepares the views that queries read.
   * @default prepare
   */
  prepareViews?: ((database: Database) => Promise<void>) | undefined;
}

/** An engine over an open archive. Queries can only read the archive. */
interface ArchiveEngine extends Engine {
  /**
   * Runs one statement that reads.
   * @param parameters values of `$name`; each is bound as text, so that the query casts it
   * @throws {QueryError} when it is not one reading statement, or fails
   */
  query(sql: string, parameters?: TextParameters): Promise<QueryResult>;
  /**
   * Runs one SELECT whose rows the engine formats as lines. They have the bytes that the formats of the command write for
   * the values of {@link query}, for a fraction of the time: a row leaves the engine as one value.
   * @returns undefined for a statement or a type of a column that only {@link query} can process
   * @throws {QueryError} as {@link query}
   */
  lines(
    sql: string,
    form: LineForm,
    parameters?: TextParameters,
    limit?: number,
  ): Promise<QueryLines | undefined>;
  /**
   * Writes the result of one SELECT to the file of the engine. It has the bytes of {@link lines}, with the text around them.
   * @returns the number of rows; undefined as from {@link lines}
   * @throws {QueryError} as {@link query}, and for Parquet when it is not a single SELECT
   */
  writeFile(
    sql: string,
    format: FileFormat,
    parameters?: TextParameters,
    limit?: number,
  ): Promise<number | undefined>;
}

/**
 * Statements that return rows without changes. PRAGMA becomes a SELECT in DuckDB, but can change a setting.
 */
const reading = ['SELECT', 'EXPLAIN'];

/** First words of statements that DuckDB reports as another statement. */
const ownNames = ['PRAGMA', 'INSTALL'];

/** Checks a statement, and that its parameters match the values. */
async function check(
  database: Database,
  sql: string,
  given: TextParameters,
  kinds: readonly string[] = reading,
): Promise<void> {
  const { count, type, parameters } = await database.examine(sql);
  const word = firstWord(sql);
  if (count > 1 && /\bPIVOT\b/i.test(sql) && !/;\s*\S/.test(sql))
    throw new QueryError(`PIVOT without IN (…) is ${count} statements: name the values with IN (…)`);
  if (count > 1)
    throw new QueryError(`a query must be one statement, but this one has ${count}: run each separately`);
  if (ownNames.includes(word)) throw writingError(word);
  if (!kinds.includes(type)) throw writingError(type);
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

/** The line number in a message. After an EXPLAIN, it is one higher. */
const linePlace = /\bLINE \d+:/g;

/**
 * Checks whether planning a query causes the same error, which then does not depend on rows. DuckDB plans a
 * query with parameters when it has their values, in the same step in which it starts to run.
 */
async function isPlanningError(
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

/** Checks a query and starts it. Explains its errors. */
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
    const stage = (await isPlanningError(database, error, sql, parameters)) ? 'planning' : 'running';
    throw explainDuckDb(error, sql, stage);
  }
}

/**
 * Creates an engine over an archive that was opened for reading. From then on, this connection can access the
 * archive only, cannot load extensions, and its settings are locked.
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
  { file = '', memory = queryMemory(), isLocked = true, prepareViews = prepare }: ArchiveEngineOptions = {},
): Promise<ArchiveEngine> {
  await database.run(`SET memory_limit = '${memory}B'; SET preserve_insertion_order = true;`);
  await prepareViews(database);
  const writable = file === '' ? '' : sqlText(file);
  await database.run(
    `SET allowed_paths = [${writable}]; SET enable_external_access = false; SET lock_configuration = ${isLocked};`,
  );
  return {
    dialect: duckdb,
    query: (sql, parameters = {}) =>
      begin(database, { sql, parameters }, async () => {
        const result = await database.query(sql, parameters);
        return { columns: result.columns, rows: plainRows(result, sql) };
      }),
    lines: (sql, form, parameters = {}, limit) =>
      begin(database, { sql, parameters }, () => queryLines(database, { sql, parameters, limit }, form)),
    writeFile: (sql, format, parameters = {}, limit) =>
      begin(database, { sql, parameters, ...(format === 'parquet' && { kinds: ['SELECT'] }) }, () =>
        writeQueryFile(database, { file, sql, parameters, limit }, format),
      ),
  };
}

export { type ArchiveEngine, type ArchiveEngineOptions, archiveEngine, queryMemory };
