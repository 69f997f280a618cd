import { type ScaleTime, scaleUtc } from 'd3-scale';
import type { Period } from '../../queries/questions/parameters';
import { endOfPeriod } from '../data/periods';
import type { Frame } from './frame';

/** A period that has a mark in a chart. */
interface Marked {
  start: Date;
}

/** The place of a period's mark on the axis of time. */
interface Place {
  x: number;
  width: number;
}

/** Returns the scale of time for marks, from the first period to the end of the last. */
function timeScale(
  marks: readonly Marked[],
  period: Period,
  { width, margin }: Frame,
): ScaleTime<number, number> {
  const first = marks[0]?.start ?? new Date(0);
  const last = endOfPeriod(marks.at(-1)?.start ?? first, period);
  return scaleUtc([first, last], [margin.left, width - margin.right]);
}

/** Returns the place of a mark, with a space between two marks where there is room. */
function placeOf({ start }: Marked, period: Period, scale: ScaleTime<number, number>): Place {
  const from = scale(start);
  const width = scale(endOfPeriod(start, period)) - from;
  const gap = width > 4 ? width * 0.2 : 0;
  return { x: from + gap / 2, width: width - gap };
}

export { type Marked, placeOf, timeScale };
