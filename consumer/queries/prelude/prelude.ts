import type { Dialect } from '../../archive/dialects/dialect';
import type { View } from '../../archive/views/view';
import { QueryError } from '../engines/engine';
import { namedTables, withTables } from './named-tables';

/** The parts of a view that a query requires. */
type NamedQuery = Pick<View, 'name' | 'sql'>;

/** Comments and blanks before the first word of a query. */
const leading = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

/** Returns the views that a query reads, directly or through other views, in the order of `views`. */
function viewsRead(sql: string, views: readonly NamedQuery[], dialect: Dialect): readonly NamedQuery[] {
  const needed = new Set<NamedQuery>();
  const visit = (text: string) => {
    const tables = namedTables(text);
    for (const view of views) {
      if (!tables.has(view.name) || needed.has(view)) continue;
      needed.add(view);
      visit(view.sql(dialect));
    }
  };
  visit(sql);
  return views.filter((view) => needed.has(view));
}

/**
 * Adds the views that a query reads to its WITH. The database does not require views, and the tables can have
 * a condition that a deployed view would not pass on.
 *
 * @param sql one SELECT, which can begin with WITH
 * @param views all views, each after those that it reads
 * @throws {QueryError} when the WITH of the query has the name of one of these views
 * @example
 * ```ts
 * withViews('SELECT count(*) FROM opens', catalogViews(tables), trino);
 * // WITH events AS (…), unique_events AS (…), opens AS (…) SELECT count(*) FROM opens
 * ```
 */
function withViews(sql: string, views: readonly NamedQuery[], dialect: Dialect): string {
  const defined = withTables(sql);
  const needed = viewsRead(sql, views, dialect);
  const clash = needed.find(({ name }) => defined.has(name));
  if (clash !== undefined)
    throw new QueryError(`the query defines ${clash.name} in its WITH, but a view has this name: rename it`);
  if (needed.length === 0) return sql;
  const prelude = needed.map((view) => `${view.name} AS (${view.sql(dialect)}\n)`).join(',\n');
  const start = leading.exec(sql)?.[0] ?? '';
  const [first = '', keyword = ''] = /^WITH(\s+RECURSIVE)?\s/i.exec(sql.slice(start.length)) ?? [];
  const rest = sql.slice(start.length + first.length);
  return `${start}WITH${keyword.toUpperCase()} ${prelude}${first === '' ? '\n' : ',\n'}${rest}`;
}

export { viewsRead, withViews };
