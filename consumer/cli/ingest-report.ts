import type { IngestCounts } from '../archive/ingest/ingest-counts';
import { exitCode } from './exit-code';
import { terminalText } from './terminal-text';

/** Says on standard error what could not be read, and the line that accounts for the rest. */
function reportIngest(counts: IngestCounts, line: string): void {
  for (const { object, message } of counts.failed) {
    process.stderr.write(`${terminalText(object)} could not be read: ${terminalText(message)}\n`);
  }
  for (const { object, message } of counts.setAside) {
    process.stderr.write(
      `${terminalText(object)} could not be stored and is a reject now: ${terminalText(message)}; ` +
        'run ses-events rejects --replay and this command again to retry\n',
    );
  }
  process.stderr.write(`${line}\n`);
}

/** The same for one of many batches, unless it has changed nothing and nothing failed. */
function reportBatch(counts: IngestCounts, line: string): void {
  const { read, failed } = counts;
  if (read.objects + read.rejects + failed.length > 0) reportIngest(counts, line);
}

/** The exit code of an ingest that has come to its end. */
function ingestExitCode(counts: IngestCounts, allowRejects: boolean): number {
  if (counts.failed.length > 0) return exitCode.failed;
  return counts.read.rejects > 0 && !allowRejects ? exitCode.rejects : exitCode.done;
}

export { ingestExitCode, reportBatch, reportIngest };
