import type { Limit } from '../questions/parameters';
import type { EventSteps } from './event-steps';
import { type Spooled, StepSpool } from './step-spool';
import type { TraceStep } from './steps';

/** An event of a timeline. Its texts and the subject of its message are elsewhere. */
interface TimelineEvent extends Omit<EventSteps, 'happenings' | 'places' | 'subject'> {
  /** Number of steps. */
  count: number;
  spooled: Spooled;
}

/** Compares events by time, then by id. Those without a time are first. */
function inOrder(one: TimelineEvent, other: TimelineEvent): number {
  const times =
    (one.time?.getTime() ?? Number.NEGATIVE_INFINITY) - (other.time?.getTime() ?? Number.NEGATIVE_INFINITY);
  if (times !== 0 && !Number.isNaN(times)) return times;
  return one.id < other.id ? -1 : Number(one.id > other.id);
}

/** Groups items by a key. */
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Checks whether an event is a legacy twin of another event. */
function isTwin(event: TimelineEvent, others: readonly TimelineEvent[]): boolean {
  return (
    event.origin === 'legacy-notification' &&
    others.some(
      (other) =>
        other.origin === 'event-publishing' &&
        other.eventType === event.eventType &&
        ((event.feedbackId !== undefined && other.feedbackId === event.feedbackId) ||
          other.time?.getTime() === event.time?.getTime()),
    )
  );
}

/**
 * The steps of events in the order of time, without legacy twins. Each step is created when it is read. In memory are
 * the facts that the order needs, and short texts.
 */
class Timeline {
  private readonly spool: StepSpool;
  private events: TimelineEvent[] = [];
  private isOrdered = true;
  /** The subject of each message, from the first of its events that contains one. */
  private readonly subjects = new Map<string, { subject: string; event: TimelineEvent }>();

  /** @param folder for texts that are too long for memory; without one, all are in memory */
  constructor(folder?: string) {
    this.spool = new StepSpool(folder);
  }

  /** @throws {ArchiveError} when the folder has no space */
  add({ happenings, places, subject, ...facts }: EventSteps): void {
    const event = { ...facts, count: happenings.length, spooled: this.spool.add({ happenings, places }) };
    this.events.push(event);
    this.isOrdered = false;
    if (subject === undefined) return;
    const first = this.subjects.get(event.messageId);
    if (first === undefined || inOrder(event, first.event) < 0)
      this.subjects.set(event.messageId, { subject, event });
  }

  /** Returns the number of steps. */
  get count(): number {
    return this.ordered().reduce((sum, { count }) => sum + count, 0);
  }

  /** Returns the newest steps, in the order of time. */
  *newest(limit: Limit = 'all'): Generator<TraceStep, void> {
    const events = this.ordered();
    let older = limit === 'all' ? 0 : Math.max(this.count - limit, 0);
    // The texts of older events are not read.
    let first = 0;
    for (const { count } of events) {
      if (older < count) break;
      older -= count;
      first++;
    }
    for (const event of this.spool.read(events.slice(first))) {
      const { id: eventId, happenings, time, eventType, attribution, messageId, places } = event;
      const subject = this.subjects.get(messageId)?.subject;
      for (const happening of happenings.slice(older))
        yield { ...happening, time, eventType, attribution, messageId, subject, eventId, places };
      older = 0;
    }
  }

  private ordered(): readonly TimelineEvent[] {
    if (this.isOrdered) return this.events;
    const ofMessages = groupBy(this.events, ({ messageId }) => messageId);
    this.events = this.events
      .filter((event) => !isTwin(event, ofMessages.get(event.messageId) ?? []))
      .sort(inOrder);
    this.isOrdered = true;
    return this.events;
  }
}

export { groupBy, Timeline };
