import { DurationChart } from '../../../consumer/report/charts/duration-chart';

const rows = [
  { label: '<b>example.com', p50: 1000, p95: 60_000, p99: 3_600_000 },
  { label: 'example.org', p50: 0, p95: 500, p99: 500 },
];

/** Returns the places of the marks of a class in the wide picture. */
function places(html: string, mark: string): number[] {
  const [, wide = ''] = /<div class="wide">(.*?)<\/svg>/s.exec(html) ?? [];
  return [...wide.matchAll(new RegExp(`<circle class="${mark}" cx="([\\d.]+)"`, 'g'))].map(([, x]) =>
    Number(x),
  );
}

describe('the chart of durations', () => {
  const html = String(<DurationChart id="d" title="Durations" rows={rows} />);

  it('places percentiles on a logarithmic scale, from left to right', () => {
    const [[p50 = 0] = [], [p95 = 0] = [], [p99 = 0] = []] = ['mark-p50', 'mark-p95', 'mark-p99'].map(
      (mark) => places(html, mark),
    );
    // A minute is as far from a second as an hour from a minute.
    expect(p99 - p95).toBeCloseTo(p95 - p50, 0);
  });

  it('shows a duration of 0 at the beginning of the scale', () => {
    expect(html).not.toContain('NaN');
    expect(places(html, 'mark-p50')[1]).toBeGreaterThan(0);
  });

  it('names durations on its axis', () => {
    for (const text of ['1 s', '1 min', '1 h']) expect(html).toContain(`>${text}<`);
  });

  it('shows a label of an event as text', () => {
    expect(html).toContain('&lt;b&gt;example.com');
  });

  it('can be drawn without rows', () => {
    expect(String(<DurationChart id="d" title="Durations" rows={[]} />)).not.toContain('NaN');
  });
});
