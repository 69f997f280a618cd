import { sqlText } from '../../archive/dialects/literals';
import type { TextParameters } from '../../archive/store/database';

/** Options of a {@link subquery}. */
interface SubqueryOptions {
  /**
   * New names of its columns.
   * @default - its own
   */
  names?: readonly string[];
  /**
   * Maximum number of rows, in the order of the query.
   * @default - all
   */
  limit?: number | undefined;
}

/**
 * Returns a query as a table, and what follows it, for FROM. The engine parses its text separately, as the text of one
 * SELECT. So a comment, a semicolon or a bracket in it cannot end or change the statement around it.
 */
function subquery(sql: string, parameters: TextParameters, { names, limit }: SubqueryOptions = {}): string {
  const table = `query(${sqlText(sql)}) AS answer${names === undefined ? '' : `(${names.join(', ')})`}`;
  const given = Object.keys(parameters).map((name) => `$${name}`);
  // The engine accepts values only for parameters of the statement itself.
  const where = given.length === 0 ? '' : ` WHERE [${given.join(', ')}] IS NOT NULL`;
  return `${table}${where}${limit === undefined ? '' : ` LIMIT ${limit}`}`;
}

export { subquery };
