import type { Dialect, Unnested } from './dialect';

function select(columns: readonly string[], unnested: string, { from, where }: Unnested): string {
  return `SELECT ${columns.join(', ')} FROM ${from} CROSS JOIN ${unnested} WHERE ${where}`;
}

/**
 * Trino, in what Athena's engine version 3 documents.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/functions-env3.html
 */
const trino: Dialect = {
  name: 'trino',
  length: (list) => `cardinality(${list})`,
  eachText: (list, query) => select([...query.columns, 'item'], `UNNEST(${list}) AS listed (item)`, query),
  eachObject(column, fields, query) {
    const objects = `UNNEST(CAST(json_parse(${column}) AS array(map(varchar, json)))) AS listed (item)`;
    const found = fields.map(
      ({ key, name }) => `CAST(element_at(item, '${key}') AS varchar) AS ${name}`, // a key of ours
    );
    return select([...query.columns, ...found], objects, query);
  },
  eachNamedValue(column, query) {
    const entries = `UNNEST(CAST(json_parse(${column}) AS map(varchar, array(varchar)))) AS entries (name, listed_values)`;
    const values = 'UNNEST(entries.listed_values) AS listed (value)';
    return select([...query.columns, 'name', 'value'], `${entries} CROSS JOIN ${values}`, query);
  },
  milliseconds: (from, to) => `date_diff('millisecond', ${from}, ${to})`,
  keyTime: (text) => `TRY(CAST(date_parse(${text}, '%Y-%m-%d-%H-%i-%s') AS timestamp(3)))`,
  matched: (text, pattern) => `regexp_extract(${text}, ${pattern}, 1)`,
  behindLastAt: (text) => `element_at(split(${text}, '@'), -1)`,
  times: (first, last, step) => `sequence(${first}, ${last}, ${step})`,
};

export { trino };
