import { sqlText } from '../../archive/dialects/literals';
import { terminalText } from '../output/terminal-text';

/** A statement for an archive, with the values of its parameters by name or by position. */
interface ArchiveStatement {
  sql: string;
  parameters?: Readonly<Record<string, string>> | readonly string[];
}

/** Formats a parameter as a comment, in one line: `-- $since = '2026-03-01'`. */
function parameterLine(name: string, value: string): string {
  return `-- ${terminalText(`$${name} = ${sqlText(value)}`)}\n`;
}

function parameterLines(parameters: ArchiveStatement['parameters'] = []): string {
  const named = Array.isArray(parameters)
    ? parameters.map((value: string, index): [string, string] => [String(index + 1), value])
    : Object.entries(parameters);
  return named.map(([name, value]) => parameterLine(name, value)).join('');
}

/**
 * Formats the SQL that `--dry-run` prints for an archive: each statement below its parameters. Only several
 * statements end with a semicolon: a single one can end with a comment of the user.
 */
function archiveDryRun(statements: readonly ArchiveStatement[]): string {
  return statements
    .map(
      ({ sql, parameters }) =>
        `${parameterLines(parameters)}${sql.trim()}${statements.length > 1 ? ';' : ''}\n`,
    )
    .join('\n');
}

export { archiveDryRun };
