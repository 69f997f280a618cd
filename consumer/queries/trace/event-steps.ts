import { type EmailEvent, type EventOrigin, eventRecipients } from '../../events';
import { type Happening, happenings, type Judgment } from './happening';
import { concerns, type Traced, type TraceStep } from './steps';

/** An event of a traced message, with its facts from the views. */
interface TracedEvent extends Judgment {
  id: string;
  origin: EventOrigin;
  event: EmailEvent;
  /** The time of the event, in the form of the archive. Undefined when the record contains no time. */
  time: Date | undefined;
  messageId: string;
  subject: string | undefined;
  /** The feedback id of a bounce or a complaint. */
  feedbackId: string | undefined;
  places: readonly string[];
}

/** The steps of an event. The event itself, which can be long, is not kept. */
interface EventSteps
  extends Pick<TracedEvent, 'id' | 'origin' | 'time' | 'messageId' | 'subject' | 'feedbackId' | 'places'> {
  eventType: EmailEvent['eventType'];
  attribution: TraceStep['attribution'];
  /** Without those of other recipients only. */
  happenings: readonly Happening[];
}

/** Returns the steps of an event that concern the traced message or address. */
function eventSteps(traced: TracedEvent, what: Traced): EventSteps {
  const { id, origin, event, time, messageId, subject, feedbackId, places } = traced;
  return {
    id,
    origin,
    eventType: event.eventType,
    time,
    messageId,
    subject,
    feedbackId,
    places,
    attribution: eventRecipients(event).attribution,
    happenings: happenings(event, traced).filter((step) => concerns(what, step)),
  };
}

export { type EventSteps, eventSteps, type TracedEvent };
