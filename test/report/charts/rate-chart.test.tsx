import { RateChart } from '../../../consumer/report/charts/rate-chart';
import { axisTime } from '../../../consumer/report/data/periods';

const thresholds = { review: 0.05, danger: 0.1 };

function draw(...rates: (number | null)[]): string {
  const marks = rates.map((rate, index) => ({ start: axisTime(`2026-03-0${index + 1}`), rate }));
  return String(<RateChart id="r" title="Rate" rates={marks} period="day" thresholds={thresholds} />);
}

/** Returns the parts of the line in the wide picture: each begins with a move. */
function lineParts(html: string): number {
  const [, path = ''] = /<path class="line" d="([^"]*)"/.exec(html) ?? [];
  return path.split('M').length - 1;
}

describe('the chart of a rate', () => {
  it('draws one line through all periods', () => {
    const html = draw(0.01, 0.02, 0.03);
    expect(lineParts(html)).toBe(1);
    expect(html.match(/<circle class="dot"/g)).toHaveLength(2 * 3);
  });

  it('interrupts the line where a period has no emails', () => {
    expect(lineParts(draw(0.01, null, 0.03, 0.02))).toBe(2);
  });

  it('always shows the threshold of a review, and that of danger when the rate is near it', () => {
    expect(draw(0.001)).toContain('review 5%');
    expect(draw(0.001)).not.toContain('danger 10%');
    expect(draw(0.2)).toContain('danger 10%');
  });

  it('can be drawn without any rate', () => {
    expect(draw()).not.toContain('NaN');
    expect(draw(null)).not.toContain('NaN');
  });
});
