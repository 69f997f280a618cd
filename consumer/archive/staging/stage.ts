import { rm } from 'node:fs/promises';
import { threadId } from 'node:worker_threads';
import type { Outcome, ReadEvent, RecordLocation, Reject, RejectReason } from '../../records/outcome';
import { withMaskedLinks } from '../masking/mask-links';
import { type Cell, listSeparator } from '../rows/cell';
import { storedRow } from '../rows/stored-row';
import { storableTree } from '../rows/survives';
import { fieldColumns } from '../store/columns';
import { RowFile, type StagedFile } from './row-file';
import { type Unerasable, UnerasableCounts } from './unerasable-counts';

/** The rows of one object, staged in files. A file without rows does not exist. */
interface StagedObject {
  /** Unique among the objects staged into the folder. */
  stagedObject: number;
  events: StagedFile | undefined;
  occurrences: StagedFile | undefined;
  rejects: StagedFile | undefined;
  /** Times of its first and last event, in epoch milliseconds. */
  firstTime: number;
  lastTime: number;
  /** Events that were skipped because they are about one person alone, who was erased with removal. */
  forgotten: number;
  /** Events that became rejects: after the erasure they would not be events. */
  unerasable: Unerasable;
  /** The reason why the object could not be read to its end. A later ingest can read it again. */
  unreadable: string | undefined;
  /** Whether nothing in the object is from SES: it has rejects only, none of which resembles a part of an event. */
  isForeign: boolean;
}

/** The staged files and counts of an object without rows. */
const nothingStaged: Omit<StagedObject, 'stagedObject'> = {
  events: undefined,
  occurrences: undefined,
  rejects: undefined,
  firstTime: Number.POSITIVE_INFINITY,
  lastTime: Number.NEGATIVE_INFINITY,
  forgotten: 0,
  unerasable: { events: 0, bytes: 0 },
  unreadable: undefined,
  isForeign: true,
};

/** Bytes of an object's staged rows. */
function stagedBytes({ events, occurrences, rejects }: StagedObject): number {
  return [events, occurrences, rejects].reduce((sum, file) => sum + (file?.bytes ?? 0), 0);
}

/** Removes an object's staged rows, in another thread: the system takes some 10 ms to free the memory of a large file. */
async function removeStaged({ events, occurrences, rejects }: StagedObject): Promise<void> {
  for (const file of [events, occurrences, rejects])
    if (file !== undefined) await rm(file.path, { force: true });
}

const timeColumn = fieldColumns.findIndex(({ name }) => name === 'event_time');

/** Reasons of rejects that are not from AWS. */
const foreignReasons: ReadonlySet<RejectReason> = new Set(['not-json', 'not-an-email-event']);

/** Reasons of rejects that may be a part of an event, unless they contain none of its keys. */
const cutReasons: ReadonlySet<RejectReason> = new Set(['damaged-json', 'record-too-large']);

/** Keys of records with an email event, and of envelopes around them. */
const eventKey =
  /"(?:eventType|notificationType|event_type|Message|rawData|detail-type|invocationId|[rR]eceiptHandle)"\s*:/;

/** Whether nothing in a reject is from SES, or from an AWS service that forwards its events. */
function isForeignReject({ reason, raw, envelopes }: Reject): boolean {
  if (envelopes.length > 0) return false;
  if (foreignReasons.has(reason)) return true;
  return cutReasons.has(reason) && !eventKey.test(Buffer.from(raw).toString('latin1'));
}

const noBytes = new Uint8Array();

let lastNumber = 0;

/** Returns a number that is unique among all threads. One thread stages fewer than 2^32 objects. */
function nextNumber(): number {
  lastNumber++;
  return threadId * 2 ** 32 + lastNumber;
}

function cellOf(cell: Cell | undefined): string | number | boolean | undefined {
  return typeof cell === 'object' ? cell.join(listSeparator) : cell;
}

function jsonCell(value: object | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(storableTree(value));
}

function base64Cell(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function placeCells({ offset, length, index, envelopes, firehoseError }: RecordLocation) {
  return [
    offset,
    length,
    index,
    envelopes.length === 0 ? undefined : envelopes.join(listSeparator),
    jsonCell(firehoseError),
  ] as const;
}

/** Writes outcomes into files of rows: those of one object, or of several one after another. */
class Stage {
  private readonly number = nextNumber();
  /** The `staged_object` of the next rows. */
  stagedObject = this.number;
  readonly events: RowFile;
  readonly occurrences: RowFile;
  private readonly rejects: RowFile;
  private ordinal = 0;
  private firstTime: string | undefined;
  private lastTime: string | undefined;
  private forgotten = 0;
  private readonly unerasable = new UnerasableCounts();
  private unreadable: string | undefined;
  /** Whether there is a foreign reject, and whether there is anything else. */
  private hasForeign = false;
  private hasOther = false;

  /**
   * @param folder the folder for the files of staged rows
   * @param masksLinks whether to stage clicked links without query and fragment, and rejects without bytes, because
   * the bytes of a damaged record can contain a part of a link
   */
  constructor(
    folder: string,
    readonly masksLinks = false,
  ) {
    this.events = new RowFile(folder, `${this.number}.events`);
    this.occurrences = new RowFile(folder, `${this.number}.occurrences`);
    this.rejects = new RowFile(folder, `${this.number}.rejects`);
  }

  /** The number of the next row in the object. */
  get nextOrdinal(): number {
    return this.ordinal;
  }

  /** Counts an event whose rows are already in the files, with its time in ISO 8601. */
  staged(time: string): void {
    this.ordinal++;
    this.hasOther = true;
    this.addTime(time);
  }

  event(original: ReadEvent): void {
    this.hasOther = true;
    const read = this.masksLinks ? withMaskedLinks(original) : original;
    const { id, kind, recordType, origin, cells, extra, raw } = storedRow(read);
    const key = [this.stagedObject, this.ordinal++] as const;
    this.events.write([
      ...key,
      id,
      kind,
      recordType,
      origin,
      ...cells.map(cellOf),
      extra,
      raw && base64Cell(raw),
    ]);
    const time = cellOf(cells[timeColumn]);
    this.occurrences.write([...key, id, time, ...placeCells(read.provenance)]);
    this.addTime(typeof time === 'string' ? time : undefined);
  }

  /** Stages an outcome after the erasure. An event about one of the people alone may be skipped. */
  erased(found: Outcome, left: Outcome | undefined): void {
    this.unerasable.add(found, left);
    if (left !== undefined) this.outcome(left);
    else {
      this.forgotten++;
      this.hasOther = true;
    }
  }

  /** Stages an event or a reject. Of a skipped record, it only notes the presence. */
  outcome(outcome: Outcome): void {
    if (outcome.outcome === 'event') this.event(outcome);
    else if (outcome.outcome === 'reject') this.reject(outcome);
    else this.hasOther = true;
  }

  reject(reject: Reject): void {
    const { reason, message, issues, raw } = reject;
    if (reason === 'unreadable-object') this.unreadable = message;
    if (isForeignReject(reject)) this.hasForeign = true;
    else this.hasOther = true;
    this.rejects.write([
      this.stagedObject,
      this.ordinal++,
      ...placeCells(reject),
      reason,
      message,
      jsonCell(issues.length === 0 ? undefined : issues),
      base64Cell(this.masksLinks ? noBytes : raw),
    ]);
  }

  result(): StagedObject {
    return {
      stagedObject: this.number,
      events: this.events.close(),
      occurrences: this.occurrences.close(),
      rejects: this.rejects.close(),
      firstTime: this.firstTime === undefined ? Number.POSITIVE_INFINITY : Date.parse(this.firstTime),
      lastTime: this.lastTime === undefined ? Number.NEGATIVE_INFINITY : Date.parse(this.lastTime),
      forgotten: this.forgotten,
      unerasable: this.unerasable.result(),
      unreadable: this.unreadable,
      isForeign: this.hasForeign && !this.hasOther,
    };
  }

  /** Adds the time of an event, in ISO 8601: such texts have the order of their times. */
  private addTime(time: string | undefined): void {
    if (time === undefined) return;
    if (this.firstTime === undefined || time < this.firstTime) this.firstTime = time;
    if (this.lastTime === undefined || time > this.lastTime) this.lastTime = time;
  }
}

export { nothingStaged, removeStaged, Stage, type StagedObject, stagedBytes };
