import type { Dialect } from '../../archive/dialects/dialect';
import type { View } from '../../archive/views/view';
import { QueryError } from '../engines/engine';
import { namedTables, ownTables } from './named-tables';

/** Of a view what a query needs. */
type NamedQuery = Pick<View, 'name' | 'sql'>;

/** What stands before a query's first word. */
const leading = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

/** The views that a query reads, and those that they read, in the order of all. */
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
 * A query with the views that it reads before it, as queries of its own: so the tables below can have a
 * condition that no deployed view would hand down. It needs no views in the database.
 *
 * @param sql one SELECT, which may begin with WITH
 * @param views all that there are, each behind those that it reads
 * @throws {QueryError} when the query's own WITH has a name of one of these views
 * @example
 * ```ts
 * withViews('SELECT count(*) FROM opens', catalogViews(tables), trino);
 * // WITH events AS (…), unique_events AS (…), opens AS (…) SELECT count(*) FROM opens
 * ```
 */
function withViews(sql: string, views: readonly NamedQuery[], dialect: Dialect): string {
  const own = ownTables(sql);
  const needed = viewsRead(sql, views, dialect);
  const clash = needed.find(({ name }) => own.has(name));
  if (clash !== undefined)
    throw new QueryError(`the query has a WITH of the name ${clash.name}, which is a view's: rename it`);
  if (needed.length === 0) return sql;
  const prelude = needed.map((view) => `${view.name} AS (${view.sql(dialect)}\n)`).join(',\n');
  const start = leading.exec(sql)?.[0] ?? '';
  const [first = '', keyword = ''] = /^WITH(\s+RECURSIVE)?\s/i.exec(sql.slice(start.length)) ?? [];
  const rest = sql.slice(start.length + first.length);
  return `${start}WITH${keyword.toUpperCase()} ${prelude}${first === '' ? '\n' : ',\n'}${rest}`;
}

export { viewsRead, withViews };
