import type { EmailEvent, EventOrigin } from '../../events';
import { isJsonObject, type JsonObject } from '../../events/json-object';
import { noLimits } from '../../records/limits';
import { type Provenance, ReadEvent } from '../../records/outcome';
import { parseRecord } from '../../records/parse-record';
import { fieldColumns } from '../store/columns';
import type { ResultRow } from '../store/database';
import { type Cell, fromCell } from './cell';
import { type Document, documentEvent, documentRecord, labelOf } from './document';
import { planOf } from './plan';
import { type Row, setKey } from './to-row';

/** Merges one tree into another: objects recursively. All other values of the upper tree replace those of the base. */
function overlay(base: Record<string, unknown>, upper: JsonObject): Record<string, unknown> {
  for (const key of Object.keys(upper)) {
    const lowerValue = Object.hasOwn(base, key) ? base[key] : undefined;
    const upperValue = upper[key];
    setKey(
      base,
      key,
      isJsonObject(lowerValue) && isJsonObject(upperValue) ? overlay(lowerValue, upperValue) : upperValue,
    );
  }
  return base;
}

function setAt(tree: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    setKey(tree, key, value);
    return;
  }
  if (!isJsonObject(tree[key])) setKey(tree, key, {});
  setAt(tree[key] as Record<string, unknown>, rest, value); // checked or created above
}

/** Restores the document of a row. */
function fromRow(
  { cells, extra }: Row,
  { kind, origin, recordType }: { kind: Document['kind']; origin: EventOrigin; recordType: string },
): Document {
  const { labelKey, isKind } = labelOf(kind, origin);
  const { present, paths } = planOf(kind);
  const tree: Record<string, unknown> = { [labelKey]: isKind ? kind : recordType };
  for (const key of present) tree[key] = {};
  cells.forEach((cell, column) => {
    const path = paths[column];
    const type = fieldColumns[column]?.type;
    if (cell !== undefined && path !== undefined && type !== undefined)
      setAt(tree, path, fromCell(type, cell));
  });
  return { kind, origin, recordType, labelKey, tree: extra === undefined ? tree : overlay(tree, extra) };
}

/** An event from the archive. */
interface StoredEvent {
  /** The event's id: the `eventId` of its original record. */
  id: string;
  /** The family of the record: event publishing, legacy notification or Pinpoint. */
  origin: EventOrigin;
  /** The event, as from the reader. */
  event: EmailEvent;
  /** Its record as JSON: the stored bytes if JSON would lose information. */
  record: string;
}

/** The cell of a stored column's value; undefined when there is none. */
function cellOf(value: unknown): Cell | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return Number(value); // it was a safe integer
  return value as Cell; // the columns have no other types
}

/**
 * The event of a record whose bytes are stored. A record of an unknown kind becomes the event that this version reads.
 */
function keptEvent(record: string, { event_type: kind, origin }: Identity): EmailEvent {
  if (kind === 'Unknown') {
    const tree = JSON.parse(record) as JsonObject; // as when it was read
    return { eventType: 'Unknown', recordType: String(tree[labelOf(kind, origin).labelKey]), record: tree };
  }
  const [outcome] = parseRecord(record, { limits: noLimits });
  if (outcome?.outcome !== 'event') throw new Error('a stored record is no longer a valid event');
  return outcome.event;
}

/** The columns that identify a record, as written by the archive. */
interface Identity {
  event_id: string;
  event_type: EmailEvent['eventType'];
  origin: EventOrigin;
  record_type: string;
}

function identityOf(row: ResultRow): Identity {
  return row as unknown as Identity; // written by the archive
}

/** A row's cells, one for each of `fieldColumns`. */
function storedCells(row: ResultRow): (Cell | undefined)[] {
  return fieldColumns.map(({ name }) => cellOf(row[name]));
}

/** Restores the document of a row without stored bytes. */
function documentOf(row: ResultRow): Document {
  const { event_type: kind, origin, record_type: recordType } = identityOf(row);
  const cells = storedCells(row);
  const extra = typeof row.extra === 'string' ? (JSON.parse(row.extra) as JsonObject) : undefined; // stored from one
  return fromRow({ cells, extra }, { kind, origin, recordType });
}

function recordText(document: Document): string {
  return JSON.stringify(documentRecord(document));
}

/** Returns the record of a row of the view `events`: its bytes if they are stored, otherwise JSON. */
function storedRecord(row: ResultRow): Buffer | string {
  return row.raw instanceof Uint8Array ? Buffer.from(row.raw) : recordText(documentOf(row));
}

/** Returns the event of a row in the view `events`, without the text of its record, which is as long again. */
function eventOfRow(row: ResultRow): Omit<StoredEvent, 'record'> {
  const identity = identityOf(row);
  const { event_id: id, origin } = identity;
  const event =
    row.raw instanceof Uint8Array
      ? keptEvent(Buffer.from(row.raw).toString('utf8'), identity)
      : documentEvent(documentOf(row));
  return { id, origin, event };
}

/**
 * Returns the event of a row in the view `events`.
 *
 * @example
 * ```ts
 * await readArchive('ses-events.duckdb', {}, async (database) => {
 *   for await (const row of eventRows(database)) {
 *     const { event } = storedEvent(row);
 *     if (event.eventType === 'Bounce') console.log(event.bounce.bouncedRecipients);
 *   }
 * });
 * ```
 */
function storedEvent(row: ResultRow): StoredEvent {
  const identity = identityOf(row);
  const { event_id: id, origin } = identity;
  if (row.raw instanceof Uint8Array) {
    const record = Buffer.from(row.raw).toString('utf8');
    return { id, origin, event: keptEvent(record, identity), record };
  }
  const document = documentOf(row);
  return { id, origin, event: documentEvent(document), record: recordText(document) };
}

/** An event with the id of its original record, whose bytes may differ. */
class IdentifiedEvent extends ReadEvent {
  constructor(
    event: EmailEvent,
    provenance: Provenance,
    raw: Buffer,
    private readonly originalId: string,
  ) {
    super(event, provenance, raw, 0, raw.length);
  }

  override get id(): string {
    return this.originalId;
  }
}

/** Returns an event of the archive as from the reader, with its id in the archive. */
function archivedEvent(row: ResultRow): IdentifiedEvent {
  const { id, origin, event, record } = storedEvent(row);
  const bytes = row.raw instanceof Uint8Array ? Buffer.from(row.raw) : Buffer.from(record);
  return new IdentifiedEvent(event, { object: '', offset: 0, length: 0, envelopes: [], origin }, bytes, id);
}

export {
  archivedEvent,
  cellOf,
  eventOfRow,
  IdentifiedEvent,
  type StoredEvent,
  storedCells,
  storedEvent,
  storedRecord,
};
