import { type EmailEvent, eventTime } from '../../consumer/events';
import { readEvents } from '../../consumer/sources/event-reader';

/** An event from an object, with the family of its record. */
interface ReadEvent {
  event: EmailEvent;
  origin: string;
}

/** Reads each event of some sources once, by its id, without an archive. */
async function readOnce(sources: readonly string[]): Promise<Map<string, ReadEvent>> {
  const events = new Map<string, ReadEvent>();
  for (const source of sources) {
    for await (const { id, event, provenance } of readEvents(source))
      events.set(id, { event, origin: provenance.origin });
  }
  return events;
}

/** The keys that a legacy notification has in common with the published event that is its twin. */
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

/** Returns the events without legacy twins. */
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
