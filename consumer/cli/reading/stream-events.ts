import { eventRecipients, eventTime } from '../../events';
import type { ReadEvent } from '../../records/outcome';
import { type Shape, terminalLine } from '../formats/line-format';
import { type TextFormatName, textFormats } from '../formats/registry';
import { Output } from '../output/output';
import type { CommandContext } from '../process/context';
import { type Reading, type ReadingOptions, readInOrder } from './read-in-order';

/**
 * Formats an event with its id and provenance as one line of JSON, without its end. An event of event
 * publishing is unchanged, unless it spans several lines.
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

/** Describes an event to the list formats: complete as JSON, and a few fields as spreadsheet columns. */
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

/**
 * Reads sources one by one and writes their events to standard output.
 * @throws {SourceError} when a source is missing or access is denied
 * @throws {RejectedRecordError} with `strict`
 */
async function streamEvents(
  context: CommandContext,
  names: readonly string[],
  format: TextFormatName,
  options: ReadingOptions,
): Promise<Reading> {
  const output = new Output(context.stdout);
  const { head, between, line, lineEnd, tail } = textFormats[format].lines(eventShape);
  const text = context.stdout.isTTY ? (read: ReadEvent) => terminalLine(line(read)) : line;
  let isFirst = true;
  return readInOrder(context, names, options, {
    event(read) {
      const full = output.write((isFirst ? head : between) + text(read) + lineEnd);
      isFirst = false;
      return full;
    },
    async end(isComplete) {
      if (isComplete) await output.write((isFirst ? head : '') + tail);
      await output.flush();
    },
  });
}

export { streamEvents };
