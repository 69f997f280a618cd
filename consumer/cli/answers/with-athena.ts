import type { UnreadableLines } from '../../queries/engines/athena/ask-statements';
import { type AthenaEngine, athenaEngine } from '../../queries/engines/athena/athena-engine';
import { type Execution, StillRunningError } from '../../queries/engines/athena/execution';
import { listPrice, scanCost, scannedBytes } from '../../queries/engines/athena/scan-cost';
import type { Statements } from '../../queries/engines/athena/statements';
import { athenaOptions, type EngineCliOptions } from '../options/engine-options';
import { formatBytes, formatNumber } from '../output/number-text';
import type { CommandContext } from '../process/context';
import { Progress } from '../progress/progress';

/** What the line on the terminal says while Athena works. */
function statusText(executions: readonly Execution[]): string {
  const running = executions.some(({ state }) => state === 'RUNNING');
  const state = running ? 'running' : executions.length > 0 ? 'queued' : 'starting';
  return `athena: ${state}  ${formatBytes(scannedBytes(executions))} scanned`;
}

/** Money to the cent; what is less is not called nothing. */
function formatMoney(amount: number): string {
  return amount > 0 && amount < 0.005 ? 'less than 0.01 USD' : `about ${amount.toFixed(2)} USD`;
}

/**
 * One line for what queries of Athena scanned and cost.
 * @param pricePerTerabyte in USD
 */
function scanLine(
  executions: readonly Pick<Execution, 'state' | 'scannedBytes'>[],
  pricePerTerabyte: number,
): string {
  const cost = formatMoney(scanCost(executions, pricePerTerabyte));
  return `scanned ${formatBytes(scannedBytes(executions))}, ${cost} at ${pricePerTerabyte} USD per TB`;
}

/**
 * Asks Athena and writes what it gave, with a line on the terminal while it works, and behind it what was
 * scanned and what that costs on standard error. A query that the user stops is stopped in Athena and ends
 * quietly.
 *
 * @example
 * ```ts
 * await withAthena(context,
 *   options,
 *   (engine) => askStatements(engine, statements),
 *   async ({ rows, unreadable }) => { … },
 * );
 * ```
 * @throws {UsageError} when the options do not say whom to ask
 * @throws {QueryError} when Athena does not answer
 */
async function withAthena<Result>(
  context: CommandContext,
  options: EngineCliOptions,
  ask: (engine: AthenaEngine) => Promise<Result>,
  write: (result: Result) => Promise<void>,
): Promise<void> {
  const engine = await athenaEngine({ ...athenaOptions(context, options), signal: context.signal });
  const progress = new Progress(context, options.progress);
  progress.showLine(() => statusText(engine.executions));
  try {
    const result = await ask(engine).finally(() => progress.stop());
    await write(result);
  } catch (error) {
    if (!context.isInterrupted || error instanceof StillRunningError) throw error;
  } finally {
    engine.close();
    if (context.isInterrupted) context.stderr.write('stopped\n');
    const { pricePerTerabyte = listPrice } = options;
    if (engine.executions.length > 0)
      context.stderr.write(`${scanLine(engine.executions, pricePerTerabyte)}\n`);
  }
}

/** What an answer of Athena could not take into account, to stand behind its number of rows; empty for nothing. */
function unreadableNote({ lines, objects }: UnreadableLines): string {
  if (lines === 0) return '';
  return `${formatNumber(lines, 'line')} in ${formatNumber(objects, 'object')} not readable by Athena (docs/athena.md)`;
}

/** What `--dry-run` prints: the SQL that would be sent. */
function athenaDryRun({ answer, unreadable }: Statements): string {
  return `-- the answer\n${answer};\n\n-- what it cannot take into account\n${unreadable};\n`;
}

export { athenaDryRun, scanLine, unreadableNote, withAthena };
