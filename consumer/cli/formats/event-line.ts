import { eventRecipients, eventTime } from '../../events';
import type { ReadEvent } from '../../records/outcome';
import { csvLine } from './csv';

/**
 * An event with its id and provenance as one line of JSON, without its end. An event of event publishing stands there as
 * it was written, unless it was written over several lines.
 */
function eventLine(read: ReadEvent): string {
  const { event, provenance, raw, id } = read;
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8');
  const isVerbatim =
    provenance.origin === 'event-publishing' && event.eventType !== 'Unknown' && !/[\r\n]/.test(text);
  const json = isVerbatim ? text : JSON.stringify(event);
  return `{"id":"${id}","event":${json},"provenance":${JSON.stringify(provenance)}}`;
}

const csvColumns = [
  'id',
  'event_type',
  'event_time',
  'message_id',
  'recipients',
  'source',
  'object',
  'offset',
] as const;

/** The names of the columns that {@link eventCsv} writes. */
const csvHeader = `${csvLine(csvColumns)}\r\n`;

/** The few fields of an event that a spreadsheet needs; NDJSON has them all. */
function eventCsv({ id, event, provenance }: ReadEvent): string {
  const mail = event.eventType === 'Unknown' ? undefined : event.mail;
  return csvLine([
    id,
    event.eventType === 'Unknown' ? event.recordType : event.eventType,
    eventTime(event)?.toISOString(),
    mail?.messageId,
    eventRecipients(event).addresses.join(' '),
    mail?.source ?? undefined,
    provenance.object,
    provenance.offset,
  ]);
}

export { csvHeader, eventCsv, eventLine };
