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

/** Spaces and comments before the first word of a query. */
const beforeQuery = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

/** Returns the first word of a query in upper case, such as `DELETE`; empty when there is none. */
function firstWord(sql: string): string {
  return (/^\w+/.exec(sql.replace(beforeQuery, ''))?.[0] ?? '').toUpperCase();
}

/** Returns the name of a statement that writes, for a message. */
function writingWord(sql: string): string {
  const word = firstWord(sql.replace(beforeQuery, '').replace(/^EXPLAIN\s+(?:ANALYZE\s+)?/i, ''));
  return ['WITH', ''].includes(word) ? 'writing' : word; // WITH … DELETE
}

/** Returns the error for a statement that is not a query, such as `DELETE`. */
function writingError(statement: string): QueryError {
  return new QueryError(`a query can only read, and ${statement} is not allowed: use SELECT`);
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
  if (/in read-only mode/.test(message)) return writingError(writingWord(sql));
  if (/file system operations are disabled|external extensions is disabled/.test(message)) {
    return new QueryError(
      `a query can only read the archive: writes, files and extensions are not allowed${quotation(message, sql)}`,
    );
  }
  const reason = /^IO Error: Could not write .*: ([\w ]+)$/.exec(message)?.[1];
  if (reason !== undefined)
    return new QueryError(
      `the engine cannot write a file (${reason}): free disk space, or choose another folder`,
    );
  const isShown = aboutTheEngine.test(message) || (stage === 'planning' && aboutTheQuery.test(message));
  if (isShown) return new QueryError(message.trimEnd());
  const kind = /^[A-Z]\w*(?: \w+)? Error\b/.exec(message)?.[0] ?? 'an error';
  if (kind === 'Conversion Error')
    return new QueryError(
      `a value cannot be converted (${kind}): check the values of -p, or use TRY_CAST for values in rows${quotation(message, sql)}`,
      // Without a cause, as below.
    );
  return new QueryError(
    `the query failed on a value in a row (${kind}): use TRY_CAST to get NULL for invalid values${quotation(message, sql)}`,
    // Without a cause, because its message can contain personal data.
  );
}

export { explainDuckDb, firstWord, writingError };
