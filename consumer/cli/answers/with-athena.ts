import { type AthenaEngine, athenaEngine } from '../../queries/engines/athena/athena-engine';
import { type Execution, StillRunningError } from '../../queries/engines/athena/execution';
import { listPrice, scanCost, scannedBytes } from '../../queries/engines/athena/scan-cost';
import { formatBytes } from '../../texts/number-text';
import { athenaOptions, type EngineCliOptions } from '../options/engine-options';
import type { CommandContext } from '../process/context';
import { Progress } from '../progress/progress';

/** Formats the progress line for running Athena queries. */
function statusText(executions: readonly Execution[], prefix = ''): string {
  const running = executions.some(({ state }) => state === 'RUNNING');
  const state = running ? 'running' : executions.length > 0 ? 'queued' : 'starting';
  return `${prefix}athena: ${state}  ${formatBytes(scannedBytes(executions))} scanned`;
}

/** Formats money to the cent; a smaller amount is not rounded to zero. */
function formatMoney(amount: number): string {
  return amount > 0 && amount < 0.005 ? 'less than 0.01 USD' : `about ${amount.toFixed(2)} USD`;
}

/**
 * Formats the bytes scanned and the cost of Athena queries as one line.
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
 * Queries Athena and writes the result. A terminal shows a progress line while queries run; standard error
 * then shows the bytes scanned and the cost. When the user interrupts, the query is stopped in Athena,
 * without an error.
 *
 * @example
 * ```ts
 * await withAthena(context,
 *   options,
 *   (engine) => askStatements(engine, statements),
 *   async ({ rows, unreadable }) => { … },
 * );
 * ```
 * @param step returns the text before the state in the progress line
 * @throws {UsageError} when the options do not name the workgroup and the database
 * @throws {QueryError} when Athena does not answer
 */
async function withAthena<Result>(
  context: CommandContext,
  options: EngineCliOptions,
  ask: (engine: AthenaEngine) => Promise<Result>,
  write: (result: Result) => Promise<void>,
  step: () => string = () => '',
): Promise<void> {
  const engine = await athenaEngine({ ...athenaOptions(context, options), signal: context.signal });
  const progress = new Progress(context, options.progress);
  progress.showLine(() => statusText(engine.executions, step()));
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

export { scanLine, withAthena };
