import type { SpillFile } from './spill-file';

/** Lines per group of consecutive positions. */
const groupLines = 4096;

/** Bytes of lines to keep in memory. */
const usualHeld = 16 * 2 ** 20;

/** Bytes to read from the file at once, and to return at once. */
const batchBytes = 2 ** 20;

/** The known lines of consecutive positions. A line is in memory or in the file. */
class Group {
  readonly lines: (Uint8Array | undefined)[] = new Array(groupLines).fill(undefined);
  bytes = 0;
  /** Places and lengths of the lines in the file, by their positions. The length is one more than that of the line. */
  private spilled: { places: Float64Array; lengths: Uint32Array } | undefined;

  /** Moves the lines in memory to the file. */
  spill(file: SpillFile): void {
    this.spilled ??= { places: new Float64Array(groupLines), lengths: new Uint32Array(groupLines) };
    const { places, lengths } = this.spilled;
    const held = [...this.lines.entries()].flatMap(([index, line]) =>
      line === undefined ? [] : [{ index, line }],
    );
    let place = file.add(Buffer.concat(held.map(({ line }) => line)));
    for (const { index, line } of held) {
      places[index] = place;
      lengths[index] = line.length + 1;
      place += line.length;
    }
    this.lines.fill(undefined);
    this.bytes = 0;
  }

  /** Reads lines from the file that are adjacent in it, from this index on; none if the file does not have the line. */
  read(file: SpillFile, from: number): Uint8Array[] {
    if (this.spilled === undefined) return [];
    const { places, lengths } = this.spilled;
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
    group.lines[position % groupLines] = line;
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
      const line = group.lines[index];
      if (line === undefined) break;
      group.lines[index] = undefined;
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
