import { scanLine } from '../../../consumer/cli/reports/scan-line';

const gibibyte = 2 ** 30;

describe('what Athena scanned and cost', () => {
  it.each<[bytes: number[], price: number, line: string]>([
    [[1.2 * gibibyte], 5, 'scanned 1.2 GiB, about 0.01 USD at 5 USD per TB'],
    [[300 * gibibyte, 100 * gibibyte], 6.75, 'scanned 400.0 GiB, about 2.64 USD at 6.75 USD per TB'],
    [[12], 5, 'scanned 12 B, less than 0.01 USD at 5 USD per TB'],
    [[gibibyte], 0, 'scanned 1.0 GiB, about 0.00 USD at 0 USD per TB'],
  ])('%j bytes at %d USD: %s', (bytes, price, line) => {
    const executions = bytes.map((scannedBytes) => ({ state: 'SUCCEEDED' as const, scannedBytes }));
    expect(scanLine(executions, price)).toBe(line);
  });
});
