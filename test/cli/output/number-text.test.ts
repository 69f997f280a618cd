import { formatShare } from '../../../consumer/cli/output/number-text';

describe('a share', () => {
  it.each([
    [0, 1, '0.00%'],
    [0.0000499, 1, '<0.01%'],
    [0.00005, 1, '0.01%'],
    [0.0005, 1, '0.05%'],
    [1, 3, '33.33%'],
    [1, 1, '100.00%'],
    [0, 0, '–'],
  ])('%d of %d is shown with two decimals as %s', (part, total, text) => {
    expect(formatShare(part, total)).toBe(text);
  });
});
