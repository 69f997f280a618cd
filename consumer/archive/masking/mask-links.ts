import { noLimits } from '../../records/limits';
import type { ReadEvent } from '../../records/outcome';
import { parseRecord } from '../../records/parse-record';
import { IdentifiedEvent } from '../rows/stored-event';

/** A string of JSON, with the colon after it if it is a key. */
const stringToken = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:\s*)?/gs;

/** A character of a link at which its query or fragment may begin, or an escape. */
const mark = /[?#]|\\(?:u[\da-f]{4}|.)/gis;

/** The beginning of a query or fragment, as a character or an escape. */
const queryStart = /^(?:[?#]|\\u00(?:3f|23))$/i;

/** Keys of a clicked link: of SES and Pinpoint, and of the attributes of a Pinpoint click. */
const linkKeys: ReadonlySet<unknown> = new Set(['link', 'feedback']);

/** Returns the length of a link without its query and fragment, in the characters of its JSON. */
function maskedLength(link: string): number {
  for (const { 0: found, index } of link.matchAll(mark)) if (queryStart.test(found)) return index;
  return link.length;
}

/**
 * Removes query and fragment from each clicked link in a record. All other bytes remain.
 * @param record valid JSON
 * @returns the same bytes when there is nothing to remove
 */
function maskedRecord(record: Buffer): Buffer {
  const json = record.toString('latin1'); // a character for each byte
  const parts: Buffer[] = [];
  let at = 0;
  /** Where the text of a link would begin. */
  let linkStart = -1;
  for (const { 0: token, 1: colon, index } of json.matchAll(stringToken)) {
    if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as unknown; // a string
      linkStart = linkKeys.has(key) ? index + token.length : -1;
    } else if (index === linkStart) {
      const start = index + 1;
      const end = index + token.length - 1;
      const masked = start + maskedLength(json.slice(start, end));
      if (masked === end) continue;
      parts.push(record.subarray(at, masked));
      at = end;
    }
  }
  return parts.length === 0 ? record : Buffer.concat([...parts, record.subarray(at)]);
}

/**
 * Returns an event without the query and fragment of its clicked link, with the id of its original record. Events of
 * unknown kinds are masked too, because AWS may add another kind with a link.
 */
function withMaskedLinks(read: ReadEvent): ReadEvent {
  const { event, provenance } = read;
  if (event.eventType !== 'Click' && event.eventType !== 'Unknown') return read;
  const raw = Buffer.from(read.raw.buffer, read.raw.byteOffset, read.raw.byteLength);
  const masked = maskedRecord(raw);
  if (masked === raw) return read;
  const [outcome] = parseRecord(masked, { limits: noLimits });
  // A text remains a text, so this cannot happen. If it does, nothing of the object is stored.
  if (outcome?.outcome !== 'event') throw new Error('a record without the query of its link is not an event');
  return new IdentifiedEvent(outcome.event, provenance, masked, read.id);
}

export { maskedRecord, withMaskedLinks };
