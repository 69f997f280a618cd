/** An axis: its range from 0, its ticks, and the texts of its ticks. */
interface Scale {
  readonly maximum: number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** Room above the largest value, as a share of it. */
const headroom = 0.1;

/**
 * Creates an axis from 0 to a little above the largest value, with round ticks.
 * @example scaleOf([3, 8]).ticks.map(({ text }) => text) // ['0', '2', '4', '6', '8']
 */
function scaleOf(values: readonly number[]): Scale {
  const largest = Math.max(...values);
  const maximum = (largest > 0 ? largest : 1) * (1 + headroom);
  const power = 10 ** Math.floor(Math.log10(maximum / 5));
  const factor = [1, 2, 2.5, 5].find((one) => maximum / (power * one) <= 5) ?? 10;
  const step = power * factor;
  const ticks = Array.from({ length: Math.floor(maximum / step) + 1 }, (_, index) => {
    const value = Number((index * step).toPrecision(6)); // without errors of binary fractions
    return { value, text: value.toLocaleString('en-US', { maximumFractionDigits: 6 }) };
  });
  return { maximum, ticks };
}

export { scaleOf };
