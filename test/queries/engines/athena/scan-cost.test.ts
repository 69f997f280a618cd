import type { Execution } from '../../../../consumer/queries/engines/athena/execution';
import { scanCost, scannedBytes } from '../../../../consumer/queries/engines/athena/scan-cost';

const megabyte = 2 ** 20;
const terabyte = 2 ** 40;

type Scanned = Pick<Execution, 'state' | 'scannedBytes'>;

const scanned = (bytes: number, state: Execution['state'] = 'SUCCEEDED'): Scanned => ({
  state,
  scannedBytes: bytes,
});

describe('queries cost', () => {
  it.each<[sentence: string, executions: Scanned[], price: number | undefined, cost: number]>([
    ['nothing when there are none', [], undefined, 0],
    ['five USD for a terabyte', [scanned(terabyte)], undefined, 5],
    ['the price that is given', [scanned(terabyte / 2)], 6.75, 3.375],
    ['as much as 10 MB at least', [scanned(0)], terabyte / megabyte, 10],
    ['as much as 10 MB each at least', [scanned(1), scanned(megabyte)], terabyte / megabyte, 20],
    ['whole megabytes', [scanned(11 * megabyte + 1)], terabyte / megabyte, 12],
    ['nothing when they failed', [scanned(terabyte, 'FAILED')], undefined, 0],
    ['what they scanned until they were stopped', [scanned(terabyte, 'CANCELLED')], undefined, 5],
  ])('%s', (_, executions, price, cost) => {
    expect(scanCost(executions, price)).toBeCloseTo(cost, 9);
  });

  it('and what they scanned adds up', () => {
    expect(scannedBytes([scanned(3), scanned(4, 'FAILED')])).toBe(7);
  });
});
