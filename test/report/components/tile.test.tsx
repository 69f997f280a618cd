import { Tile, type TileChange } from '../../../consumer/report/components/tile';

const draw = (change?: TileChange) =>
  String(<Tile label="Bounce rate" value="4%" verdict="ok" change={change} />);

describe('a tile', () => {
  it('has its label, value and verdict', () => {
    const html = draw();
    expect(html).toContain('<span class="label">Bounce rate</span><span class="figure">4%</span>');
    expect(html).toContain('<span class="verdict ok">ok</span>');
    expect(html).not.toContain('change');
  });

  it.each([
    [0.104, 'better', 'worse', '▲', '10.4% higher'],
    [-0.1, 'better', 'better', '▼', '10% lower'],
    [-0.1, 'worse', 'worse', '▼', '10% lower'],
    [0.1, 'neutral', 'same', '▲', '10% higher'],
    [0.004, 'better', 'same', '▲', '0.4% higher'],
    [Number.POSITIVE_INFINITY, 'better', 'worse', '▲', 'from 0'],
  ] as const)('shows a change of %d, where lower is %s, as %s', (ratio, lower, mark, arrow, text) => {
    const html = draw({ ratio, lower });
    expect(html).toContain(
      `<span class="change ${mark}"><span aria-hidden="true">${arrow}</span> ${text}</span>`,
    );
  });
});
