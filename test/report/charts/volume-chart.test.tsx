import { type Volume, VolumeChart } from '../../../consumer/report/charts/volume-chart';
import { axisTime } from '../../../consumer/report/data/periods';

const volume = (day: string, sent: number, more: Partial<Volume> = {}): Volume => ({
  ...{ start: axisTime(day), sent, delivered: sent, bounced: 0, complained: 0, isGap: false },
  ...more,
});

/** Returns the bars of a class in the wide picture, with their heights. */
function heights(html: string, mark: string): number[] {
  const [, wide = ''] = /<div class="wide">(.*?)<\/svg>/s.exec(html) ?? [];
  return [...wide.matchAll(new RegExp(`<rect class="${mark}"[^>]* height="([\\d.]+)"`, 'g'))].map(
    ([, height]) => Number(height),
  );
}

const draw = (...volumes: Volume[]) =>
  String(<VolumeChart id="v" title="Emails" volumes={volumes} period="day" />);

describe('the chart of volumes', () => {
  it('has bars in proportion to the emails', () => {
    const [first = 0, second = 0] = heights(
      draw(volume('2026-03-01', 100), volume('2026-03-02', 50)),
      'mark-sent',
    );
    expect(first).toBeGreaterThan(0);
    expect(first / second).toBeCloseTo(2, 1);
  });

  it('stacks complaints on bounces, on a scale of their own', () => {
    const html = draw(volume('2026-03-01', 1_000_000, { bounced: 30, complained: 10 }));
    const [bounced = 0] = heights(html, 'mark-bounced');
    const [complained = 0] = heights(html, 'mark-complained');
    expect(bounced / complained).toBeCloseTo(3, 1);
    expect(bounced).toBeGreaterThan(20);
  });

  it('hatches a period without events, and has no bar there', () => {
    const html = draw(
      volume('2026-03-01', 10),
      volume('2026-03-02', 0, { isGap: true }),
      volume('2026-03-03', 10),
    );
    expect(heights(html, 'mark-gap')).toHaveLength(1);
    expect(heights(html, 'mark-sent')).toHaveLength(2);
  });

  it('shows a period with events but without emails as neither', () => {
    const html = draw(volume('2026-03-01', 10), volume('2026-03-02', 0));
    expect(heights(html, 'mark-gap')).toEqual([]);
    expect(heights(html, 'mark-sent')).toHaveLength(1);
  });

  it('has a name and a description for people who do not see it', () => {
    const html = draw(volume('2026-03-01', 1234));
    expect(html).toContain('<title id="v-960-title">Emails</title>');
    expect(html).toContain('1 periods; the highest has 1,234 emails.');
    expect(html).toContain('aria-labelledby="v-960-title v-960-description"');
  });

  it('can be drawn without any emails', () => {
    expect(draw()).not.toContain('NaN');
    expect(draw(volume('2026-03-01', 0))).not.toContain('NaN');
  });
});
