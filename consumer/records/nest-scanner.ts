import { recordFamily } from './family';
import { JsonScanner } from './json-scanner';
import type { RecordLimits } from './limits';

/**
 * The state of an object: `open` and `too-deep` before its end was scanned, `damaged` if the bytes cannot be
 * an object.
 */
type Verdict = 'record' | 'no-record' | 'open' | 'too-deep' | 'damaged';

/** An object that has begun and not ended. */
interface OpenObject {
  /** Its index among all objects of the scan. */
  index: number;
  /** Offset of its opening brace. */
  start: number;
  depth: number;
  /** Its text up to `textEnd`. Each object inside it is replaced by `{"":index in inner}`. */
  text: string;
  textEnd: number;
  inner: object[] | undefined;
}

/** Number of objects before the last requested one that can accumulate before they are dropped. */
const droppedAtOnce = 1024;

/**
 * Finds out, in one scan, whether an object and the objects inside it are complete records of a known family. An
 * object ends where a scan from its opening brace would end, so no byte is scanned once per level. Each
 * object is parsed without the objects inside it, which are already parsed.
 *
 * Offsets count from the start of the object that is split. Objects must be requested in ascending order.
 */
class NestScanner extends JsonScanner {
  /** End of the scanned bytes. */
  end = 0;
  private isOver = true;
  private bytes: Buffer = Buffer.alloc(0);
  private base = 0;
  /** The objects found, in ascending order: their offsets and verdicts. */
  private starts: number[] = [];
  private verdicts: Verdict[] = [];
  /** Number of objects that were dropped from the front of the lists, and index of the last requested one. */
  private dropped = 0;
  private checked = 0;
  private stack: OpenObject[] = [];
  /** Number of dropped levels, and number of objects on the stack that nest too deep to be records. */
  private forgotten = 0;
  private tooDeep = 0;

  constructor(private readonly limits: RecordLimits) {
    super();
  }

  /** Prepares for the object whose brace is at `start`. */
  begin(start: number): void {
    this.reset(0);
    this.end = start;
    this.isOver = false;
    this.starts = [];
    this.verdicts = [];
    this.dropped = 0;
    this.checked = 0;
    this.stack = [];
    this.forgotten = 0;
    this.tooDeep = 0;
  }

  /**
   * Continues the scan, if it is not complete.
   *
   * @param bytes begin at `base`, which is not after the end of the scan
   * @param until end of the bytes to scan
   */
  advance(bytes: Buffer, base: number, until: number): void {
    if (this.isOver || until <= this.end) return;
    this.bytes = bytes;
    this.base = base;
    this.position = this.end - base;
    this.dropOldStarts();
    const result = this.scan(bytes.subarray(0, until - base));
    this.end = base + this.position;
    if (result === 'complete') this.isOver = true;
    if (result === 'damaged') this.cutOff();
  }

  /** Ends the scan: open objects are damaged. */
  cutOff(): void {
    for (const { index } of this.stack) this.verdicts[index - this.dropped] = 'damaged';
    this.stack = [];
    this.isOver = true;
  }

  /**
   * Returns the verdict on the object whose brace is at `start`; undefined when the scan did not find one
   * there.
   */
  verdict(start: number): Verdict | undefined {
    while ((this.starts[this.checked] ?? start) < start) this.checked++;
    return this.starts[this.checked] === start ? this.verdicts[this.checked] : undefined;
  }

  /** Checks whether the scan is further from `start` than the maximum length of a record. */
  isTooLarge(start: number): boolean {
    return this.end - start > this.limits.maxRecordBytes;
  }

  protected override open(array: boolean): void {
    super.open(array);
    const depth = this.forgotten + this.depth;
    if (!array) {
      const start = this.base + this.position;
      const index = this.dropped + this.starts.length;
      this.starts.push(start);
      this.verdicts.push('open');
      this.stack.push({ index, start, depth, text: '', textEnd: start, inner: undefined });
    }
    for (let outer = this.stack[this.tooDeep]; outer !== undefined; outer = this.stack[this.tooDeep]) {
      if (depth - outer.depth < this.limits.maxDepth) break;
      this.verdicts[outer.index - this.dropped] = 'too-deep';
      this.tooDeep++;
    }
  }

  protected override closeObject(): boolean {
    super.closeObject();
    const object = this.stack.pop();
    if (object === undefined) return true;
    const end = this.base + this.position + 1;
    const couldBeRecord =
      this.stack.length >= this.tooDeep && end - object.start <= this.limits.maxRecordBytes;
    this.tooDeep = Math.min(this.tooDeep, this.stack.length);
    this.verdicts[object.index - this.dropped] = 'no-record';
    if (!couldBeRecord) return true;
    const value = this.parsed(object, end);
    if (value === undefined) return false;
    if (recordFamily(value) !== undefined) this.verdicts[object.index - this.dropped] = 'record';
    this.enclose(object, end, value);
    return true;
  }

  /** Returns the result of JSON.parse for the object; undefined if it would throw. */
  private parsed(object: OpenObject, end: number): object | undefined {
    try {
      const own: object = JSON.parse(object.text + this.textOf(object, end));
      const { inner } = object;
      if (inner === undefined) return own;
      return Object.fromEntries(Object.entries(own).map(([key, value]) => [key, withInner(value, inner)]));
    } catch {
      return undefined;
    }
  }

  /** Adds an object that has ended to the enclosing one, if that can still be a record. */
  private enclose({ start }: OpenObject, end: number, value: object): void {
    const outer = this.stack.at(-1);
    if (outer === undefined || this.stack.length <= this.tooDeep) return;
    if (end - outer.start > this.limits.maxRecordBytes) {
      outer.text = '';
      outer.inner = undefined;
      return;
    }
    outer.inner ??= [];
    outer.text += `${this.textOf(outer, start)}{"":${outer.inner.length}}`;
    outer.textEnd = end;
    outer.inner.push(value);
  }

  private textOf({ textEnd }: OpenObject, end: number): string {
    return this.bytes.toString('utf8', textEnd - this.base, end - this.base);
  }

  /** Drops objects before the last requested one, to bound the memory. */
  private dropOldStarts(): void {
    const oldest = this.starts[this.checked] ?? this.end;
    if (this.checked > droppedAtOnce) {
      this.starts = this.starts.slice(this.checked);
      this.verdicts = this.verdicts.slice(this.checked);
      this.dropped += this.checked;
      this.checked = 0;
    }
    if ((this.stack[droppedAtOnce]?.start ?? oldest) >= oldest) return;
    const kept = this.stack.findIndex(({ start }) => start >= oldest);
    const outermost = this.stack[kept];
    if (outermost === undefined) return;
    this.stack = this.stack.slice(kept);
    this.tooDeep = Math.max(this.tooDeep - kept, 0);
    const levels = outermost.depth - this.forgotten - 1;
    this.dropLevels(levels);
    this.forgotten += levels;
  }
}

/** Returns a parsed value with the inner objects in their places. */
function withInner(value: unknown, inner: readonly object[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withInner(item, inner));
  // Every object in the text is a placeholder for an inner one.
  return typeof value === 'object' && value !== null ? inner[(value as { '': number })['']] : value;
}

export { NestScanner };
