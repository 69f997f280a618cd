import { percent, RateGauge } from '../../../consumer/report/charts/rate-gauge';

const thresholds = { review: 0.05, danger: 0.1 };
const draw = (rate: number | null, before: number | null = null) =>
  String(<RateGauge id="g" title="Bounce rate" rate={rate} before={before} thresholds={thresholds} />);

describe('the gauge of a rate', () => {
  it('describes the rate and the thresholds', () => {
    expect(draw(0.034)).toContain(
      '3.4% on a scale that ends at 12.5%. Review begins at 5%, and danger at 10%.',
    );
  });

  it('has a scale that contains any rate', () => {
    expect(draw(0.5)).toContain('on a scale that ends at 55%');
  });

  it('marks the range before only if it has emails', () => {
    expect(draw(0.01, 0.02)).toContain('class="mark-before"');
    expect(draw(0.01)).not.toContain('class="mark-before"');
  });

  it('marks nothing without emails', () => {
    expect(draw(null)).not.toContain('class="mark-now"');
    expect(draw(null)).toContain('No rate on a scale');
  });

  it.each([
    [0.05, '5%'],
    [0.001, '0.1%'],
    [0.0123, '1.23%'],
    [0, '0%'],
  ])('formats %d as %s', (rate, text) => {
    expect(percent(rate)).toBe(text);
  });
});
