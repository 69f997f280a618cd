import { hash } from 'node:crypto';
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

/** More than a row's key, labels, places and `extra` take. */
const keyAndExtraBytes = 400;

/** Longer cells are copied by Node, shorter ones faster byte by byte. */
const longCell = 64;

const timeColumn = fieldColumns.findIndex(({ name }) => name === 'event_time');
const sentColumn = fieldColumns.findIndex(({ name }) => name === 'mail_timestamp');
const configurationSetColumn = fieldColumns.findIndex(({ name }) => name === 'configuration_set');

/** The columns whose cell is a text: an empty one is quoted. */
const isText = fieldColumns.map(({ type }) => type === 'text' || type === 'texts');

/** The columns that copy, and from where on a line: the scanner knows these two. */
function copiesOf(kind: string): ReadonlySet<number> {
  return new Set(planOf(kind).copies.map(([column]) => column));
}

/** Puts the digits of a whole number, 0 or more, into a buffer, and gives where they end. */
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

/** Puts bytes into a buffer, and gives where they end. Short ones go faster one by one than through Node. */
function putBytes(buffer: Buffer, start: number, bytes: Buffer, from: number, to: number): number {
  if (to - from > longCell) return start + bytes.copy(buffer, start, from, to);
  let at = start;
  for (let i = from; i < to; i++) buffer[at++] = bytes[i] as number; // in bounds
  return at;
}

/** What is the same in all rows of a kind: its label, the record's, and the origin. */
function labelsOf(kind: string): Buffer {
  return Buffer.from(`\u001f${kind}\u001f${kind}\u001fevent-publishing`);
}

/**
 * Stages lines of event publishing straight from their bytes. What it writes is what the exact way writes
 * for the same line, byte for byte.
 */
class LineStage {
  private readonly scanner = new LineScanner();
  private readonly copies = new Map<string, ReadonlySet<number>>();
  private readonly labels = new Map<string, Buffer>();
  private readonly objectKey: Buffer;
  private bytes: Buffer = Buffer.alloc(0);

  constructor(private readonly target: Stage) {
    this.objectKey = Buffer.from(`${target.stagedObject}\u001f`);
  }

  /**
   * Stages the line from `start` to `end`.
   * @param offset where it begins in its object
   * @returns whether it was staged; if not, the exact way has to
   */
  take(bytes: Buffer, start: number, end: number, offset: number): boolean {
    const { scanner } = this;
    if (!scanner.scan(bytes, start, end)) return false;
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

  /** Gives the columns that copy what they copy. */
  private copyCells(): void {
    const { scanner } = this;
    const { kind, starts, ends, forms } = scanner;
    const copies = this.copies.get(kind) ?? copiesOf(kind);
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

  /** Puts what ties the rows of an event together, and gives where it ends. */
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
    // No cell is longer than its value on the line, but for the quotes of an empty one.
    const row = file.room(3 * lineBytes + 4 * fieldColumns.length + keyAndExtraBytes);
    let at = this.putKey(row, file.end, id, ordinal);
    at = putBytes(row, at, labels, 0, labels.length);
    for (let column = 0; column < fieldColumns.length; column++) {
      row[at++] = separatorByte;
      const found = forms[column];
      if (found === form.absent) continue;
      const start = starts[column] as number; // set with its form, and so is the end
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
    const row = file.room(keyAndExtraBytes);
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
