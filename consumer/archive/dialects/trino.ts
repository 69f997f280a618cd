import type { ColumnType } from '../store/columns';
import type { Dialect, ListField, ListSource, Unnested } from './dialect';
import { sqlText } from './literals';

function select(columns: readonly string[], unnested: string, { from, where = 'true' }: Unnested): string {
  return `SELECT ${columns.join(', ')} FROM ${from} CROSS JOIN ${unnested} WHERE ${where}`;
}

/** The items of a source as rows of the fields. A text is the first field: to make an object of it takes three times as long. */
function rowsOf(source: ListSource, fields: readonly ListField[]): string {
  const row = (values: readonly string[]) =>
    `CAST(ROW(${values.join(', ')}) AS ROW(${fields.map(({ name }) => `${name} varchar`).join(', ')}))`;
  if ('texts' in source)
    return `transform(${source.texts}, text -> ${row(fields.map((_, index) => (index === 0 ? 'text' : 'NULL')))})`;
  const values = fields.map(({ key }) => `CAST(element_at(item, '${key}') AS varchar)`); // a key of this package
  return `transform(CAST(json_parse(${source.objects}) AS array(map(varchar, json))), item -> ${row(values)})`;
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
    const lists = sources.map((source) => `WHEN ${source.when} THEN ${rowsOf(source, fields)}`);
    const names = fields.map(({ name }) => name);
    return select(
      [...query.columns, ...names.map((name) => `listed.${name}`)],
      `UNNEST(CASE ${lists.join(' ')} END) AS listed (${names.join(', ')})`,
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
