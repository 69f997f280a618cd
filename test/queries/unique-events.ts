import { type EmailEvent, eventTime } from '../../consumer/events';
import { readEvents } from '../../consumer/sources/event-reader';

/** An event as it was read from its object, with the family of its record. */
interface ReadEvent {
  event: EmailEvent;
  origin: string;
}

/** Each event of some sources once, by its id; nothing of this goes through an archive. */
async function readOnce(sources: readonly string[]): Promise<Map<string, ReadEvent>> {
  const events = new Map<string, ReadEvent>();
  for (const source of sources) {
    for await (const { id, event, provenance } of readEvents(source))
      events.set(id, { event, origin: provenance.origin });
  }
  return events;
}

/** What a legacy notification and an event of event publishing have in common when they report the same. */
function twinKeys(event: EmailEvent): string[] {
  if (event.eventType === 'Unknown') return [];
  const feedback =
    event.eventType === 'Bounce'
      ? event.bounce.feedbackId
      : event.eventType === 'Complaint'
        ? event.complaint.feedbackId
        : undefined;
  const { eventType, mail } = event;
  return [
    `${eventType} ${mail.messageId} ${eventTime(event)?.getTime()}`,
    ...(feedback == null ? [] : [`${eventType} ${mail.messageId} ${feedback}`]),
  ];
}

/** Events without the legacy notifications that report the same as one of event publishing. */
function uniqueEvents(events: ReadonlyMap<string, ReadEvent>): [id: string, event: EmailEvent][] {
  const published = new Set(
    [...events.values()]
      .filter(({ origin }) => origin === 'event-publishing')
      .flatMap(({ event }) => twinKeys(event)),
  );
  return [...events]
    .filter(
      ([, { event, origin }]) =>
        origin !== 'legacy-notification' || !twinKeys(event).some((key) => published.has(key)),
    )
    .map(([id, { event }]) => [id, event]);
}

export { type ReadEvent, readOnce, uniqueEvents };
