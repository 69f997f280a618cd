import type { Dialect, ListField, ListSource, Unnested } from './dialect';
import { sqlText } from './literals';

/** The types of the fields that {@link Dialect.eachItem} reads, for `from_json`. */
function structure(keys: readonly string[]): string {
  return `'[{${keys.map((key) => `"${key}": "VARCHAR"`).join(', ')}}]'`;
}

function select(columns: readonly string[], { from, where = 'true' }: Unnested): string {
  return `SELECT ${columns.join(', ')} FROM ${from} WHERE ${where}`;
}

/** The items of one source. Each source has a separate query, because the engine reads only the necessary columns. */
function itemsOf(source: ListSource, fields: readonly ListField[], { columns, from }: Unnested): string {
  const objects = 'objects' in source;
  const list = objects
    ? `from_json(${source.objects}, ${structure(fields.map(({ key }) => key))})`
    : source.texts;
  const items = select([...columns, `unnest(${list}) AS item`], { columns, from, where: source.when });
  const values = fields.map(({ key, name }, index) => {
    if (objects) return `item."${key}" AS ${name}`;
    return index === 0 ? `item AS ${name}` : `CAST(NULL AS varchar) AS ${name}`;
  });
  return `SELECT * EXCLUDE (item), ${values.join(', ')} FROM (${items})`;
}

/** The SQL of DuckDB 1.5. */
const duckdb: Dialect = {
  name: 'duckdb',
  length: (list) => `len(${list})`,
  first: (list) => `${list}[1]`,
  eachItem: (sources, fields, query) =>
    sources.map((source) => itemsOf(source, fields, query)).join('\nUNION ALL\n'),
  eachNamedValue(column, query) {
    const entries = `unnest(map_entries(CAST(CAST(${column} AS JSON) AS MAP(VARCHAR, VARCHAR[])))) AS entry`;
    return `SELECT * EXCLUDE (entry), entry.key AS name, unnest(entry.value) AS value FROM (${select([...query.columns, entries], query)})`;
  },
  firstValue: (column, name) => `json_extract_string(${column}, '$."${name}"[0]')`,
  milliseconds: (from, to) => `date_diff('millisecond', ${from}, ${to})`,
  keyTime: (text) => `try_strptime(${text}, '%Y-%m-%d-%H-%M-%S')`,
  matched: (text, pattern) => `nullif(regexp_extract(${text}, ${pattern}, 1), '')`,
  afterLast: (text, character) => `split_part(${text}, '${character}', -1)`,
  // ICU, which has the zones, is part of the engine's package.
  localTime: (time, zone) => `(${time} AT TIME ZONE 'UTC' AT TIME ZONE ${sqlText(zone)})`,
  times: (first, last, step) => `generate_series(${first}, ${last}, ${step})`,
};

export { duckdb };
