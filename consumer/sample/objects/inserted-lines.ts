import type { Random } from '../seed/random';
import type { SampleCounts, SampleRecord } from './sample-object';

/** A line that is not an event of the ten kinds, and the count that includes it. */
interface InsertedLine {
  text: string;
  count: keyof SampleCounts;
}

type CreateLine = (record: SampleRecord, random: Random) => InsertedLine;

/** Returns an event of a kind that AWS might add. */
function unknownKind({ event, arrival }: SampleRecord): InsertedLine {
  const { mail } = event;
  const teleport = { timestamp: new Date(arrival).toISOString(), teleportedTo: 1 };
  return { text: JSON.stringify({ eventType: 'Teleport', mail, teleport }), count: 'extras' };
}

/** Returns a record without its end. */
function cutOff({ text }: SampleRecord, random: Random): InsertedLine {
  const length = random.integer(Math.floor(text.length / 10), Math.floor((text.length * 9) / 10));
  return { text: text.slice(0, length), count: 'broken' };
}

function plainText(_: SampleRecord, random: Random): InsertedLine {
  return {
    text: `WARN delivery worker ${random.integer(1, 9)}: connection reset, retrying`,
    count: 'broken',
  };
}

function withoutBlock({ event }: SampleRecord): InsertedLine {
  return { text: JSON.stringify({ eventType: event.eventType, mail: event.mail }), count: 'broken' };
}

function unrelatedObject(): InsertedLine {
  return { text: '{"foo":1}', count: 'broken' };
}

const broken: readonly CreateLine[] = [cutOff, plainText, withoutBlock, unrelatedObject];

/**
 * The inserted lines at the start, by the number of the line before. Each kind occurs once early, so that a small
 * archive contains all of them.
 */
const first: ReadonlyMap<number, CreateLine> = new Map(
  [unknownKind, ...broken].map((make, index) => [40 * (index + 1), make]),
);
const linesBetween = 5_000;

/** Returns the line to insert after a line, usually none. */
function lineInsertedAfter(line: number, record: SampleRecord, random: Random): InsertedLine | undefined {
  const make =
    line % linesBetween === linesBetween / 2
      ? broken[Math.floor(line / linesBetween) % broken.length]
      : first.get(line);
  return make?.(record, random);
}

export { lineInsertedAfter };
