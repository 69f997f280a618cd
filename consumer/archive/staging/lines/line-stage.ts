import { hash } from 'node:crypto';
import { type Column, fieldColumns } from '../../columns';
import { listSeparator } from '../../rows/cell';
import { planOf } from '../../rows/plan';
import type { RowFile } from '../row-file';
import { cellText } from '../row-text';
import { form, LineScanner } from './line-scanner';

const separatorByte = 0x1f;
const quoteByte = 0x1e;
const rowEndByte = 0x0a;

/** Longer cells are copied by Node, shorter ones faster byte by byte. */
const longCell = 64;

const timeColumn = fieldColumns.findIndex(({ name }) => name === 'event_time');
const sentColumn = fieldColumns.findIndex(({ name }) => name === 'mail_timestamp');
const configurationSetColumn = fieldColumns.findIndex(({ name }) => name === 'configuration_set');

/** The columns whose cell is a text: an empty one is quoted. */
const isText = fieldColumns.map(({ type }: Pick<Column, 'type'>) => type === 'text' || type === 'texts');

/** The columns that copy, and from where on a line: the scanner knows these two. */
function copiesOf(kind: string): ReadonlySet<number> {
  return new Set(planOf(kind).copies.map(([column]) => column));
}

/** Where the rows of an object go, and which row comes next. */
interface LineTarget {
  events: RowFile;
  occurrences: RowFile;
  stagedObject: number;
}

/**
 * Stages lines of event publishing straight from their bytes. What it writes is what the exact way writes
 * for the same line, byte for byte.
 */
class LineStage {
  private readonly scanner = new LineScanner();
  private readonly copies = new Map<string, ReadonlySet<number>>();
  private bytes: Buffer = Buffer.alloc(0);
  /** Milliseconds of the last line's event. */
  time = 0;

  constructor(private readonly target: LineTarget) {}

  /**
   * Stages the line from `start` to `end`, which begins at `offset` of its object.
   * @returns whether it was staged; if not, the exact way has to
   */
  take(
    bytes: Buffer,
    start: number,
    end: number,
    { offset, ordinal }: { offset: number; ordinal: number },
  ): boolean {
    const { scanner } = this;
    if (!scanner.scan(bytes, start, end)) return false;
    this.bytes = bytes;
    this.copyCells();
    const id = hash('sha256', bytes.subarray(start, end), 'hex').slice(0, 32);
    const timeStart = scanner.starts[timeColumn] as number; // every kind has the column
    const time = bytes.toString('latin1', timeStart, timeStart + 24);
    this.time = Date.parse(time);
    const { events, occurrences, stagedObject } = this.target;
    const { kind } = scanner;
    this.writeEvent(
      events,
      `${stagedObject}\u001f${ordinal}\u001f${id}\u001f${kind}\u001f${kind}\u001fevent-publishing`,
      end - start,
    );
    occurrences.write(
      `${stagedObject}\u001f${ordinal}\u001f${id}\u001f${time}\u001f${offset}\u001f${end - start}\u001f\u001f\u001f\n`,
    );
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

  private writeEvent(file: RowFile, head: string, lineBytes: number): void {
    const { bytes } = this;
    const { starts, ends, forms } = this.scanner;
    // No cell is longer than its value on the line, but for the quotes of an empty one.
    const row = file.room(head.length + 3 * lineBytes + 4 * fieldColumns.length + 100);
    let at = file.end;
    at += row.write(head, at, 'latin1');
    for (let column = 0; column < fieldColumns.length; column++) {
      row[at++] = separatorByte;
      const found = forms[column];
      if (found === form.absent) continue;
      const start = starts[column] as number; // set with its form, and so is the end
      const end = ends[column] as number;
      if (found !== form.verbatim) at += row.write(this.unescaped(start, end, found === form.list), at);
      else if (end - start > longCell) at += bytes.copy(row, at, start, end);
      else if (start < end)
        for (let i = start; i < end; i++) row[at++] = bytes[i] as number; // in bounds
      else if (isText[column]) {
        row[at++] = quoteByte;
        row[at++] = quoteByte;
      }
    }
    row[at++] = separatorByte;
    at += row.write(this.scanner.extra, at, 'latin1');
    row[at++] = separatorByte; // raw
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
