import type { Annotation, Metric, MetricOptions, Widget } from '../../modules/stream-dashboard/widgets';
import type { SampleMetrics, Series } from './metrics';
import { scaleOf } from './scale';

/** The size of one column and row of the dashboard, and the gap between widgets, in pixels. */
const cell = { width: 48, height: 44, gap: 6 };
const day = 86_400_000;

/** The colors of CloudWatch for lines, in its order, and of the thresholds by label. */
const lineColors = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd'];
const warningColor = '#c77700';
const alarmColor = '#c01515';

type Side = 'left' | 'right';
const sideOf = ({ yAxis = 'left' }: { readonly yAxis?: Side | undefined }): Side => yAxis;

/** A line of a graph. */
interface Line extends Pick<MetricOptions, 'label' | 'yAxis'> {
  readonly values: Series;
  readonly color: string;
}

/** Returns the series of a metric; an expression finds those of all configuration sets, for the first metric of its graph. */
function seriesOf(metric: Metric, [first = []]: readonly Metric[], metrics: SampleMetrics) {
  const options = metric.find((part) => typeof part !== 'string');
  const key = (options?.expression === undefined ? metric : first).slice(0, 2).join(' ');
  if (options?.expression !== undefined)
    return Object.entries(metrics.sets).map(([label, series]) => ({ label, values: series[key] }));
  return [{ label: String(metric[1]), ...options, values: metrics.account[key] }];
}

/** Returns the lines of a graph. */
function linesOf({ properties: { metrics: named } }: Widget, metrics: SampleMetrics): Line[] {
  return named
    .flatMap((metric) => seriesOf(metric, named, metrics))
    .map(({ values, ...line }, index) => {
      if (values === undefined)
        throw new Error(`the sample has no metric for ${line.label}: add it to metrics.ts`);
      const shown = [...values].filter(([time]) => time >= metrics.start && time < metrics.end);
      return { ...line, values: new Map(shown), color: lineColors[index % lineColors.length] ?? '' };
    });
}

const rounded = (value: number) => String(Math.round(value * 10) / 10);

/** The area of the lines, with its edges in pixels. */
class Plot {
  readonly left = 58;
  readonly right: number;
  readonly top = 46;
  readonly bottom: number;

  constructor(
    readonly width: number,
    readonly height: number,
    hasRightAxis: boolean,
    private readonly time: Pick<SampleMetrics, 'start' | 'end'>,
  ) {
    this.right = width - (hasRightAxis ? 58 : 20);
    this.bottom = height - 48;
  }

  /** The position of the middle of a day. */
  x(start: number): string {
    const { start: first, end } = this.time;
    return rounded(this.left + ((start + day / 2 - first) / (end - first)) * (this.right - this.left));
  }

  y(value: number, maximum: number): string {
    return rounded(this.bottom - (value / maximum) * (this.bottom - this.top));
  }

  /** The path of a line, with a gap where days have no value, and a dot where only one day has. */
  path(values: Series, maximum: number): string {
    const parts = [...values].map(([time, value]) => {
      const point = `${this.x(time)} ${this.y(value, maximum)}`;
      if (values.has(time - day)) return `L${point}`;
      return values.has(time + day) ? `M${point}` : `M${point}m-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0`;
    });
    return parts.join('');
  }
}

/** Draws the axis of one side with its lines and thresholds. */
function drawSide(side: Side, widget: Widget, lines: readonly Line[], plot: Plot): string[] {
  const { yAxis, annotations } = widget.properties;
  const axis = yAxis[side];
  if (axis === undefined) return [];
  const own = lines.filter((line) => sideOf(line) === side);
  const limits = (annotations?.horizontal ?? []).filter((limit) => sideOf(limit) === side);
  const values = [...own.flatMap((line) => [...line.values.values()]), ...limits.map(({ value }) => value)];
  const { maximum, ticks } = scaleOf(axis.max === undefined ? values : [axis.max]);
  const [edge, at, anchor] =
    side === 'left' ? [14, plot.left - 8, 'end'] : [plot.width - 14, plot.right + 8, 'start'];
  const y = (value: number) => plot.y(value, maximum);
  return [
    `<text class="unit" x="${edge}" y="38" text-anchor="${side === 'left' ? 'start' : 'end'}">${axis.label}</text>`,
    ...ticks.map(
      ({ value, text }) => `<text x="${at}" y="${y(value)}" dy="4" text-anchor="${anchor}">${text}</text>`,
    ),
    ...(side === 'left'
      ? ticks.map(({ value }) => `<path class="grid" d="M${plot.left} ${y(value)}H${plot.right}"/>`)
      : []),
    ...own.map(
      ({ values, color }) => `<path class="line" stroke="${color}" d="${plot.path(values, maximum)}"/>`,
    ),
    ...limits.flatMap((limit) => drawLimit(limit, y(limit.value), plot)),
  ];
}

function drawLimit({ label, value }: Annotation, y: string, plot: Plot): string[] {
  const color = label === 'warning' ? warningColor : alarmColor;
  return [
    `<path class="limit" stroke="${color}" d="M${plot.left} ${y}H${plot.right}"/>`,
    `<text style="fill:${color}" x="${plot.left + 6}" y="${y}" dy="-5">${label} ${value.toLocaleString('en-US')}</text>`,
  ];
}

/** Draws the first day of each week below the plot. */
function drawWeeks({ start, end }: SampleMetrics, plot: Plot): string[] {
  const weeks = Array.from({ length: (end - start) / (7 * day) }, (_, week) => start + week * 7 * day);
  return weeks.map((time) => {
    const text = new Date(time).toLocaleDateString('en-US', {
      month: 'short',
      day: 'numeric',
      timeZone: 'UTC',
    });
    return `<text x="${plot.x(time)}" y="${plot.bottom + 17}" text-anchor="middle">${text}</text>`;
  });
}

/** Draws the labels of lines beside each other. */
function drawLegend(lines: readonly Line[], { height }: Plot): string[] {
  const characterWidth = 6.2; // about that of the font
  let x = 14;
  return lines.map(({ label, color }) => {
    const [key, text] = [rounded(x), rounded(x + 15)];
    x += 32 + label.length * characterWidth;
    return `<path fill="${color}" d="M${key} ${height - 21}h10v10h-10z"/><text x="${text}" y="${height - 12}">${label}</text>`;
  });
}

/** Draws a widget at its place in the dashboard. */
function drawGraph(widget: Widget, metrics: SampleMetrics): string {
  const { x, y, width, height, properties } = widget;
  const lines = linesOf(widget, metrics);
  const size = [width * cell.width - cell.gap, height * cell.height - cell.gap] as const;
  const plot = new Plot(...size, properties.yAxis.right !== undefined, metrics);
  return [
    `<g transform="translate(${x * cell.width} ${y * cell.height})">`,
    `<rect width="${plot.width}" height="${plot.height}" rx="6"/>`,
    `<text class="title" x="14" y="21">${properties.title}</text>`,
    ...drawSide('left', widget, lines, plot),
    ...drawSide('right', widget, lines, plot),
    ...drawWeeks(metrics, plot),
    ...drawLegend(lines, plot),
    '</g>',
  ].join('\n');
}

export { cell, drawGraph };
