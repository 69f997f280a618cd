import type { SpillFile } from './spill-file';

/** Lines per group of consecutive positions. */
const groupLines = 4096;

/** Bytes of lines to keep in memory. */
const usualHeld = 16 * 2 ** 20;

/** Bytes to read from the file at once, and to return at once. */
const batchBytes = 2 ** 20;

/** Lines in the file: their indexes and lengths, and then the lines. */
interface Segment {
  place: number;
  count: number;
}

/** Places of lines in the file and their lengths, by index. The length is one more than that of the line. */
interface FilePlaces {
  places: Float64Array;
  lengths: Uint32Array;
}

/** Bytes of an index and a length. */
const headEntryBytes = 2 * Uint32Array.BYTES_PER_ELEMENT;

/** Adds the places of the lines of a segment, from its indexes and lengths. */
function addPlaces({ places, lengths }: FilePlaces, head: Uint32Array, place: number): void {
  let at = place + head.byteLength;
  for (let entry = 0; entry < head.length; entry += 2) {
    const [index = 0, length = 0] = head.subarray(entry, entry + 2);
    places[index] = at;
    lengths[index] = length + 1;
    at += length;
  }
}

/**
 * The known lines of consecutive positions. A line is in memory or in the file. What is in the file takes no memory until
 * the turn of the group: an event that was stored last can be the first of millions.
 */
class Group {
  readonly lines = new Map<number, Uint8Array>();
  bytes = 0;
  private readonly segments: Segment[] = [];
  private filePlaces: FilePlaces | undefined;

  /** Moves the lines in memory to the file. */
  spill(file: SpillFile): void {
    const held = [...this.lines].sort(([one], [other]) => one - other);
    const head = Uint32Array.from(held.flatMap(([index, line]) => [index, line.length]));
    const place = file.add(Buffer.concat([new Uint8Array(head.buffer), ...held.map(([, line]) => line)]));
    this.segments.push({ place, count: held.length });
    if (this.filePlaces !== undefined) addPlaces(this.filePlaces, head, place);
    this.lines.clear();
    this.bytes = 0;
  }

  /** Reads lines from the file that are adjacent in it, from this index on; none if the file does not have the line. */
  read(file: SpillFile, from: number): Uint8Array[] {
    if (this.segments.length === 0) return [];
    this.filePlaces ??= this.placesIn(file);
    const { places, lengths } = this.filePlaces;
    const first = places[from] ?? 0;
    const ends: number[] = [];
    for (let index = from, end = 0; index < groupLines; index++) {
      const length = (lengths[index] ?? 0) - 1;
      if (length < 0 || places[index] !== first + end || (end > 0 && end + length > batchBytes)) break;
      end += length;
      ends.push(end);
    }
    const bytes = file.read(first, ends.at(-1) ?? 0);
    return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
  }

  private placesIn(file: SpillFile): FilePlaces {
    const found = { places: new Float64Array(groupLines), lengths: new Uint32Array(groupLines) };
    for (const { place, count } of this.segments) {
      const head = new Uint8Array(file.read(place, count * headEntryBytes)); // a copy, which is aligned
      addPlaces(found, new Uint32Array(head.buffer), place);
    }
    return found;
  }
}

/**
 * Puts lines in order that arrive in nearly this order, or in any. It keeps them until all earlier ones have arrived, in
 * memory up to a limit and then in a file. Each line is written there at most once, so the work grows with the bytes.
 */
class PendingLines {
  private readonly groups = new Map<number, Group>();
  private next = 0;
  private held = 0;

  /** @param maxHeld bytes of lines to keep in memory */
  constructor(
    private readonly file: SpillFile,
    private readonly maxHeld = usualHeld,
  ) {}

  /** The number of lines that were returned. */
  get returned(): number {
    return this.next;
  }

  /** Adds a line at its position, which begins at 0. */
  add(position: number, line: Uint8Array): void {
    const number = Math.floor(position / groupLines);
    const group = this.groups.get(number) ?? new Group();
    this.groups.set(number, group);
    group.lines.set(position % groupLines, line);
    group.bytes += line.length;
    this.held += line.length;
    if (this.held > this.maxHeld) this.spill();
  }

  /** Yields the lines that follow those that were returned, some at a time, until the first that is missing. */
  *take(): Generator<readonly Uint8Array[], void> {
    for (;;) {
      const number = Math.floor(this.next / groupLines);
      const group = this.groups.get(number);
      if (group === undefined) return;
      const lines = this.takeFrom(group, this.next % groupLines);
      if (lines.length === 0) return;
      this.next += lines.length;
      if (this.next % groupLines === 0) this.groups.delete(number);
      yield lines;
    }
  }

  private takeFrom(group: Group, from: number): Uint8Array[] {
    const taken: Uint8Array[] = [];
    let bytes = 0;
    for (let index = from; index < groupLines && bytes < batchBytes; index++) {
      const line = group.lines.get(index);
      if (line === undefined) break;
      group.lines.delete(index);
      bytes += line.length;
      taken.push(line);
    }
    group.bytes -= bytes;
    this.held -= bytes;
    return taken.length > 0 ? taken : group.read(this.file, from);
  }

  /** Moves half of the bytes in memory to the file, those that are required last. */
  private spill(): void {
    const last = [...this.groups].sort(([one], [other]) => other - one);
    for (const [, group] of last) {
      if (this.held <= this.maxHeld / 2) return;
      this.held -= group.bytes;
      if (group.bytes > 0) group.spill(this.file);
    }
  }
}

export { PendingLines };
