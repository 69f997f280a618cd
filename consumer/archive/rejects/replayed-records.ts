import type { RecordLimits } from '../../records/limits';
import { ObjectReader } from '../../records/object-reader';
import { type Outcome, ReadEvent, type RecordLocation, type RejectReason } from '../../records/outcome';
import { maxEnvelopes } from '../../records/record-parser';
import { type PlaceRow, placeOf } from './list';

/** What is needed of a reject to parse it again. */
interface ReplayRow extends PlaceRow, Record<string, unknown> {
  reject_row: bigint;
  object_number: bigint;
  object: string;
  reason: RejectReason;
  raw: Uint8Array;
}

/**
 * The SQL condition for rejects that stand for more bytes than the archive has: only the first of a large
 * record were kept, the object broke off or could not be stored, or someone in it was forgotten: its id would be another one.
 */
const isPartial =
  "((envelopes IS NULL AND octet_length(raw) < byte_length) OR reason IN ('damaged-compression', 'unreadable-object', 'unstorable-object', 'not-erasable') OR contains(raw::VARCHAR, '@forgotten.invalid'))";

/** An outcome found where the reject was. */
function moved(outcome: Outcome, place: RecordLocation): Outcome {
  if (outcome.outcome !== 'event') return { ...outcome, ...place };
  const bytes = Buffer.from(outcome.raw);
  const provenance = { ...place, origin: outcome.provenance.origin };
  return new ReadEvent(outcome.event, provenance, bytes, 0, bytes.length);
}

/**
 * What becomes of a reject's bytes today, at the place in the object where they were found.
 *
 * @returns undefined when it stays as it is: nothing of it can be read, or it lies in an envelope and is not
 * one record any more, so that the numbers of its neighbors would no longer be theirs
 */
function replayedRecords(row: ReplayRow, limits: Partial<RecordLimits> = {}): Outcome[] | undefined {
  const { object, reason, raw } = row;
  const reader = new ObjectReader(object, { limits });
  const outcomes = [...reader.push(raw), ...reader.end()];
  if (outcomes.every(({ outcome }) => outcome === 'reject')) return undefined;
  const place = placeOf(row);
  if (place.envelopes.length === 0) {
    return outcomes.map((outcome) => {
      const found = outcome.outcome === 'event' ? outcome.provenance : outcome;
      return moved(outcome, { ...found, offset: place.offset + found.offset });
    });
  }
  const [outcome, ...others] = outcomes;
  if (outcome === undefined || others.length > 0) return undefined;
  // The bytes are those within the envelopes; for an envelope without a readable record, its own.
  const around = reason === 'invalid-envelope' ? place.envelopes.slice(0, -1) : place.envelopes;
  const { envelopes: within, firehoseError } = outcome.outcome === 'event' ? outcome.provenance : outcome;
  const envelopes = [...around, ...within];
  if (envelopes.length > maxEnvelopes) return undefined;
  return [moved(outcome, { ...place, object, envelopes, ...(firehoseError && { firehoseError }) })];
}

export { isPartial, type ReplayRow, replayedRecords };
