import type { RecordLimits } from '../../records/limits';
import { ObjectReader } from '../../records/object-reader';
import { type Outcome, ReadEvent, type RecordLocation, type RejectReason } from '../../records/outcome';
import { maxEnvelopes } from '../../records/record-parser';
import { type PlaceRow, placeOf } from './list';

/** The columns of a reject for parsing it again. */
interface ReplayRow extends PlaceRow, Record<string, unknown> {
  reject_row: bigint;
  object_number: bigint;
  object: string;
  reason: RejectReason;
  raw: Uint8Array;
}

/**
 * The SQL condition for rejects of more bytes than the archive has. Only the first bytes of a large record were stored,
 * or none with masked links, or the object was truncated or could not be stored. It also holds if a person in the reject
 * was erased, which would change its id.
 */
const isPartial =
  "((envelopes IS NULL AND octet_length(raw) < byte_length) OR (octet_length(raw) = 0 AND byte_length > 0) OR reason IN ('damaged-compression', 'unreadable-object', 'unstorable-object', 'not-erasable') OR contains(raw::VARCHAR, '@forgotten.invalid'))";

/** An outcome, moved to the place of the reject. */
function relocated(outcome: Outcome, place: RecordLocation): Outcome {
  if (outcome.outcome !== 'event') return { ...outcome, ...place };
  const bytes = Buffer.from(outcome.raw);
  const provenance = { ...place, origin: outcome.provenance.origin };
  return new ReadEvent(outcome.event, provenance, bytes, 0, bytes.length);
}

/**
 * Parses a reject's bytes with this version, and returns the outcomes with their places in the object.
 *
 * @returns undefined when the reject remains: nothing in it can be read, or it is in an envelope and is not one record
 * any more. The latter would change the indexes of the other records
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
      return relocated(outcome, { ...found, offset: place.offset + found.offset });
    });
  }
  const [outcome, ...others] = outcomes;
  if (outcome === undefined || others.length > 0) return undefined;
  // The bytes within the envelopes; for an envelope without a readable record, the bytes of the envelope.
  const around = reason === 'invalid-envelope' ? place.envelopes.slice(0, -1) : place.envelopes;
  const { envelopes: within, firehoseError } = outcome.outcome === 'event' ? outcome.provenance : outcome;
  const envelopes = [...around, ...within];
  if (envelopes.length > maxEnvelopes) return undefined;
  return [relocated(outcome, { ...place, object, envelopes, ...(firehoseError && { firehoseError }) })];
}

export { isPartial, type ReplayRow, replayedRecords };
