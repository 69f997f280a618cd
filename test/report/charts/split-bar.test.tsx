import { SplitBar } from '../../../consumer/report/charts/split-bar';

const draw = (...counts: number[]) =>
  String(
    <SplitBar
      id="s"
      title="Parts"
      parts={counts.map((count, index) => ({ label: `part ${index}`, count, mark: `mark-${index}` }))}
    />,
  );

describe('a divided bar', () => {
  it('has parts in proportion, side by side', () => {
    const [, wide = ''] = /<div class="wide">(.*?)<\/svg>/s.exec(draw(3, 1)) ?? [];
    const bars = [...wide.matchAll(/<rect class="mark-\d" x="([\d.]+)" y="0" width="([\d.]+)"/g)].map(
      ([, x, width]) => [Number(x), Number(width)],
    );
    expect(bars).toEqual([
      [0, 720],
      [720, 240],
    ]);
  });

  it('names each part with its count and share, and omits empty parts', () => {
    const html = draw(3, 0, 1);
    expect(html).toContain('part 0: 3 (75.00%)');
    expect(html).toContain('part 2: 1 (25.00%)');
    expect(html).not.toContain('part 1');
  });
});
