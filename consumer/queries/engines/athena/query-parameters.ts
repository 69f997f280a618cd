import { sqlText } from '../../../archive/dialects/literals';
import { QueryError } from '../query-error';

/** Comments, texts and quoted names, in which nothing is a parameter; and parameters. */
const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w+)/g;

/**
 * A query with the values of its parameters `$name` as text literals, since Athena knows no named ones: each is a
 * text, so that the query casts it, as for an archive.
 *
 * @example bindParameters('SELECT * FROM bounces WHERE domain = $domain', { domain: 'example.com' });
 * @throws {QueryError} when a parameter has no value, or a value no parameter
 */
function bindParameters(sql: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const bound = sql.replaceAll(token, (found: string, name: string | undefined) => {
    if (name === undefined) return found;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined)
      throw new QueryError(`the query has the parameter $${name} and no value for it: give it one`);
    used.add(name);
    return sqlText(value);
  });
  const strange = Object.keys(values).find((name) => !used.has(name));
  if (strange !== undefined)
    throw new QueryError(`the query has no parameter $${strange}: write $${strange} where its value belongs`);
  return bound;
}

export { bindParameters };
