import type { Random } from '../seed/random';
import { halfDay } from '../time/calendar';
import { PendingQueue } from '../time/pending-queue';

/** Number of lines per redelivered line. */
const linesPerRedelivery = 200;
const maxDelaySeconds = 20;

/**
 * Chooses lines to deliver again, within seconds or half a day later, because Firehose delivers at least
 * once.
 */
class Redeliveries {
  private readonly waiting = new PendingQueue<string>();
  private line = 0;
  private chosen: number;

  constructor(private readonly random: Random) {
    this.chosen = random.integer(0, linesPerRedelivery - 1);
  }

  /** Registers a delivered line. Of each 200 lines, exactly one is redelivered. */
  offer(text: string, arrival: number): void {
    if (this.line++ === this.chosen) {
      const later = this.random.onceIn(2) ? this.random.integer(1, maxDelaySeconds) * 1_000 : halfDay;
      this.waiting.push(arrival + later, text);
    }
    if (this.line === linesPerRedelivery) {
      this.line = 0;
      this.chosen = this.random.integer(0, linesPerRedelivery - 1);
    }
  }

  /** Returns the next line that is due before a time; undefined when there is none. */
  next(time: number): string | undefined {
    return this.waiting.takeBefore(time);
  }
}

export { Redeliveries };
