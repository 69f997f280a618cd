import { hash } from 'node:crypto';
import { copyBytes, viewOf } from '../../../records/four-bytes';
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
const hashSign = 0x23;
const question = 0x3f;

/** `2026-03-04T05:06:07.890Z` */
const timeBytes = 24;

/** More than a row's key, labels, places and `extra` need. */
const keyAndExtraBytes = 400;

/** Node copies longer cells. */
const longCell = 128;

const timeColumn = fieldColumns.findIndex(({ name }) => name === 'event_time');
const sentColumn = fieldColumns.findIndex(({ name }) => name === 'mail_timestamp');
const linkColumn = fieldColumns.findIndex(({ name }) => name === 'link');
const configurationSetColumn = fieldColumns.findIndex(({ name }) => name === 'configuration_set');

/** Whether the cell of a column is a text: an empty text is quoted. */
const isText = fieldColumns.map(({ type }) => type === 'text' || type === 'texts');

/** The columns whose values can mention a person, and the bytes of a quotation mark around them. */
const mentioningColumns = fieldColumns.flatMap(({ type }, column) =>
  type === 'text' || type === 'texts' || type === 'json' ? [{ column, margin: type === 'json' ? 0 : 1 }] : [],
);

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

/** Bytes of cells that several rows have. */
interface Cells {
  view: DataView;
  length: number;
}

function cellsOf(text: string): Cells {
  const bytes = Buffer.from(text);
  return { view: viewOf(bytes), length: bytes.length };
}

/** The cells that are the same in all rows of a kind: its label, the record's label, and the origin. */
function labelsOf(kind: string): Cells {
  return cellsOf(`\u001f${kind}\u001f${kind}\u001fevent-publishing`);
}

/** Stages lines of event publishing directly from their bytes. The rows are byte for byte those of the slow path. */
class LineStage {
  private readonly scanner = new LineScanner();
  private readonly copies = new Map<string, ReadonlySet<number>>();
  private readonly labels = new Map<string, Cells>();
  private readonly objectKey: Cells;
  private bytes: Buffer = Buffer.alloc(0);
  /** The cells that connect the rows of an event: its object, its number, and its id. */
  private readonly key = new DataView(new ArrayBuffer(keyAndExtraBytes));
  private keyBytes = 0;

  /** @param mentions the search for erased people: a line that may mention one takes the slow path, too */
  constructor(
    private readonly target: Stage,
    private readonly mentions?: Mentions,
  ) {
    this.objectKey = cellsOf(`${target.stagedObject}\u001f`);
  }

  /**
   * Stages the line from `start` to `end`.
   * @param offset the offset of the line in its object
   * @returns whether it was staged; otherwise it has to take the slow path
   */
  take(bytes: Buffer, start: number, end: number, offset: number): boolean {
    const { scanner } = this;
    if (!scanner.scan(bytes, start, end)) return false;
    this.bytes = bytes;
    if (this.mentions !== undefined && this.mayMention(this.mentions)) return false;
    if (this.target.masksLinks && !this.maskLink()) return false;
    this.copyCells();
    const id = hash('sha256', bytes.subarray(start, end), 'hex').slice(0, 32);
    const ordinal = this.target.nextOrdinal;
    this.writeEvent(id, ordinal, end - start);
    this.writeOccurrence(offset, end - start);
    const timeStart = scanner.starts[timeColumn] as number; // every kind has the column
    this.target.staged(bytes.toString('latin1', timeStart, timeStart + timeBytes));
    return true;
  }

  /** Whether the line may mention one of the people. All texts of a scanned line are in its columns. */
  private mayMention(mentions: Mentions): boolean {
    const { bytes } = this;
    const { starts, ends, forms } = this.scanner;
    for (const { column, margin } of mentioningColumns) {
      if (forms[column] === form.absent) continue;
      const start = (starts[column] as number) - margin; // set with its form, like the end
      const end = (ends[column] as number) + margin;
      if (mentions.mayBeInValue(bytes, start, end)) return true;
    }
    return false;
  }

  /** Cuts the link before its query and fragment. Returns false for a link with escapes. */
  private maskLink(): boolean {
    const { starts, ends, forms } = this.scanner;
    if (forms[linkColumn] === form.absent) return true;
    if (forms[linkColumn] !== form.verbatim) return false;
    let end = starts[linkColumn] as number; // set with its form
    while (end < (ends[linkColumn] as number) && this.bytes[end] !== question && this.bytes[end] !== hashSign)
      end++;
    ends[linkColumn] = end;
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

  private writeEvent(id: string, ordinal: number, lineBytes: number): void {
    const { bytes } = this;
    const { starts, ends, forms, kind, extra, view: lineView } = this.scanner;
    const file = this.target.events;
    const labels = this.labels.get(kind) ?? labelsOf(kind);
    this.labels.set(kind, labels);
    // A cell is never longer than its value on the line, except for the quotes of an empty one.
    const row = file.reserve(3 * lineBytes + 4 * fieldColumns.length + keyAndExtraBytes);
    const { view } = file;
    let at = copyBytes(view, file.end, this.objectKey.view, 0, this.objectKey.length);
    at = putNumber(row, at, ordinal);
    row[at++] = separatorByte;
    at += row.write(id, at, 'latin1');
    this.keyBytes = copyBytes(this.key, 0, view, file.end, at);
    at = copyBytes(view, at, labels.view, 0, labels.length);
    for (let column = 0; column < fieldColumns.length; column++) {
      row[at++] = separatorByte;
      const found = forms[column];
      if (found === form.absent) continue;
      const start = starts[column] as number; // set with its form, like the end
      const end = ends[column] as number;
      if (found !== form.verbatim) at += row.write(this.unescaped(start, end, found === form.list), at);
      else if (end - start > longCell) at += bytes.copy(row, at, start, end);
      else if (start < end) at = copyBytes(view, at, lineView, start, end);
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

  private writeOccurrence(offset: number, length: number): void {
    const file = this.target.occurrences;
    const row = file.reserve(keyAndExtraBytes);
    const { view } = file;
    let at = copyBytes(view, file.end, this.key, 0, this.keyBytes);
    row[at++] = separatorByte;
    const timeStart = this.scanner.starts[timeColumn] as number; // as in take
    at = copyBytes(view, at, this.scanner.view, timeStart, timeStart + timeBytes);
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
