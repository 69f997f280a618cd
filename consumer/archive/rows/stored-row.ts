import type { EmailEvent, EventOrigin } from '../../events';
import type { JsonObject } from '../../events/json-object';
import type { ReadEvent } from '../../records/outcome';
import type { Cell } from './cell';
import { type Document, documentRecord, eventDocument } from './document';
import { storableText, storableTree, survives } from './survives';
import { toRow } from './to-row';

/** The values of an event in the columns of the archive. */
interface StoredRow {
  id: string;
  kind: EmailEvent['eventType'];
  recordType: string;
  origin: EventOrigin;
  /** One for each of `fieldColumns`. */
  cells: readonly (Cell | undefined)[];
  /** As JSON. */
  extra: string | undefined;
  /** The bytes of the record; undefined if the other columns restore it. */
  raw: Buffer | undefined;
}

/** Converts an event to the row that restores it. */
function storedRow(read: ReadEvent): StoredRow {
  const raw = Buffer.from(read.raw.buffer, read.raw.byteOffset, read.raw.byteLength);
  const document = eventDocument(read.event, read.provenance.origin);
  const isKept = !survives(raw, documentRecord(document));
  const stored: Document = isKept
    ? {
        ...document,
        recordType: storableText(document.recordType),
        tree: storableTree(document.tree) as JsonObject, // a tree remains a tree
      }
    : document;
  const { kind, recordType, origin } = stored;
  const { cells, extra } = toRow(stored);
  return {
    id: read.id,
    kind,
    recordType,
    origin,
    cells,
    extra: extra && JSON.stringify(extra),
    raw: isKept ? raw : undefined,
  };
}

export { type StoredRow, storedRow };
