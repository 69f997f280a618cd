import type { Database } from '../../archive/store/database';
import { storedViews } from '../../archive/views/stored-views';
import { QueryError } from '../../queries/engines/engine';

/** Table functions that read their arguments only. */
const tableFunctions = new Set(['unnest', 'range', 'generate_series', 'json_each', 'json_tree']);

/**
 * Functions that read settings, the catalog or other queries, that show a plan or values below a view (`stats`), and those
 * with an effect.
 */
const forbidden = new RegExp(
  `^(?:${[
    ...['pg_', 'duckdb_', 'pragma_', 'read_', '__', 'has_\\w+_privilege$', '\\w+_description$'],
    ...['query', 'json_serialize', 'json_deserialize', 'json_execute', 'parse_duckdb', 'sql_auto_complete'],
    ...[
      'current_setting$',
      'current_query',
      'getvariable$',
      'getenv$',
      'in_search_path$',
      'which_secret$',
      'stats$',
    ],
    ...['nextval$', 'currval$', 'setseed$', 'write_log$', 'sleep_ms$', 'mask', 'name_words$'],
  ].join('|')})`,
);

/** Parts of a query that can be a table. */
const tableForms = new Set([
  ...['BASE_TABLE', 'SUBQUERY', 'JOIN', 'TABLE_FUNCTION', 'EXPRESSION_LIST', 'EMPTY', 'EMPTY_FROM', 'PIVOT'],
]);

const views = new Set(storedViews.map(({ name }) => name));

/** A part of a query, as the engine's parser describes it. */
type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns all parts of a query, outermost first. */
function* partsOf(value: unknown): Generator<Part, void> {
  if (isPart(value)) yield value;
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* partsOf(inner);
}

const refused = (what: string, advice: string) =>
  new QueryError(
    `while personal data is masked, a query cannot read ${what}: ${advice}, or start the server with --with-personal-data`,
  );

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function checkTable(part: Part, known: ReadonlySet<string>): void {
  const [catalog, schema, name] = ['catalog_name', 'schema_name', 'table_name'].map((key) =>
    textOf(part[key]),
  );
  if (catalog !== '' || schema !== '')
    throw refused(`the schema of ${JSON.stringify(name)}`, 'write the name of a view without a schema');
  if (!known.has((name ?? '').toLowerCase()))
    throw refused(`the table ${JSON.stringify(name)}`, `the views are ${[...views].join(', ')}`);
}

/**
 * Returns the names that a query finds without a schema, other than the masked views: the engine's own views, and the
 * tables and views of the session, such as the table with the salt of an archive of an earlier version.
 */
async function reservedNames(database: Database): Promise<Set<string>> {
  const rows = await database.rows<{ name: string }>(
    `SELECT lower(view_name) AS name FROM duckdb_views() WHERE internal OR temporary
    UNION ALL SELECT lower(table_name) FROM duckdb_tables() WHERE temporary`,
  );
  return new Set(rows.map(({ name }) => name).filter((name) => !views.has(name)));
}

/** Returns the names of the subqueries of WITH, in lower case. */
function subqueryNames(parts: readonly Part[]): string[] {
  return parts.flatMap(({ cte_map: named }) =>
    isPart(named) && Array.isArray(named.map)
      ? named.map.map((entry: unknown) => (isPart(entry) ? textOf(entry.key).toLowerCase() : ''))
      : [],
  );
}

function checkFunction(part: Part): void {
  const name = textOf(part.function_name).toLowerCase();
  if (!['', 'main'].includes(textOf(part.schema)) || textOf(part.catalog) !== '' || forbidden.test(name))
    throw refused(`with the function ${name}`, 'write another function, as name(value)');
}

function checkPart(part: Part, known: ReadonlySet<string>): void {
  if (part.type === 'BASE_TABLE') checkTable(part, known);
  if (part.type === 'SHOW_REF') throw refused('the catalog', 'use the tool describe_views');
  if (part.type === 'TABLE_FUNCTION' && isPart(part.function)) {
    const name = textOf(part.function.function_name).toLowerCase();
    if (!tableFunctions.has(name))
      throw refused(`with the table function ${name}`, `use ${[...tableFunctions].join(', ')}`);
  }
  if ('function_name' in part) checkFunction(part);
  if (isPart(part.from_table) && !tableForms.has(textOf(part.from_table.type)))
    throw refused(`from ${textOf(part.from_table.type)}`, 'write the name of a view');
}

/**
 * Checks that a query reads the masked views only. The engine's own parser describes the query.
 *
 * @throws {QueryError} when the query reads something else; an error of syntax remains for the engine
 */
async function checkMaskedQuery(database: Database, sql: string): Promise<void> {
  const [row] = await database.rows<{ query: string }>('SELECT json_serialize_sql($1::VARCHAR) AS query', [
    sql,
  ]);
  const parsed: unknown = JSON.parse(row?.query ?? '{}');
  if (!isPart(parsed)) throw refused('this statement', 'write a SELECT');
  if (parsed.error === true) {
    if (parsed.error_type === 'parser') return;
    throw refused('with a statement other than SELECT', 'write a SELECT');
  }
  const parts = [...partsOf(parsed.statements)];
  const named = subqueryNames(parts);
  // Outside of its scope, such a name would be the view of the engine, or the table of the session.
  const reserved = await reservedNames(database);
  for (const name of named)
    if (reserved.has(name)) throw refused(`with WITH ${JSON.stringify(name)}`, 'write another name');
  const known = new Set([...views, ...named]);
  for (const part of parts) checkPart(part, known);
}

export { checkMaskedQuery };
