import { scaleLinear } from 'd3-scale';
import type { verdictThresholds } from '../../queries/questions/verdict-thresholds';
import { formatShare } from '../../texts/number-text';
import { at, Chart, InBothWidths } from './chart';

/** The thresholds of a rate, from 0 to 1. */
type Thresholds = (typeof verdictThresholds)[keyof typeof verdictThresholds];

interface RateGaugeProps {
  id: string;
  title: string;
  /** From 0 to 1; null where there are no emails. */
  rate: number | null;
  /** The rate of the range before; null where it had no emails. */
  before: number | null;
  thresholds: Thresholds;
}

const percent = (rate: number) =>
  formatShare(rate, 1)
    .replace(/\.00%$/, '%')
    .replace(/(\.\d)0%$/, '$1%');

/** A rate on a scale with the thresholds of SES. */
function RateGauge({ id, title, rate, before, thresholds }: RateGaugeProps) {
  const { review, danger } = thresholds;
  const highest = Math.max(danger * 1.25, (rate ?? 0) * 1.1);
  const draw = (width: number) => {
    const scale = scaleLinear([0, highest], [8, width - 8]);
    const zones = [
      { mark: 'zone-ok', from: 0, to: review },
      { mark: 'zone-review', from: review, to: danger },
      { mark: 'zone-danger', from: danger, to: highest },
    ];
    return (
      <Chart
        id={id}
        title={title}
        description={`${rate === null ? 'No rate' : percent(rate)} on a scale that ends at ${percent(highest)}. Review begins at ${percent(review)}, and danger at ${percent(danger)}.`}
        width={width}
        height={58}
      >
        {zones.map(({ mark, from, to }) => (
          <rect class={mark} x={at(scale(from))} width={at(scale(to) - scale(from))} y="22" height="14" />
        ))}
        {before === null ? null : (
          <line class="mark-before" x1={at(scale(before))} x2={at(scale(before))} y1="18" y2="40" />
        )}
        {rate === null ? null : <path class="mark-now" d={`M${at(scale(rate))},22 l-7,-12 h14 z v14`} />}
        <g class="axis">
          {[
            { value: review, label: `review ${percent(review)}` },
            { value: danger, label: `danger ${percent(danger)}` },
          ].map(({ value, label }) => (
            <text x={at(scale(value))} y="52" text-anchor="middle">
              {label}
            </text>
          ))}
        </g>
      </Chart>
    );
  };
  return <InBothWidths draw={draw} />;
}

export { percent, RateGauge, type Thresholds };
