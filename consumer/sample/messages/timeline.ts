import type { KnownEvent } from '../../events';
import type { Random } from '../seed/random';
import { type Calendar, halfDay } from '../time/calendar';
import type { Message } from './message';

/** An event, and the time at which it reaches Firehose in epoch milliseconds. */
interface SampleEvent {
  event: KnownEvent;
  arrival: number;
}

/**
 * The life of one message. Its clock only moves forward, so that no two of its opens or clicks are identical
 * records. The `pass` calls of a story total less than ten minutes, so that the story remains in a window.
 */
class LifeCycle {
  readonly planned: SampleEvent[] = [];
  /** The time of the next event, in epoch milliseconds. */
  now: number;

  constructor(
    readonly message: Message,
    readonly random: Random,
    private readonly calendar: Calendar,
  ) {
    this.now = message.sent;
  }

  /** Moves the clock by a number of milliseconds between `least` and `most`. The minimum is one. */
  pass(least: number, most: number): this {
    this.now += this.random.integer(least, most);
    return this;
  }

  /** Moves the clock to a later window. */
  passHalfDays(count: number): this {
    this.now += count * halfDay;
    return this;
  }

  /** Moves the clock to a time at which old mail is read again: after a week or more. */
  passWeeks(): this {
    return this.passHalfDays(this.calendar.windowsUntilReview(this.now));
  }

  /** Adds an event at the current time, which SES reports within seconds. */
  plan(event: KnownEvent): void {
    this.planned.push({ event, arrival: this.now + this.random.integer(150, 2_500) });
  }
}

export { LifeCycle, type SampleEvent };
