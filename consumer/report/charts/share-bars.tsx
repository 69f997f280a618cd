import { scaleLinear } from 'd3-scale';
import { formatShare } from '../../texts/number-text';
import { at, Chart, InBothWidths } from './chart';

/** A share with its label. */
interface ShareBar {
  label: string;
  /** From 0 to 1; null where there is nothing to share. */
  share: number | null;
  /** The class of the bar in the style sheet. */
  mark: string;
}

interface ShareBarsProps {
  id: string;
  title: string;
  bars: readonly ShareBar[];
}

const rowHeight = 34;

/** Shares as bars, each with its label above and its value at the end. */
function ShareBars({ id, title, bars }: ShareBarsProps) {
  const highest = bars.reduce((most, { share }) => Math.max(most, share ?? 0), 0);
  const draw = (width: number) => {
    const scale = scaleLinear([0, Math.max(highest, 0.01)], [0, width - 70]);
    return (
      <Chart
        id={id}
        title={title}
        description={bars.map(({ label, share }) => `${label}: ${formatShare(share ?? 0, 1)}`).join('. ')}
        width={width}
        height={bars.length * rowHeight + 4}
      >
        {bars.map(({ label, share, mark }, index) => {
          const y = index * rowHeight;
          const length = at(scale(share ?? 0));
          return (
            <g>
              <text class="row-label" x="0" y={y + 12}>
                {label}
              </text>
              <rect class={mark} x="0" y={y + 17} width={length} height="11" rx="2" />
              <text class="value" x={length + 6} y={y + 27}>
                {share === null ? '–' : formatShare(share, 1)}
              </text>
            </g>
          );
        })}
      </Chart>
    );
  };
  return <InBothWidths draw={draw} />;
}

export { ShareBars };
