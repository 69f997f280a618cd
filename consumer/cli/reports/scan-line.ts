import type { Execution } from '../../queries/engines/athena/execution';
import { scanCost, scannedBytes } from '../../queries/engines/athena/scan-cost';
import { formatBytes } from '../output/number-text';

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

export { scanLine };
