import { scaleLog } from 'd3-scale';
import { formatDuration } from '../../texts/number-text';
import { at, Chart, InBothWidths } from './chart';
import { Legend, type LegendEntry } from './legend';

/** The percentiles of a duration, in milliseconds. */
interface DurationRow {
  label: string;
  p50: number;
  p95: number;
  p99: number;
}

interface DurationChartProps {
  id: string;
  title: string;
  rows: readonly DurationRow[];
}

const entries: readonly LegendEntry[] = [
  { mark: 'mark-p50', label: 'Half of the deliveries' },
  { mark: 'mark-p95', label: '95%' },
  { mark: 'mark-p99', label: '99%' },
];

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Durations on the axis, where the scale contains them. */
const ticks = [
  ...[1, 10, 100, second, 10 * second, minute, 10 * minute, hour, 10 * hour],
  ...[1, 10, 100].map((days) => days * 24 * hour),
];

const rowHeight = 30;

/** Percentiles of a duration by row, on a logarithmic scale. A row has its label above its marks. */
function DurationChart({ id, title, rows }: DurationChartProps) {
  const highest = rows.reduce((most, { p99 }) => Math.max(most, p99), 0);
  const lowest = rows.reduce((least, { p50 }) => Math.min(least, p50), highest);
  const draw = (width: number) => {
    const height = 26 + rows.length * rowHeight;
    const scale = scaleLog([Math.max(lowest * 0.8, 1), Math.max(highest * 1.2, 10)], [12, width - 28]);
    const [first = 1, last = 1] = scale.domain();
    const place = (duration: number) => at(scale(Math.max(duration, 1)));
    return (
      <Chart
        id={id}
        title={title}
        description={`From ${formatDuration(lowest)} to ${formatDuration(highest)}. The table has all values.`}
        width={width}
        height={height}
      >
        <g class="axis">
          {ticks
            .filter((tick) => tick >= first && tick <= last)
            .map((tick) => (
              <g>
                <line x1={place(tick)} x2={place(tick)} y1="18" y2={height} />
                <text x={place(tick)} y="12" text-anchor="middle">
                  {formatDuration(tick)}
                </text>
              </g>
            ))}
        </g>
        {rows.map(({ label, p50, p95, p99 }, index) => {
          const y = 26 + index * rowHeight + 18;
          return (
            <g>
              <text class="row-label" x="12" y={y - 8}>
                {label}
              </text>
              <line class="mark-range" x1={place(p50)} x2={place(p99)} y1={y} y2={y} />
              <circle class="mark-p50" cx={place(p50)} cy={y} r="5" />
              <circle class="mark-p95" cx={place(p95)} cy={y} r="4" />
              <circle class="mark-p99" cx={place(p99)} cy={y} r="4" />
            </g>
          );
        })}
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

export { DurationChart };
