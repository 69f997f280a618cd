import { storedEvent } from '../../../consumer/archive/rows/stored-event';
import type { Database } from '../../../consumer/archive/store/database';
import { machineReason } from '../../../consumer/archive/views/machine';
import { outcome } from '../../../consumer/archive/views/outcome';
import { eventSteps } from '../../../consumer/queries/trace/event-steps';
import type { Traced, TraceStep } from '../../../consumer/queries/trace/steps';
import { Timeline } from '../../../consumer/queries/trace/timeline';

const textOrNone = (value: unknown) => (typeof value === 'string' ? value : undefined);

/**
 * The steps of a trace from whole records, all in memory: the reference for a trace that reads less.
 * @param database with the views of an engine
 */
async function stepsOfWholeRecords(database: Database, what: Traced): Promise<TraceStep[]> {
  const [condition, parameter] =
    'messageId' in what
      ? ['message_id = $1', what.messageId]
      : ['message_id IN (SELECT message_id FROM recipients WHERE address = $1)', what.address];
  const events = await database.rows(
    `SELECT *, ${machineReason} AS reason, ${outcome} AS verdict FROM events WHERE ${condition}`,
    [parameter],
  );
  const bounces = await database.rows(
    "SELECT event_id, recipient, bounce_class FROM recipients WHERE event_type = 'Bounce'",
  );
  const places = await database.rows(
    "SELECT event_id, object || ' byte ' || byte_offset AS place FROM event_occurrences ORDER BY place",
  );
  const steps = events.map((row) => {
    const { id, origin, event } = storedEvent(row);
    const isSame = ({ event_id: of }: Record<string, unknown>) => of === id;
    const classes = bounces
      .filter(isSame)
      .map(({ recipient, bounce_class: name }) => [String(recipient), String(name)] as const);
    const traced = {
      id,
      origin,
      event,
      time: row.event_time instanceof Date ? row.event_time : undefined,
      messageId: String(row.message_id),
      subject: textOrNone(row.subject),
      feedbackId: textOrNone(row.feedback_id),
      machineReason: textOrNone(row.reason),
      outcome: textOrNone(row.verdict),
      bounceClasses: new Map(classes),
      places: places.filter(isSame).map(({ place }) => String(place)),
    };
    return eventSteps(traced, what);
  });
  return [...new Timeline(steps).newest()];
}

export { stepsOfWholeRecords };
