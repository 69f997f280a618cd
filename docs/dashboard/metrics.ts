import { type SampleEvent, sampleEvents } from '../../consumer/sample';
import { streamSettings } from '../../modules/stream-settings';

/** Values of a metric by the start of their day, in epoch milliseconds; days without data have none. */
type Series = ReadonlyMap<number, number>;

/** The metrics of a sample: by namespace and name, and the rates of each configuration set by its name. */
interface SampleMetrics {
  /** The first day. */
  readonly start: number;
  /** The end of the last day. */
  readonly end: number;
  readonly account: Readonly<Record<string, Series>>;
  readonly sets: Readonly<Record<string, Readonly<Record<string, Series>>>>;
}

const [second, minute, day] = [1000, 60_000, 86_400_000];
const dayOf = (time: number) => Math.floor(time / day) * day;

/** The sample begins a week before the picture, so that the first rates are those of enough messages. */
const sample = { events: 60_000, seed: 1, start: new Date('2026-07-28T00:00:00Z'), days: 35 };
const start = sample.start.getTime() + 7 * day;
const end = start + 28 * day;

/** A time at which writes to S3 fail. It is invented, because the sample has no failures of AWS. */
const outage = { start: Date.UTC(2026, 7, 20, 7), end: Date.UTC(2026, 7, 20, 9) };
const betweenAttempts = 10 * minute;

/** Number of messages for a rate. SES does not document the size of its representative volume. */
const volume = 3000;

/** Collects the values of a metric by day. */
class Days {
  readonly values = new Map<number, number>();

  add(time: number, count = 1): void {
    this.values.set(dayOf(time), (this.values.get(dayOf(time)) ?? 0) + count);
  }

  raise(time: number, value: number): void {
    this.values.set(dayOf(time), Math.max(this.values.get(dayOf(time)) ?? 0, value));
  }
}

/** The share of messages with an outcome among the latest ones, at the end of each day. */
class Rate {
  readonly values = new Map<number, number>();
  private sent = 0;
  /** For each outcome, the number of messages sent before it. */
  private readonly outcomes: number[] = [];

  send(time: number): void {
    this.sent++;
    while ((this.outcomes[0] ?? this.sent) <= this.sent - volume) this.outcomes.shift();
    this.values.set(dayOf(time), this.outcomes.length / Math.min(this.sent, volume));
  }

  addOutcome(): void {
    this.outcomes.push(this.sent);
  }
}

/** Whether SES counts a bounce or complaint: hard bounces, and complaints of recipients. */
function isCounted({ event }: SampleEvent): boolean {
  if (event.eventType === 'Bounce') return event.bounce.bounceType === 'Permanent';
  if (event.eventType !== 'Complaint') return false;
  const { complaintFeedbackType, complaintSubType } = event.complaint;
  return complaintFeedbackType !== 'not-spam' && !complaintSubType;
}

/** The bounce and complaint rates of a sender. */
class Rates {
  private readonly bounces = new Rate();
  private readonly complaints = new Rate();

  count(one: SampleEvent): void {
    const { eventType } = one.event;
    if (eventType === 'Send') for (const rate of [this.bounces, this.complaints]) rate.send(one.arrival);
    if (isCounted(one)) (eventType === 'Bounce' ? this.bounces : this.complaints).addOutcome();
  }

  get series(): Record<string, Series> {
    return {
      'AWS/SES Reputation.BounceRate': this.bounces.values,
      'AWS/SES Reputation.ComplaintRate': this.complaints.values,
    };
  }
}

/** Delivers records to S3 when the buffering interval after the first one ends, and again until this succeeds. */
class Delivery {
  private readonly interval = second * streamSettings.fields.bufferingInterval.parse(undefined);
  private readonly records = new Days();
  private readonly freshness = new Days();
  private readonly attempts = new Days();
  private readonly errors = new Days();
  private buffer = { first: 0, count: 0 };

  put(time: number): void {
    if (time >= this.buffer.first + this.interval) this.flush(time);
    this.buffer.count++;
  }

  private flush(next: number): void {
    const { first, count } = this.buffer;
    this.buffer = { first: next, count: 0 };
    if (count === 0) return;
    let time = first + this.interval;
    for (; time >= outage.start && time < outage.end; time += betweenAttempts) {
      this.attempts.add(time);
      this.errors.add(time);
    }
    this.attempts.add(time);
    this.records.add(time, count);
    this.freshness.raise(time, (time - first) / second);
  }

  get series(): Record<string, Series> {
    const success = [...this.attempts.values].map(
      ([time, count]) => [time, 1 - (this.errors.values.get(time) ?? 0) / count] as const,
    );
    return {
      'AWS/Firehose DeliveryToS3.Records': this.records.values,
      'AWS/Firehose DeliveryToS3.DataFreshness': this.freshness.values,
      'AWS/Firehose DeliveryToS3.Success': new Map(success),
      'AWS/Logs IncomingLogEvents': this.errors.values,
    };
  }
}

/** A map that creates the missing value of a key. */
function inGroup<Value>(groups: Map<string, Value>, key: string, create: () => Value): Value {
  const value = groups.get(key) ?? create();
  groups.set(key, value);
  return value;
}

/** Computes the metrics of a sample, by day. */
function sampleMetrics(): SampleMetrics {
  const kinds = new Map<string, Days>();
  const incoming = new Days();
  const throttled = new Days();
  const delivery = new Delivery();
  const rates = new Rates();
  const ofSets = new Map<string, Rates>();
  for (const one of sampleEvents(sample)) {
    const { eventType, mail } = one.event;
    inGroup(kinds, eventType, () => new Days()).add(one.arrival);
    incoming.add(one.arrival);
    throttled.add(one.arrival, 0);
    delivery.put(one.arrival);
    rates.count(one);
    const [set = ''] = mail.tags?.['ses:configuration-set'] ?? [];
    inGroup(ofSets, set, () => new Rates()).count(one);
  }
  return {
    ...{ start, end },
    account: {
      ...Object.fromEntries([...kinds].map(([kind, { values }]) => [`AWS/SES ${kind}`, values])),
      'AWS/Firehose IncomingRecords': incoming.values,
      'AWS/Firehose ThrottledRecords': throttled.values,
      ...delivery.series,
      ...rates.series,
    },
    sets: Object.fromEntries([...ofSets].map(([name, { series }]) => [name, series])),
  };
}

export { type SampleMetrics, type Series, sampleMetrics };
