import type { Random } from '../seed/random';
import { halfDay } from '../time/calendar';
import { PendingQueue } from '../time/pending-queue';

/** One line in so many is delivered again. */
const oneIn = 200;
const mostSecondsLater = 20;

/** Firehose delivers at least once: chooses lines to deliver again, at once or half a day later. */
class Redeliveries {
  private readonly waiting = new PendingQueue<string>();
  private line = 0;
  private chosen: number;

  constructor(private readonly random: Random) {
    this.chosen = random.integer(0, oneIn - 1);
  }

  /** Tells of a line that has been delivered; exactly one of every 200 is remembered. */
  offer(text: string, arrival: number): void {
    if (this.line++ === this.chosen) {
      const later = this.random.onceIn(2) ? this.random.integer(1, mostSecondsLater) * 1_000 : halfDay;
      this.waiting.push(arrival + later, text);
    }
    if (this.line === oneIn) {
      this.line = 0;
      this.chosen = this.random.integer(0, oneIn - 1);
    }
  }

  /** A line that is delivered again before that time; undefined when there is none (any more). */
  next(time: number): string | undefined {
    return this.waiting.takeBefore(time);
  }
}

export { Redeliveries };
