import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';

/** Where a query comes from. */
interface QuerySource {
  /** The query itself, or `-` for standard input. */
  sql?: string | undefined;
  file?: string | undefined;
}

/**
 * The text of a query; undefined when none was given.
 * @throws {UsageError} when there are two, or the file cannot be read
 */
async function queryText({ stdin }: CommandContext, { sql, file }: QuerySource): Promise<string | undefined> {
  if (sql !== undefined && file !== undefined)
    throw new UsageError('give the query or --file, not both: they are two queries');
  if (sql === '-') return text(stdin);
  if (file === undefined) return sql;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // what node:fs throws
    throw new UsageError(`cannot read ${file}: ${code}; name a file that holds SQL`);
  }
}

export { queryText };
