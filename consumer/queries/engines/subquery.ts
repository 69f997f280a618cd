import { sqlText } from '../../archive/dialects/literals';
import type { TextParameters } from '../../archive/store/database';

/**
 * Returns a query as a table for FROM. The engine parses its text separately, as the text of one SELECT. So a comment, a
 * semicolon or a bracket in it cannot end or change the statement around it.
 *
 * @param names new names of its columns
 */
function subquery(sql: string, parameters: TextParameters, names?: readonly string[]): string {
  const table = `query(${sqlText(sql)}) AS answer${names === undefined ? '' : `(${names.join(', ')})`}`;
  const given = Object.keys(parameters).map((name) => `$${name}`);
  // The engine accepts values only for parameters of the statement itself.
  return given.length === 0 ? table : `${table} WHERE [${given.join(', ')}] IS NOT NULL`;
}

export { subquery };
