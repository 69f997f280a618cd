import type { ColumnType } from '../store/columns';
import type { Dialect, ListSource, Unnested } from './dialect';
import { sqlText } from './literals';

function select(columns: readonly string[], unnested: string, { from, where = 'true' }: Unnested): string {
  return `SELECT ${columns.join(', ')} FROM ${from} CROSS JOIN ${unnested} WHERE ${where}`;
}

/** The items of a source as objects. */
function objectsOf(source: ListSource, firstKey: string): string {
  if ('objects' in source) return `CAST(json_parse(${source.objects}) AS array(map(varchar, json)))`;
  return `transform(${source.texts}, text -> map(ARRAY['${firstKey}'], ARRAY[CAST(text AS json)]))`;
}

/**
 * The SQL of Trino, as documented for Athena's engine version 3.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/functions-env3.html
 */
const trino: Dialect = {
  name: 'trino',
  length: (list) => `cardinality(${list})`,
  first: (list) => `element_at(${list}, 1)`,
  // All sources in one query: each further query over the events would read all lines again.
  eachItem(sources, fields, query) {
    const lists = sources.map(
      (source) => `WHEN ${source.when} THEN ${objectsOf(source, fields[0]?.key ?? '')}`,
    );
    const found = fields.map(
      ({ key, name }) => `CAST(element_at(item, '${key}') AS varchar) AS ${name}`, // a key of this package
    );
    return select(
      [...query.columns, ...found],
      `UNNEST(CASE ${lists.join(' ')} END) AS listed (item)`,
      query,
    );
  },
  eachNamedValue(column, query) {
    const entries = `UNNEST(CAST(json_parse(${column}) AS map(varchar, array(varchar)))) AS entries (name, listed_values)`;
    const values = 'UNNEST(entries.listed_values) AS listed (value)';
    return select([...query.columns, 'name', 'value'], `${entries} CROSS JOIN ${values}`, query);
  },
  firstValue: (column, name) => `json_extract_scalar(${column}, '$["${name}"][0]')`,
  milliseconds: (from, to) => `date_diff('millisecond', ${from}, ${to})`,
  keyTime: (text) => `TRY(CAST(date_parse(${text}, '%Y-%m-%d-%H-%i-%s') AS timestamp(3)))`,
  matched: (text, pattern) => `regexp_extract(${text}, ${pattern}, 1)`,
  afterLast: (text, character) => `element_at(split(${text}, '${character}'), -1)`,
  localTime: (time, zone) =>
    `CAST(at_timezone(with_timezone(${time}, 'UTC'), ${sqlText(zone)}) AS timestamp(3))`,
  // A sequence has at most 10,000 items, which are 27 years of days. So this is a sequence of sequences.
  times: (first, last, step) =>
    `flatten(transform(sequence(${first}, ${last}, ${step} * 1000), start -> sequence(start, least(start + ${step} * 999, ${last}), ${step})))`,
};

/** The types of the columns in Trino. Only the DuckDB file has columns of bytes. */
const trinoTypes: Readonly<Record<Exclude<ColumnType, 'bytes'>, string>> = {
  id: 'varchar',
  text: 'varchar',
  texts: 'array(varchar)',
  integer: 'bigint',
  boolean: 'boolean',
  timestamp: 'timestamp(3)',
  json: 'varchar',
};

export { trino, trinoTypes };
