import type { Execution } from '../../../../consumer/queries/engines/athena/execution';
import { scanCost, scannedBytes } from '../../../../consumer/queries/engines/athena/scan-cost';

const megabyte = 2 ** 20;
const terabyte = 2 ** 40;

type Scanned = Pick<Execution, 'state' | 'scannedBytes'>;

const scanned = (bytes: number, state: Execution['state'] = 'SUCCEEDED'): Scanned => ({
  state,
  scannedBytes: bytes,
});

describe('the cost of queries is', () => {
  it.each<[sentence: string, executions: Scanned[], price: number | undefined, cost: number]>([
    ['0 without queries', [], undefined, 0],
    ['USD 5 per terabyte', [scanned(terabyte)], undefined, 5],
    ['based on the given price', [scanned(terabyte / 2)], 6.75, 3.375],
    ['at least that of 10 MB', [scanned(0)], terabyte / megabyte, 10],
    ['at least that of 10 MB per query', [scanned(1), scanned(megabyte)], terabyte / megabyte, 20],
    ['rounded up to whole megabytes', [scanned(11 * megabyte + 1)], terabyte / megabyte, 12],
    ['0 for failed queries', [scanned(terabyte, 'FAILED')], undefined, 0],
    ['that of the scanned bytes for stopped queries', [scanned(terabyte, 'CANCELLED')], undefined, 5],
  ])('%s', (_, executions, price, cost) => {
    expect(scanCost(executions, price)).toBeCloseTo(cost, 9);
  });

  it('separate from the scanned bytes, which include failed queries', () => {
    expect(scannedBytes([scanned(3), scanned(4, 'FAILED')])).toBe(7);
  });
});
