import type { EmailEvent } from '../../events';
import { type Provenance, ReadEvent } from '../../records/outcome';
import type { ResultRow } from '../store/database';
import { storedEvent } from './stored-event';

/** An event under the id of the record that it once was: its own bytes may be others. */
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

/** An event of the archive as the reader would hand it on, under the id that it has. */
function archivedEvent(row: ResultRow): IdentifiedEvent {
  const { id, origin, event, record } = storedEvent(row);
  const bytes = row.raw instanceof Uint8Array ? Buffer.from(row.raw) : Buffer.from(record);
  return new IdentifiedEvent(event, { object: '', offset: 0, length: 0, envelopes: [], origin }, bytes, id);
}

export { archivedEvent, IdentifiedEvent };
