import type { Execution } from './execution';

/** USD for a terabyte scanned: the list price of us-east-1. @see https://aws.amazon.com/athena/pricing/ */
const listPrice = 5;

const megabyte = 2 ** 20;
const terabyte = 2 ** 40;

/** A query is charged as if it had scanned so much, in whole megabytes. */
const leastScanned = 10 * megabyte;

type Scanned = Pick<Execution, 'state' | 'scannedBytes'>;

/** What was scanned by all queries, in bytes. */
function scannedBytes(executions: readonly Scanned[]): number {
  return executions.reduce((sum, execution) => sum + execution.scannedBytes, 0);
}

/**
 * What queries cost, in the currency of the price: the bytes scanned, by query rounded up to whole
 * megabytes and to 10 MB at least. Failed queries are free, canceled ones are not. What S3, Glue and KMS
 * take for their requests is not in it.
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
