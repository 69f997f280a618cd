import { scaleLinear } from 'd3-scale';
import { formatCount, formatShare } from '../../texts/number-text';
import { at, Chart, InBothWidths } from './chart';
import { Legend } from './legend';

/** A part of a whole. */
interface Part {
  label: string;
  count: number;
  /** The class of the part in the style sheet. */
  mark: string;
}

/** A whole as one bar, divided into its parts. Parts without a count are omitted. */
function SplitBar({ id, title, parts }: { id: string; title: string; parts: readonly Part[] }) {
  const present = parts.filter(({ count }) => count > 0);
  const total = present.reduce((sum, { count }) => sum + count, 0);
  const draw = (width: number) => {
    const scale = scaleLinear([0, Math.max(total, 1)], [0, width]);
    let before = 0;
    return (
      <Chart
        id={id}
        title={title}
        description={present.map(({ label, count }) => `${label}: ${formatCount(count)}`).join('. ')}
        width={width}
        height={24}
      >
        {present.map(({ count, mark }) => {
          const x = at(scale(before));
          before += count;
          return <rect class={mark} x={x} y="0" width={at(scale(before) - x)} height="24" />;
        })}
      </Chart>
    );
  };
  const entries = present.map(({ mark, label, count }) => ({
    mark,
    label: `${label}: ${formatCount(count)} (${formatShare(count, total)})`,
  }));
  return (
    <>
      <InBothWidths draw={draw} />
      <Legend entries={entries} />
    </>
  );
}

export { SplitBar };
