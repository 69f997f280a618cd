import type { KnownEvent } from '../../events';
import type { Random } from '../seed/random';
import { type Calendar, halfDay } from '../time/calendar';
import type { Message } from './message';

/** An event, and when it reaches Firehose in epoch milliseconds. */
interface SampleEvent {
  event: KnownEvent;
  arrival: number;
}

/**
 * What happens to one message. Its clock only goes forward, so that no two of its opens or clicks are
 * the same record; together a story's `pass` calls stay below ten minutes, so that it stays in a window.
 */
class LifeCycle {
  readonly planned: SampleEvent[] = [];
  /** What happens next happens now: epoch milliseconds. */
  now: number;

  constructor(
    readonly message: Message,
    readonly random: Random,
    private readonly calendar: Calendar,
  ) {
    this.now = message.sent;
  }

  /** Lets so many milliseconds go by, at least one. */
  pass(least: number, most: number): this {
    this.now += this.random.integer(least, most);
    return this;
  }

  /** Goes on in a later window. */
  passHalfDays(count: number): this {
    this.now += count * halfDay;
    return this;
  }

  /** Goes on when old mail is looked at again: after a week or more. */
  passWeeks(): this {
    return this.passHalfDays(this.calendar.windowsUntilReview(this.now));
  }

  /** The event happens now, and SES reports it within seconds. */
  plan(event: KnownEvent): void {
    this.planned.push({ event, arrival: this.now + this.random.integer(150, 2_500) });
  }
}

export { LifeCycle, type SampleEvent };
