import type { KnownEvent } from '../../events';
import type { Random } from '../seed/random';
import type { Calendar } from '../time/calendar';
import type { Message } from './message';

/** An event, and the time at which it reaches Firehose in epoch milliseconds. */
interface SampleEvent {
  event: KnownEvent;
  arrival: number;
}

/**
 * The events of one message, over time. The clock only moves forward, so that no two opens or clicks are identical
 * records. The `advance` calls of a scenario total less than ten minutes, so that its events remain in a window.
 */
class Timeline {
  readonly events: SampleEvent[] = [];
  /** The time of the next event, in epoch milliseconds. */
  now: number;

  constructor(
    readonly message: Message,
    readonly random: Random,
    private readonly calendar: Calendar,
  ) {
    this.now = message.sent;
  }

  /** Moves the clock by a number of milliseconds between `min` and `max`. The minimum is one. */
  advance(min: number, max: number): this {
    this.now += this.random.integer(min, max);
    return this;
  }

  /** The time at which SES stops retrying to deliver the message, in epoch milliseconds. */
  get expiration(): number {
    return this.message.sent + this.calendar.millisOfHalfDays(1);
  }

  /** Moves the clock to a later window. */
  advanceHalfDays(count: number): this {
    this.now += this.calendar.millisOfHalfDays(count);
    return this;
  }

  /** Moves the clock to the next time at which recipients read old mail: a week later, or more. */
  advanceWeeks(): this {
    this.now += this.calendar.millisUntilLateReads(this.now);
    return this;
  }

  /** Adds an event at the current time, which SES reports within seconds. */
  add(event: KnownEvent): void {
    this.events.push({ event, arrival: this.now + this.random.integer(150, 2_500) });
  }
}

export { type SampleEvent, Timeline };
