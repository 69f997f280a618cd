import type { Limit } from '../questions/parameters';
import type { EventSteps } from './event-steps';
import type { TraceStep } from './steps';

/** Compares events by time, then by id. Those without a time are first. */
function inOrder(one: EventSteps, other: EventSteps): number {
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
function isTwin(event: EventSteps, others: readonly EventSteps[]): boolean {
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

/** The steps of events in the order of time, without legacy twins. Each step is created when it is read. */
class Timeline {
  /** Number of steps. */
  readonly count: number;
  private readonly events: readonly EventSteps[];
  private readonly subjects: ReadonlyMap<string, string | undefined>;

  constructor(found: readonly EventSteps[]) {
    const ordered = [...found].sort(inOrder);
    const ofMessages = groupBy(ordered, ({ messageId }) => messageId);
    this.events = ordered.filter((event) => !isTwin(event, ofMessages.get(event.messageId) ?? []));
    // Not every event of a templated message contains the subject.
    this.subjects = new Map(
      [...ofMessages].map(([id, events]) => [
        id,
        events.find(({ subject }) => subject !== undefined)?.subject,
      ]),
    );
    this.count = this.events.reduce((sum, { happenings }) => sum + happenings.length, 0);
  }

  /** Returns the newest steps, in the order of time. */
  *newest(limit: Limit = 'all'): Generator<TraceStep, void> {
    let left = limit === 'all' ? 0 : Math.max(this.count - limit, 0);
    for (const { id: eventId, happenings, time, eventType, attribution, messageId, places } of this.events) {
      const subject = this.subjects.get(messageId);
      for (const happening of happenings) {
        if (left > 0) left--;
        else yield { ...happening, time, eventType, attribution, messageId, subject, eventId, places };
      }
    }
  }
}

export { groupBy, Timeline };
