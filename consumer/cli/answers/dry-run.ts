import { sqlText } from '../../archive/dialects/literals';
import type { Statements } from '../../queries/engines/athena/statements';
import type { EventSource, Reading } from '../../queries/iceberg/event-source';
import { partitionFilter } from '../../queries/prelude/partition-filter';
import { terminalText } from '../../texts/terminal-text';
import type { EngineCliOptions } from '../options/engine-options';

/** A statement for an archive, with the values of its parameters by name or by position. */
interface ArchiveStatement {
  sql: string;
  parameters?: Readonly<Record<string, string>> | readonly string[];
}

/** The statements of a command. */
interface DryRun {
  archive(): ArchiveStatement | readonly ArchiveStatement[];
  /** @param reading the tables to read */
  athena(reading: Reading): Statements;
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
 * Formats the SQL for an archive: each statement below its parameters. Only several statements end with a semicolon: a
 * single one can end with a comment of the user.
 */
function archiveDryRun(statements: readonly ArchiveStatement[]): string {
  return statements
    .map(
      ({ sql, parameters }) =>
        `${parameterLines(parameters)}${sql.trim()}${statements.length > 1 ? ';' : ''}\n`,
    )
    .join('\n');
}

/** Formats the SQL for Athena. */
function athenaDryRun({ answer, unreadable }: Statements): string {
  return `-- Answer\n${answer};\n\n-- Count of the lines that Athena cannot read\n${unreadable};\n`;
}

/** What statements for Athena read besides partitions of lines, as a comment of SQL. */
const sourceNotes: Readonly<Record<EventSource, string>> = {
  lines: '',
  archive: '-- reads event_archive, and no lines\n',
  both: '-- reads event_archive, and the lines of days that archive_windows does not have; without these tables, add --source lines\n',
};

/** Formats the data that statements for Athena scan, as comments of SQL. */
function scanNote({ window, reading: { source } }: Statements): string {
  const filter = window && partitionFilter(window);
  if (source === 'archive') return `\n${sourceNotes.archive}`;
  return `\n${sourceNotes[source]}-- scans ${filter === undefined ? 'all partitions: add --since or --until to scan less' : `the partitions with ${filter}`}\n`;
}

/** Formats the SQL that `--dry-run` prints. */
function dryRunText(
  { archive, athena }: DryRun,
  { engine, source = 'both' }: Partial<Pick<EngineCliOptions, 'engine' | 'source'>> = {},
): string {
  if (engine !== 'athena') return archiveDryRun([archive()].flat());
  const statements = athena({ source });
  return athenaDryRun(statements) + scanNote(statements);
}

export { athenaDryRun, dryRunText };
