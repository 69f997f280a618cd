import type { Random } from '../seed/random';
import type { SampleCounts, SampleRecord } from './sample-object';

/** A line that is not an event of the ten kinds. */
interface Intrusion {
  text: string;
  sort: keyof SampleCounts;
}

type MakeIntrusion = (record: SampleRecord, random: Random) => Intrusion;

/** Returns an event of a kind that AWS might add. */
function unknownKind({ event, arrival }: SampleRecord): Intrusion {
  const { mail } = event;
  const teleport = { timestamp: new Date(arrival).toISOString(), teleportedTo: 1 };
  return { text: JSON.stringify({ eventType: 'Teleport', mail, teleport }), sort: 'extras' };
}

/** Returns a record whose end is missing. */
function cutOff({ text }: SampleRecord, random: Random): Intrusion {
  const length = random.integer(Math.floor(text.length / 10), Math.floor((text.length * 9) / 10));
  return { text: text.slice(0, length), sort: 'broken' };
}

function plainText(_: SampleRecord, random: Random): Intrusion {
  return { text: `WARN delivery worker ${random.integer(1, 9)}: connection reset, retrying`, sort: 'broken' };
}

function withoutBlock({ event }: SampleRecord): Intrusion {
  return { text: JSON.stringify({ eventType: event.eventType, mail: event.mail }), sort: 'broken' };
}

function strangeObject(): Intrusion {
  return { text: '{"foo":1}', sort: 'broken' };
}

const broken: readonly MakeIntrusion[] = [cutOff, plainText, withoutBlock, strangeObject];

/**
 * The first lines with intrusions. Every intrusion occurs early once, so that a small archive contains all of
 * them.
 */
const first: ReadonlyMap<number, MakeIntrusion> = new Map(
  [unknownKind, ...broken].map((make, index) => [40 * (index + 1), make]),
);
const linesBetween = 5_000;

/** Returns the intrusion after a line, usually none. */
function intrusionAfter(line: number, record: SampleRecord, random: Random): Intrusion | undefined {
  const make =
    line % linesBetween === linesBetween / 2
      ? broken[Math.floor(line / linesBetween) % broken.length]
      : first.get(line);
  return make?.(record, random);
}

export { intrusionAfter };
