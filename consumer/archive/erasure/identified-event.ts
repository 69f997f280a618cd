import type { EmailEvent } from '../../events';
import { type Provenance, ReadEvent } from '../../records/outcome';

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

export { IdentifiedEvent };
