import type { Execution } from './execution';

/** USD per terabyte scanned: the list price of us-east-1. @see https://aws.amazon.com/athena/pricing/ */
const listPrice = 5;

const megabyte = 2 ** 20;
const terabyte = 2 ** 40;

/** Minimum charge per query, in bytes. Charges are in whole megabytes. */
const leastScanned = 10 * megabyte;

type Scanned = Pick<Execution, 'state' | 'scannedBytes'>;

/** Returns the number of bytes that all queries scanned. */
function scannedBytes(executions: readonly Scanned[]): number {
  return executions.reduce((sum, execution) => sum + execution.scannedBytes, 0);
}

/**
 * Returns the cost of queries, in the currency of the price. The scanned bytes of each query are rounded up
 * to whole megabytes, and to at least 10 MB. Failed queries are free, canceled ones are not. The costs of
 * requests to S3, Glue and KMS are not included.
 *
 * @param pricePerTerabyte for 1,024 GB
 */
function scanCost(executions: readonly Scanned[], pricePerTerabyte = listPrice): number {
  const charged = executions
    .filter(({ state }) => state !== 'FAILED')
    .map((execution) => Math.max(leastScanned, Math.ceil(execution.scannedBytes / megabyte) * megabyte));
  return (charged.reduce((sum, bytes) => sum + bytes, 0) / terabyte) * pricePerTerabyte;
}

export { listPrice, scanCost, scannedBytes };
