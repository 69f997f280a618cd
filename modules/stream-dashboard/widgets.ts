import { Fn } from 'cdktf';
import { setDimension } from '../stream-alarms/reputation-alarms';

/** The parts and thresholds in a dashboard. */
interface DashboardSubject {
  readonly region: string;
  readonly streamName: string;
  readonly logGroupName: string;
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  readonly alarmFreshness: number;
  readonly alarmDeliverySuccess: number;
  readonly alarmQueueAge: number;
  readonly alarmBounceRate: number;
  readonly alarmCriticalBounceRate: number;
  readonly alarmComplaintRate: number;
  readonly alarmCriticalComplaintRate: number;
}

/** The side of an axis; it is the left one by default. */
interface AtAxis {
  readonly yAxis?: 'right';
}

/** Options of a metric, or an expression that finds metrics. */
interface MetricOptions extends AtAxis {
  readonly label: string;
  readonly stat?: string;
  readonly id?: string;
  readonly expression?: string;
}

/** A metric in a graph: namespace, name, pairs of dimension and value, and options. */
type Metric = readonly (string | MetricOptions)[];

/** A line across a graph. */
interface Annotation extends AtAxis {
  readonly label: string;
  readonly value: number;
}

/** An axis that begins at 0. */
interface Axis {
  readonly label: string;
  readonly max?: number;
}

/** A widget in the form of CloudWatch. */
interface Widget {
  readonly type: 'metric';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly region: string;
    readonly view: 'timeSeries';
    readonly stacked: boolean;
    readonly metrics: readonly Metric[];
    readonly stat: string;
    readonly period: number;
    readonly yAxis: Readonly<Partial<Record<'left' | 'right', Axis>>>;
    readonly annotations?: { readonly horizontal: readonly Annotation[] };
  };
}

/** Columns of a dashboard, and the size of a widget: two are beside each other. */
const [columns, height] = [24, 6];

/** The content of a graph. */
interface Graph {
  readonly title: string;
  readonly metrics: readonly Metric[];
  readonly stat?: string;
  readonly period?: number;
  readonly left: Axis;
  readonly right?: Axis;
  readonly lines?: readonly Annotation[];
}

/** Places a graph at a position, counted from 0 in rows of two. */
function widget(region: string, position: number, graph: Graph): Widget {
  const { title, metrics, stat = 'Sum', period = 300, left, right, lines = [] } = graph;
  const width = columns / 2;
  const axis = (shown: Axis) => ({ min: 0, ...shown, showUnits: false });
  return {
    ...{ type: 'metric', x: (position % 2) * width, y: Math.floor(position / 2) * height, width, height },
    properties: {
      ...{ view: 'timeSeries', stacked: false, region, title, metrics, stat, period },
      yAxis: { left: axis(left), ...(right && { right: axis(right) }) },
      ...(lines.length > 0 && { annotations: { horizontal: lines } }),
    },
  };
}

const mailMetrics = ['Send', 'Delivery', 'Bounce', 'Complaint', 'Reject'];

/**
 * Returns the graph of a rate with its two thresholds: of the account, and of every configuration set of the region that
 * publishes it.
 */
function rateGraph(title: string, metric: string, [warning, critical]: readonly [number, number]): Graph {
  // CDKTF escapes quotes in an object only in a raw string.
  const search = Fn.rawString(
    `SEARCH('{AWS/SES,"${setDimension}"} MetricName="Reputation.${metric}"', 'Average', 3600)`,
  );
  return {
    title,
    metrics: [
      ['AWS/SES', `Reputation.${metric}`, { label: 'account' }],
      [{ expression: search, id: 'sets', label: '' }],
    ],
    stat: 'Average',
    period: 3600,
    left: { label: 'share of messages' },
    lines: [
      { label: 'warning', value: warning },
      { label: 'critical', value: critical },
    ],
  };
}

/** Returns the widgets, in the order of an event's way from SES to S3. */
function dashboardWidgets(subject: DashboardSubject): Widget[] {
  const { region, streamName } = subject;
  const ofStream = (metric: string, options: MetricOptions): Metric => [
    ...['AWS/Firehose', metric, 'DeliveryStreamName', streamName],
    options,
  ];
  const graphs: readonly Graph[] = [
    {
      title: 'Mail of the account',
      metrics: mailMetrics.map((metric) => ['AWS/SES', metric]),
      left: { label: 'messages' },
    },
    {
      title: 'Events into the stream, and to S3',
      metrics: [
        ofStream('IncomingRecords', { label: 'from SES' }),
        ofStream('DeliveryToS3.Records', { label: 'to S3' }),
        ofStream('ThrottledRecords', { label: 'throttled' }),
      ],
      left: { label: 'events' },
    },
    {
      title: 'Age of the oldest event that is not in S3',
      metrics: [ofStream('DeliveryToS3.DataFreshness', { label: 'age' })],
      stat: 'Maximum',
      left: { label: 'seconds' },
      lines: [{ label: 'alarm', value: subject.alarmFreshness }],
    },
    {
      title: 'Failures of the delivery to S3',
      metrics: [
        ['AWS/Logs', 'IncomingLogEvents', 'LogGroupName', subject.logGroupName, { label: 'logged errors' }],
        ofStream('DeliveryToS3.Success', { label: 'successful writes', stat: 'Average', yAxis: 'right' }),
      ],
      left: { label: 'errors' },
      right: { label: 'share of writes', max: 1 },
      lines: [{ label: 'alarm', value: subject.alarmDeliverySuccess, yAxis: 'right' }],
    },
    rateGraph('Bounce rate', 'BounceRate', [subject.alarmBounceRate, subject.alarmCriticalBounceRate]),
    rateGraph('Complaint rate', 'ComplaintRate', [
      subject.alarmComplaintRate,
      subject.alarmCriticalComplaintRate,
    ]),
  ];
  return graphs.map((graph, position) => widget(region, position, graph));
}

/** Returns the widget of the queue of new objects, below the others. */
function queueWidget(subject: DashboardSubject, position: number): Widget {
  const { region, queueName, deadLetterQueueName, alarmQueueAge } = subject;
  return widget(region, position, {
    title: 'Queue of new objects',
    metrics: [
      ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', queueName, { label: 'waiting' }],
      [
        'AWS/SQS',
        'ApproximateNumberOfMessagesVisible',
        'QueueName',
        deadLetterQueueName,
        { label: 'failed' },
      ],
      [
        ...['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', queueName],
        { label: 'age of the oldest', yAxis: 'right' },
      ],
    ],
    stat: 'Maximum',
    left: { label: 'messages' },
    right: { label: 'seconds' },
    lines: [{ label: 'alarm', value: alarmQueueAge, yAxis: 'right' }],
  });
}

export {
  type Annotation,
  type DashboardSubject,
  dashboardWidgets,
  type Metric,
  type MetricOptions,
  queueWidget,
  type Widget,
};
