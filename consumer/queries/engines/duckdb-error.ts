import { types } from 'node:util';
import { ArchiveError } from '../../archive/store/archive-error';
import { QueryError } from './engine';

/** Errors of planning that quote the query and the names of columns; a value that does not fit is another kind. */
const aboutTheQuery = /^(Parser|Syntax|Binder|Catalog|Not implemented) Error\b/;

/** Errors that quote neither the query nor what rows hold, whenever they happen. */
const aboutTheEngine = /^(Out of Memory|INTERRUPT) Error\b/;

/** Where in the query an error is: the line that the engine quotes, and the mark below it. */
const position = /LINE \d+: (.*)\n *\^\s*$/;

/** The engine's quotation of the query at the end of a message, if it is one and not what a row holds. */
function quotation(message: string, sql: string): string {
  const [quoted = '', line = ''] = position.exec(message) ?? [];
  const text = line.replace(/^\.\.\./, '').replace(/\.\.\.$/, '');
  return text !== '' && sql.includes(text) ? `\n\n${quoted.trimEnd()}` : '';
}

/**
 * What DuckDB says of a query, in words that may be shown. While rows are read any message may quote a value of theirs,
 * which is somebody's.
 *
 * @param stage whether the query was being planned, which reads no row, or was running
 */
function explainDuckDb(error: unknown, sql: string, stage: 'planning' | 'running'): unknown {
  if (error instanceof ArchiveError || error instanceof QueryError || !types.isNativeError(error))
    return error;
  const message = error.message.replace(/^Failed to extract statements: /, '');
  if (message === 'Error in native callback') return new QueryError('the query is empty: write a SELECT');
  if (/file system operations are disabled|external extensions is disabled|in read-only mode/.test(message)) {
    return new QueryError(
      `a query reads nothing but the archive, and writes nothing: no files, no extensions${quotation(message, sql)}`,
    );
  }
  const isShown = aboutTheEngine.test(message) || (stage === 'planning' && aboutTheQuery.test(message));
  if (isShown) return new QueryError(message.trimEnd());
  const kind = /^[A-Z]\w*(?: \w+)? Error\b/.exec(message)?.[0] ?? 'an error';
  return new QueryError(
    `the query failed on a value that it met (${kind}); TRY_CAST gives NULL for what does not fit${quotation(message, sql)}`,
    // No cause: its message may hold a person's data.
  );
}

export { explainDuckDb };
