import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Period } from '../../queries/questions/parameters';
import { TimeAxis, ValueAxis } from './axes';
import { at, Chart, InBothWidths } from './chart';
import type { Frame } from './frame';
import { percent, type Thresholds } from './rate-gauge';
import { type Marked, placeOf, timeScale } from './time-marks';

/** The rate of a period; null where it has no emails. */
interface Rate extends Marked {
  rate: number | null;
}

interface RateChartProps {
  id: string;
  title: string;
  rates: readonly Rate[];
  period: Period;
  thresholds: Thresholds;
}

/** The largest number of rates that have a dot each. */
const maxDots = 62;

/** A rate over time, with the thresholds of SES. The line has a gap where a period has no emails. */
function RateChart({ id, title, rates, period, thresholds: { review, danger } }: RateChartProps) {
  const highest = rates.reduce((most, { rate }) => Math.max(most, rate ?? 0), 0);
  const draw = (width: number) => {
    const frame: Frame = { width, height: 190, margin: { top: 14, right: 12, bottom: 26, left: 48 } };
    const { margin } = frame;
    const bottom = frame.height - margin.bottom;
    const time = timeScale(rates, period, frame);
    const value = scaleLinear([0, Math.max(review * 1.3, highest * 1.15)], [bottom, margin.top]);
    const top = value.domain()[1] ?? 0;
    const middle = (mark: Rate) => {
      const { x, width: barWidth } = placeOf(mark, period, time);
      return at(x + barWidth / 2);
    };
    const height = ({ rate }: Rate) => at(value(rate ?? 0));
    const path = line<Rate>(middle, height).defined(({ rate }) => rate !== null);
    const zone = (mark: string, from: number, to: number) => (
      <rect
        class={mark}
        x={margin.left}
        width={width - margin.left - margin.right}
        y={at(value(to))}
        height={at(value(from) - value(to))}
      />
    );
    const known = rates.filter(({ rate }) => rate !== null);
    return (
      <Chart
        id={id}
        title={title}
        description={`The highest rate is ${percent(highest)}. Review begins at ${percent(review)}, and danger at ${percent(danger)}.`}
        width={width}
        height={frame.height}
      >
        {zone('zone-review', review, Math.min(danger, top))}
        {top > danger ? zone('zone-danger', danger, top) : null}
        <ValueAxis scale={value} frame={frame} format={percent} />
        {[
          { mark: 'review', rate: review },
          { mark: 'danger', rate: danger },
        ]
          .filter(({ rate }) => rate <= top)
          .map(({ mark, rate }) => (
            <g class={`threshold ${mark}`}>
              <line x1={margin.left} x2={width - margin.right} y1={at(value(rate))} y2={at(value(rate))} />
              <text x={width - margin.right - 4} y={at(value(rate)) - 4} text-anchor="end">
                {`${mark} ${percent(rate)}`}
              </text>
            </g>
          ))}
        <path class="line" d={path([...rates]) ?? ''} />
        {(known.length > maxDots ? [] : known).map((mark) => (
          <circle class="dot" cx={middle(mark)} cy={height(mark)} r="2.5" />
        ))}
        <TimeAxis marks={rates} scale={time} frame={frame} period={period} />
      </Chart>
    );
  };
  return <InBothWidths draw={draw} />;
}

export { RateChart };
