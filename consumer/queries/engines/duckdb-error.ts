import { types } from 'node:util';
import { ArchiveError } from '../../archive/store/archive-error';
import { QueryError } from './engine';

/**
 * Planning errors that quote the query and the names of columns. A value that cannot be cast has another
 * error.
 */
const aboutTheQuery = /^(Parser|Syntax|Binder|Catalog|Not implemented) Error\b/;

/** Errors that quote neither the query nor values of rows, at any stage. */
const aboutTheEngine = /^(Out of Memory|INTERRUPT) Error\b/;

/** The position of an error in the query: the quoted line, and the mark below it. */
const position = /LINE \d+: (.*)\n *\^\s*$/;

/**
 * Returns the quotation of the query at the end of a message. Returns an empty text if it is not from the
 * query, but a value of a row.
 */
function quotation(message: string, sql: string): string {
  const [quoted = '', line = ''] = position.exec(message) ?? [];
  const text = line.replace(/^\.\.\./, '').replace(/\.\.\.$/, '');
  return text !== '' && sql.includes(text) ? `\n\n${quoted.trimEnd()}` : '';
}

/**
 * Explains an error of DuckDB without personal data. While rows are read, any message can quote a value of
 * theirs.
 *
 * @param stage `planning`, which reads no rows, or `running`
 */
function explainDuckDb(error: unknown, sql: string, stage: 'planning' | 'running'): unknown {
  if (error instanceof ArchiveError || error instanceof QueryError || !types.isNativeError(error))
    return error;
  const message = error.message.replace(/^Failed to extract statements: /, '');
  if (message === 'Error in native callback') return new QueryError('the query is empty: write a SELECT');
  if (/file system operations are disabled|external extensions is disabled|in read-only mode/.test(message)) {
    return new QueryError(
      `a query can only read the archive: writes, files and extensions are not allowed${quotation(message, sql)}`,
    );
  }
  const isShown = aboutTheEngine.test(message) || (stage === 'planning' && aboutTheQuery.test(message));
  if (isShown) return new QueryError(message.trimEnd());
  const kind = /^[A-Z]\w*(?: \w+)? Error\b/.exec(message)?.[0] ?? 'an error';
  return new QueryError(
    `the query failed on a value in a row (${kind}): use TRY_CAST to get NULL for invalid values${quotation(message, sql)}`,
    // Without a cause, because its message can contain personal data.
  );
}

export { explainDuckDb };
