import type { Dialect, Unnested } from './dialect';

/** The types of the fields that {@link Dialect.eachObject} reads, for `from_json`. */
function structure(keys: readonly string[]): string {
  return `'[{${keys.map((key) => `"${key}": "VARCHAR"`).join(', ')}}]'`;
}

function select(columns: readonly string[], { from, where }: Unnested): string {
  return `SELECT ${columns.join(', ')} FROM ${from} WHERE ${where}`;
}

/** DuckDB 1.5. */
const duckdb: Dialect = {
  name: 'duckdb',
  length: (list) => `len(${list})`,
  eachText: (list, query) => select([...query.columns, `unnest(${list}) AS item`], query),
  eachObject(column, fields, query) {
    const objects = `unnest(from_json(${column}, ${structure(fields.map(({ key }) => key))})) AS item`;
    const items = select([...query.columns, objects], query);
    return `SELECT * EXCLUDE (item), ${fields.map(({ key, name }) => `item."${key}" AS ${name}`).join(', ')} FROM (${items})`;
  },
  eachNamedValue(column, query) {
    const entries = `unnest(map_entries(CAST(CAST(${column} AS JSON) AS MAP(VARCHAR, VARCHAR[])))) AS entry`;
    return `SELECT * EXCLUDE (entry), entry.key AS name, unnest(entry.value) AS value FROM (${select([...query.columns, entries], query)})`;
  },
  milliseconds: (from, to) => `date_diff('millisecond', ${from}, ${to})`,
  keyTime: (text) => `try_strptime(${text}, '%Y-%m-%d-%H-%M-%S')`,
  matched: (text, pattern) => `nullif(regexp_extract(${text}, ${pattern}, 1), '')`,
  behindLastAt: (text) => `split_part(${text}, '@', -1)`,
  times: (first, last, step) => `generate_series(${first}, ${last}, ${step})`,
};

export { duckdb };
