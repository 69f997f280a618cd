import type { EmailEvent, EventOrigin } from '../../events';
import { parseRecord } from '../../records/parse-record';
import { fieldColumns } from '../columns';
import type { ResultRow } from '../database/database';
import type { Cell } from './cell';
import { documentEvent, documentRecord } from './document';
import { fromRow } from './from-row';
import type { Tree } from './to-row';

/** An event as the archive gives it back. */
interface StoredEvent {
  id: string;
  origin: EventOrigin;
  event: EmailEvent;
  /** The record that it was made of, as JSON: its exact bytes where another text would say less. */
  record: string;
}

function cellOf(value: unknown): Cell | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return Number(value);
  return value as Cell; // the columns have no other types
}

/** The event of a record that was kept byte by byte. */
function keptEvent(record: string): EmailEvent {
  const [outcome] = parseRecord(record);
  if (outcome?.outcome !== 'event') throw new Error('a record that was kept as an event is none any more');
  return outcome.event;
}

/** An event from its row in the view `events`. */
function storedEvent(row: ResultRow): StoredEvent {
  // What the archive writes into these columns.
  const {
    event_id: id,
    event_type: kind,
    origin,
    record_type: recordType,
  } = row as {
    event_id: string;
    event_type: EmailEvent['eventType'];
    origin: EventOrigin;
    record_type: string;
  };
  if (row.raw instanceof Uint8Array) {
    const record = Buffer.from(row.raw).toString('utf8');
    return { id, origin, event: keptEvent(record), record };
  }
  const cells = fieldColumns.map(({ name }) => cellOf(row[name]));
  const extra = typeof row.extra === 'string' ? (JSON.parse(row.extra) as Tree) : undefined; // it was one
  const document = fromRow({ cells, extra }, { kind, origin, recordType });
  return { id, origin, event: documentEvent(document), record: JSON.stringify(documentRecord(document)) };
}

export { type StoredEvent, storedEvent };
