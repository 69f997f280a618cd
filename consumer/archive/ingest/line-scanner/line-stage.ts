import { hash } from 'node:crypto';
import type { Mentions } from '../../erasure/mentions';
import { listSeparator } from '../../rows/cell';
import { planOf } from '../../rows/plan';
import { cellText } from '../../staging/row-file';
import type { Stage } from '../../staging/stage';
import { fieldColumns } from '../../store/columns';
import { form, LineScanner } from './line-scanner';

const separatorByte = 0x1f;
const quoteByte = 0x1e;
const rowEndByte = 0x0a;
const zeroByte = 0x30;

/** `2026-03-04T05:06:07.890Z` */
const timeBytes = 24;

/** More than a row's key, labels, places and `extra` need. */
const keyAndExtraBytes = 400;

/** Node copies longer cells. Shorter ones are faster byte by byte. */
const longCell = 64;

const timeColumn = fieldColumns.findIndex(({ name }) => name === 'event_time');
const sentColumn = fieldColumns.findIndex(({ name }) => name === 'mail_timestamp');
const configurationSetColumn = fieldColumns.findIndex(({ name }) => name === 'configuration_set');

/** Whether the cell of a column is a text: an empty text is quoted. */
const isText = fieldColumns.map(({ type }) => type === 'text' || type === 'texts');

/** The columns of a kind that are copies. */
function copiedFields(kind: string): ReadonlySet<number> {
  return new Set(planOf(kind).copies.map(([column]) => column));
}

/** Writes the digits of a whole number, 0 or more, into a buffer, and returns their end. */
function putNumber(buffer: Buffer, start: number, number: number): number {
  let end = start + 1;
  for (let rest = number; rest >= 10; rest = Math.floor(rest / 10)) end++;
  let rest = number;
  for (let at = end - 1; at >= start; at--) {
    const tenth = Math.floor(rest / 10);
    buffer[at] = zeroByte + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

/** Writes bytes into a buffer, and returns their end. Short ones are faster byte by byte than through Node. */
function putBytes(buffer: Buffer, start: number, bytes: Buffer, from: number, to: number): number {
  if (to - from > longCell) return start + bytes.copy(buffer, start, from, to);
  let at = start;
  for (let i = from; i < to; i++) buffer[at++] = bytes[i] as number; // in bounds
  return at;
}

/** The cells that are the same in all rows of a kind: its label, the record's label, and the origin. */
function labelsOf(kind: string): Buffer {
  return Buffer.from(`\u001f${kind}\u001f${kind}\u001fevent-publishing`);
}

/** Stages lines of event publishing directly from their bytes. The rows are byte for byte those of the slow path. */
class LineStage {
  private readonly scanner = new LineScanner();
  private readonly copies = new Map<string, ReadonlySet<number>>();
  private readonly labels = new Map<string, Buffer>();
  private readonly objectKey: Buffer;
  private bytes: Buffer = Buffer.alloc(0);

  /** @param mentions the search for erased people: a line that may mention one takes the slow path, too */
  constructor(
    private readonly target: Stage,
    private readonly mentions?: Mentions,
  ) {
    this.objectKey = Buffer.from(`${target.stagedObject}\u001f`);
  }

  /**
   * Stages the line from `start` to `end`.
   * @param offset the offset of the line in its object
   * @returns whether it was staged; otherwise it has to take the slow path
   */
  take(bytes: Buffer, start: number, end: number, offset: number): boolean {
    const { scanner } = this;
    if (!scanner.scan(bytes, start, end) || this.mentions?.mayBeIn(bytes, start, end) === true) return false;
    this.bytes = bytes;
    this.copyCells();
    const id = hash('sha256', bytes.subarray(start, end), 'hex').slice(0, 32);
    const ordinal = this.target.nextOrdinal;
    this.writeEvent(id, ordinal, end - start);
    this.writeOccurrence(id, ordinal, offset, end - start);
    const timeStart = scanner.starts[timeColumn] as number; // every kind has the column
    this.target.staged(bytes.toString('latin1', timeStart, timeStart + timeBytes));
    return true;
  }

  /** Fills the columns that are copies. */
  private copyCells(): void {
    const { scanner } = this;
    const { kind, starts, ends, forms } = scanner;
    const copies = this.copies.get(kind) ?? copiedFields(kind);
    this.copies.set(kind, copies);
    if (copies.has(timeColumn)) {
      starts[timeColumn] = starts[sentColumn] as number; // every line has one
      ends[timeColumn] = ends[sentColumn] as number; // as above
      forms[timeColumn] = form.verbatim;
    }
    if (scanner.configurationSetStart !== -1) {
      starts[configurationSetColumn] = scanner.configurationSetStart;
      ends[configurationSetColumn] = scanner.configurationSetEnd;
      forms[configurationSetColumn] = form.verbatim;
    }
  }

  /** Writes the key that connects the rows of an event, and returns its end. */
  private putKey(row: Buffer, start: number, id: string, ordinal: number): number {
    let at = putBytes(row, start, this.objectKey, 0, this.objectKey.length);
    at = putNumber(row, at, ordinal);
    row[at++] = separatorByte;
    return at + row.write(id, at, 'latin1');
  }

  private writeEvent(id: string, ordinal: number, lineBytes: number): void {
    const { bytes } = this;
    const { starts, ends, forms, kind, extra } = this.scanner;
    const file = this.target.events;
    const labels = this.labels.get(kind) ?? labelsOf(kind);
    this.labels.set(kind, labels);
    // A cell is never longer than its value on the line, except for the quotes of an empty one.
    const row = file.reserve(3 * lineBytes + 4 * fieldColumns.length + keyAndExtraBytes);
    let at = this.putKey(row, file.end, id, ordinal);
    at = putBytes(row, at, labels, 0, labels.length);
    for (let column = 0; column < fieldColumns.length; column++) {
      row[at++] = separatorByte;
      const found = forms[column];
      if (found === form.absent) continue;
      const start = starts[column] as number; // set with its form, like the end
      const end = ends[column] as number;
      if (found !== form.verbatim) at += row.write(this.unescaped(start, end, found === form.list), at);
      else if (start < end) at = putBytes(row, at, bytes, start, end);
      else if (isText[column]) {
        row[at++] = quoteByte;
        row[at++] = quoteByte;
      }
    }
    row[at++] = separatorByte;
    if (extra !== '') at += row.write(extra, at, 'latin1');
    row[at++] = separatorByte; // raw
    row[at++] = rowEndByte;
    file.advance(at);
  }

  private writeOccurrence(id: string, ordinal: number, offset: number, length: number): void {
    const file = this.target.occurrences;
    const row = file.reserve(keyAndExtraBytes);
    let at = this.putKey(row, file.end, id, ordinal);
    row[at++] = separatorByte;
    const timeStart = this.scanner.starts[timeColumn] as number; // as in take
    at = putBytes(row, at, this.bytes, timeStart, timeStart + timeBytes);
    row[at++] = separatorByte;
    at = putNumber(row, at, offset);
    row[at++] = separatorByte;
    at = putNumber(row, at, length);
    row[at++] = separatorByte; // record_index
    row[at++] = separatorByte; // envelopes
    row[at++] = separatorByte; // firehose_error
    row[at++] = rowEndByte;
    file.advance(at);
  }

  private unescaped(start: number, end: number, isList: boolean): string {
    const { bytes } = this;
    if (!isList) return cellText(JSON.parse(bytes.toString('utf8', start - 1, end + 1)) as string); // a text with its quotes
    return cellText((JSON.parse(bytes.toString('utf8', start, end)) as string[]).join(listSeparator)); // a list of texts
  }
}

export { LineStage };
