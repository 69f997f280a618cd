import type { ScaleLinear, ScaleTime } from 'd3-scale';
import type { Period } from '../../queries/questions/parameters';
import { at } from './chart';
import type { Frame } from './frame';
import { type Marked, placeOf } from './time-marks';

interface ValueAxisProps {
  scale: ScaleLinear<number, number>;
  frame: Frame;
  format: (value: number) => string;
  /** @default 4 */
  count?: number;
}

/** Horizontal lines with their values on the left. */
function ValueAxis({ scale, frame: { width, margin }, format, count = 4 }: ValueAxisProps) {
  return (
    <g class="axis">
      {scale.ticks(count).map((value) => (
        <g>
          <line x1={margin.left} x2={width - margin.right} y1={at(scale(value))} y2={at(scale(value))} />
          <text x={margin.left - 8} y={at(scale(value))} dy="0.32em" text-anchor="end">
            {format(value)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Formats of the periods on an axis. */
const days = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const months = new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });

interface TimeAxisProps {
  marks: readonly Marked[];
  scale: ScaleTime<number, number>;
  frame: Frame;
  period: Period;
}

/** Space of a time on the axis, in units of the picture. */
const timeSpace = 74;

/** The first days of periods below their marks: of all, or of every second, third and so on where there is little room. */
function TimeAxis({ marks, scale, frame: { width, height, margin }, period }: TimeAxisProps) {
  const room = Math.max(1, Math.floor((width - margin.left - margin.right) / timeSpace));
  const step = Math.ceil(marks.length / room);
  const format = period === 'month' ? months : days;
  const bottom = height - margin.bottom;
  return (
    <g class="axis times">
      <line x1={margin.left} x2={width - margin.right} y1={bottom} y2={bottom} />
      {marks
        .filter((_, index) => index % step === 0)
        .map((mark) => {
          const { x, width: space } = placeOf(mark, period, scale);
          return (
            <text x={at(x + space / 2)} y={bottom + 16} text-anchor="middle">
              {format.format(mark.start)}
            </text>
          );
        })}
    </g>
  );
}

export { TimeAxis, ValueAxis };
