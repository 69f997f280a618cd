import type { IngestCounts } from '../../archive/ingest/ingest-counts';
import { formatCount, formatNumber } from '../../texts/number-text';
import { terminalText } from '../../texts/terminal-text';
import { shownPath } from '../output/shown-path';
import type { CommandContext } from '../process/context';
import { exitCode } from '../process/exit-code';

/** Maximum number of ignored objects to name; `rejects --ignored` lists the others. */
const maxNamed = 5;

const nameText = (object: string) => terminalText(shownPath(object));

function reportIgnored(context: CommandContext, ignored: readonly string[]): void {
  if (ignored.length === 0) return;
  const names = ignored.slice(0, maxNamed).map(nameText);
  const rest = ignored.length - names.length;
  const more = rest > 0 ? ` and ${formatCount(rest)} more (ses-events rejects --ignored)` : '';
  context.stderr.write(
    `ignored ${formatNumber(ignored.length, 'object')}: ${names.join(', ')}${more}; ` +
      'to ingest an ignored object, use it as a source\n',
  );
}

/** Reports rejects and failures on standard error, and the line that accounts for the rest. */
function reportIngest(context: CommandContext, counts: IngestCounts, line: string): void {
  for (const { object, message } of counts.failed) {
    context.stderr.write(`${nameText(object)} could not be read: ${terminalText(message)}\n`);
  }
  reportIgnored(context, counts.ignored);
  for (const { object, message } of counts.unstorableObjects) {
    context.stderr.write(
      `${nameText(object)} could not be stored and was rejected: ${terminalText(message)}; ` +
        'to retry, run ses-events rejects --replay, then this command again\n',
    );
  }
  context.stderr.write(`${line}\n`);
}

/** Reports one of many batches, unless it changed nothing and nothing failed. */
function reportBatch(context: CommandContext, counts: IngestCounts, line: string): void {
  const { read, failed } = counts;
  // Every listing finds the same ignored objects, and the line counts them.
  if (read.objects + read.rejects + failed.length > 0)
    reportIngest(context, { ...counts, ignored: [] }, line);
}

/** Returns the exit code of a completed ingest. */
function ingestExitCode(counts: IngestCounts, allowRejects: boolean): number {
  if (counts.failed.length > 0) return exitCode.failed;
  return counts.read.rejects > 0 && !allowRejects ? exitCode.rejects : exitCode.done;
}

export { ingestExitCode, reportBatch, reportIngest };
