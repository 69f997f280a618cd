import { type ClosingCounts, closingCounts } from './closing-counts';
import type { CommandResult, RunOptions } from './command-call';
import { run } from './run-command';

/** A line of `read` in NDJSON. */
interface EventLine {
  id: string;
  event: { eventType: string; mail: { messageId: string } };
  provenance: { object: string; offset: number; envelopes: string[]; origin: string };
}

interface ReadResult extends CommandResult {
  counts: ClosingCounts;
}

/**
 * Runs `ses-events read` to its end; stderr must contain only the closing line, with a correct sum, and with the option
 * that changes the exit code exactly if rejects caused it.
 */
async function runRead(args: readonly string[], options: RunOptions = {}): Promise<ReadResult> {
  const result = await run(['read', ...args], options);
  const counts = closingCounts(result.stderr);
  expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(result.stderr.endsWith('; add --allow-rejects for exit code 0 instead of 3\n')).toBe(
    result.code === 3,
  );
  return { ...result, counts };
}

/** Returns the values of NDJSON; the number of lines must be the number of events in the closing line. */
function eventLines({ stdout, counts }: ReadResult): EventLine[] {
  const lines = stdout.split('\n');
  expect(lines.pop()).toBe('');
  expect(lines).toHaveLength(counts.events);
  return lines.map((line): EventLine => JSON.parse(line));
}

/** Returns the message ids of NDJSON. */
function messageIds(result: ReadResult): string[] {
  return eventLines(result).map(({ event }) => event.mail.messageId);
}

export { eventLines, messageIds, runRead };
