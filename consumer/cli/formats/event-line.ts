import { eventRecipients, eventTime } from '../../events';
import type { ReadEvent } from '../../records/outcome';
import type { Shape } from './text-format';

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

const columns = [
  'id',
  'event_type',
  'event_time',
  'message_id',
  'recipients',
  'source',
  'object',
  'offset',
] as const;

/** An event as a list has it: whole as JSON, and the few fields that a spreadsheet needs. */
const eventShape: Shape<ReadEvent> = {
  json: eventLine,
  columns,
  cells({ id, event, provenance }) {
    const mail = event.eventType === 'Unknown' ? undefined : event.mail;
    return [
      id,
      event.eventType === 'Unknown' ? event.recordType : event.eventType,
      eventTime(event)?.toISOString(),
      mail?.messageId,
      eventRecipients(event).addresses.join(' '),
      mail?.source ?? undefined,
      provenance.object,
      provenance.offset,
    ];
  },
};

export { eventShape };
