import { formatShare } from '../../consumer/texts/number-text';

describe('a share', () => {
  it.each([
    [0, 1, '0.00%'],
    [0.0000499, 1, '<0.01%'],
    [0.00005, 1, '0.01%'],
    [0.0005, 1, '0.05%'],
    [1, 3, '33.33%'],
    [1, 1, '100.00%'],
    [0, 0, '–'],
    [4_998, 100_000, '4.998%'],
    [49_999_999, 1_000_000_000, '4.9999999%'],
    [0.05, 1, '5.00%'],
    [0.050001, 1, '5.00%'],
    [999, 1_000_000, '0.0999%'],
    [0.31494, 1, '31.49%'],
    [99_999, 100_000, '99.999%'],
  ])('%d of %d is shown with two decimals, or below a tenth with more, as %s', (part, total, text) => {
    expect(formatShare(part, total)).toBe(text);
  });
});
