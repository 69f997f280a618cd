import { randomUUID } from 'node:crypto';
import { appendFileSync, closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { ArchiveError } from '../../archive/store/archive-error';
import type { EventSteps } from './event-steps';

/** The parts of an event's steps that can be long. */
type StepTexts = Pick<EventSteps, 'happenings' | 'places'>;

/** A line of the file. */
interface FileLine {
  offset: number;
  bytes: number;
}

/** The texts of an event, in memory or in the file. */
interface Spooled {
  texts: StepTexts | FileLine;
}

/**
 * Characters of texts in memory above which they are written to the file. With more, long texts survive the frequent
 * garbage collections, and fill the memory until the next full one.
 */
const maxHeld = 256 * 1024;

function charactersOf({ happenings, places }: StepTexts): number {
  let characters = 0;
  for (const place of places) characters += place.length;
  for (const { what, recipients } of happenings) {
    characters += what.length;
    for (const recipient of recipients) characters += recipient.length;
  }
  return characters;
}

function readLine(file: number, { offset, bytes }: FileLine): StepTexts {
  const line = Buffer.allocUnsafe(bytes);
  readSync(file, line, 0, bytes, offset);
  return JSON.parse(line.toString()) as StepTexts; // written by the spool
}

/**
 * Texts of steps. Up to 262,144 characters are in memory. Others are in a file, one event per line as JSON. The file
 * contains personal data and is not removed here, so its folder must be one that a reader makes and removes.
 */
class StepSpool {
  private readonly path: string | undefined;
  private held: Spooled[] = [];
  private characters = 0;
  private fileBytes = 0;

  /** @param folder for the file; without one, all texts are in memory */
  constructor(folder: string | undefined) {
    this.path = folder === undefined ? undefined : join(folder, `steps-${randomUUID()}.ndjson`);
  }

  /**
   * Adds the texts of an event.
   * @throws {ArchiveError} when the file cannot be written
   */
  add(texts: StepTexts): Spooled {
    const spooled: Spooled = { texts };
    this.held.push(spooled);
    this.characters += charactersOf(texts);
    if (this.path !== undefined && this.characters > maxHeld) this.write(this.path);
    return spooled;
  }

  /** Returns events with their texts, each when it is read. */
  *read<Event extends { spooled: Spooled }>(events: Iterable<Event>): Generator<Event & StepTexts, void> {
    const file = this.path === undefined || this.fileBytes === 0 ? undefined : openSync(this.path, 'r');
    try {
      for (const event of events) {
        const { texts } = event.spooled;
        if (!('offset' in texts)) yield { ...event, ...texts };
        else if (file !== undefined) yield { ...event, ...readLine(file, texts) };
      }
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  private write(path: string): void {
    const lines: Buffer[] = [];
    for (const spooled of this.held) {
      const line = Buffer.from(`${JSON.stringify(spooled.texts)}\n`);
      spooled.texts = { offset: this.fileBytes, bytes: line.length };
      this.fileBytes += line.length;
      lines.push(line);
    }
    this.held = [];
    this.characters = 0;
    try {
      appendFileSync(path, Buffer.concat(lines), { mode: 0o600 });
    } catch (cause) {
      throw new ArchiveError(
        `cannot write the temporary file ${path} (${(cause as Error).message}): free disk space and try again`,
        { cause },
      );
    }
  }
}

export { type Spooled, StepSpool };
