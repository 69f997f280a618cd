import { scaleLinear } from 'd3-scale';
import type { Period } from '../../queries/questions/parameters';
import { formatCount } from '../../texts/number-text';
import { TimeAxis, ValueAxis } from './axes';
import { at, Chart, InBothWidths } from './chart';
import type { Frame } from './frame';
import { Legend, type LegendEntry } from './legend';
import { type Marked, placeOf, timeScale } from './time-marks';

/** The emails of a period. */
interface Volume extends Marked {
  sent: number;
  delivered: number;
  bounced: number;
  complained: number;
  /** Whether the period has no events at all. */
  isGap: boolean;
}

interface VolumeChartProps {
  id: string;
  title: string;
  volumes: readonly Volume[];
  period: Period;
}

const entries: readonly LegendEntry[] = [
  { mark: 'mark-sent', label: 'Sent' },
  { mark: 'mark-delivered', label: 'Delivered' },
  { mark: 'mark-bounced', label: 'Bounced' },
  { mark: 'mark-complained', label: 'Complained' },
  { mark: 'mark-gap', label: 'No events' },
];

/** A count in few characters: `1.2k`. */
const shortCount = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

function largest(volumes: readonly Volume[], count: (volume: Volume) => number): number {
  return volumes.reduce((most, volume) => Math.max(most, count(volume)), 0);
}

/** The upper panel: sent and delivered emails. The lower panel has a scale of its own, because failures are few. */
const panels = { upper: { top: 12, bottom: 180 }, lower: { top: 204, bottom: 280 } } as const;

/** Emails by period: sent and delivered, and below them bounced and complained. A period without events is hatched. */
function VolumeChart({ id, title, volumes, period }: VolumeChartProps) {
  const failures = ({ bounced, complained }: Volume) => bounced + complained;
  const most = largest(volumes, ({ sent, delivered }) => Math.max(sent, delivered));
  const draw = (width: number) => {
    const frame: Frame = { width, height: 306, margin: { top: 12, right: 12, bottom: 26, left: 48 } };
    const time = timeScale(volumes, period, frame);
    const { upper, lower } = panels;
    const emails = scaleLinear([0, Math.max(most, 1)], [upper.bottom, upper.top]).nice(4);
    const failed = scaleLinear([0, Math.max(largest(volumes, failures), 1)], [lower.bottom, lower.top]).nice(
      2,
    );
    return (
      <Chart
        id={id}
        title={title}
        description={`${formatCount(volumes.length)} periods; the highest has ${formatCount(most)} emails. The table has all values.`}
        width={width}
        height={frame.height}
      >
        <ValueAxis scale={emails} frame={frame} format={(value) => shortCount.format(value)} />
        <ValueAxis scale={failed} frame={frame} format={(value) => shortCount.format(value)} count={2} />
        {volumes.map((volume) => {
          const place = placeOf(volume, period, time);
          const [x, barWidth] = [at(place.x), at(place.width)];
          if (volume.isGap)
            return (
              <rect class="mark-gap" x={x} width={barWidth} y={upper.top} height={lower.bottom - upper.top} />
            );
          const { sent, delivered, bounced } = volume;
          const bar = (mark: string, from: number, to: number) =>
            to === from ? null : (
              <rect class={mark} x={x} width={barWidth} y={at(to)} height={at(from - to)} />
            );
          return (
            <g>
              {bar('mark-sent', upper.bottom, emails(sent))}
              {bar('mark-delivered', upper.bottom, emails(delivered))}
              {bar('mark-bounced', lower.bottom, failed(bounced))}
              {bar('mark-complained', failed(bounced), failed(failures(volume)))}
            </g>
          );
        })}
        <TimeAxis marks={volumes} scale={time} frame={frame} period={period} />
      </Chart>
    );
  };
  return (
    <>
      <Legend entries={entries} />
      <InBothWidths draw={draw} />
    </>
  );
}

export { type Volume, VolumeChart };
