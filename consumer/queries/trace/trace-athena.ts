import { sqlText } from '../../archive/dialects/literals';
import { machineReason } from '../../archive/views/machine';
import { outcome } from '../../archive/views/outcome';
import { parseRecord } from '../../records/parse-record';
import { askStatements, type UnreadableLines } from '../engines/athena/ask-statements';
import type { AthenaEngine } from '../engines/athena/athena-engine';
import { athenaStatement, type Statements, statements } from '../engines/athena/statements';
import { QueryError, type QueryResult } from '../engines/engine';
import type { PlainValue } from '../engines/plain-value';
import type { PartitionWindow } from '../prelude/partition-filter';
import { timeConditions } from '../questions/conditions';
import { eventSteps, type TracedEvent } from './event-steps';
import type { Traced, TraceOptions } from './steps';
import { Timeline } from './timeline';

/** Options of a trace in the bucket. */
interface AthenaTraceOptions extends Pick<TraceOptions, 'since' | 'until'> {
  /** Days after `until` whose partitions are also read. */
  lookAhead?: number | undefined;
}

/** The result of a trace in the bucket. */
interface AthenaTrace {
  timeline: Timeline;
  unreadable: UnreadableLines;
}

/** Returns the condition on events of the traced messages. */
function ofMessages(what: Traced): string {
  if ('messageId' in what) return `message_id = ${sqlText(what.messageId)}`;
  return `message_id IN (SELECT message_id FROM recipients WHERE address = ${sqlText(what.address)})`;
}

/** Returns the statements that find the traced events and count the unreadable lines. */
function traceStatements(what: Traced, { since, until, lookAhead }: AthenaTraceOptions = {}): Statements {
  const conditions = [ofMessages(what), ...timeConditions('event_time', { since, until })];
  return statements(
    `SELECT event_id, event_time, message_id, subject, feedback_id, ${machineReason} AS machine_reason, ${outcome} AS outcome, object, line
FROM events
WHERE ${conditions.join(' AND ')}
ORDER BY event_time NULLS FIRST, event_id`,
    { time: 'happened', since, until, lookAhead },
  );
}

/**
 * Returns the statement that classifies the bounces of those messages, over the partitions of their events.
 */
function bounceStatement(what: Traced, bounces: readonly TracedEvent[], lookAhead?: number): string {
  const times = bounces.flatMap(({ time }) => (time === undefined ? [] : [time.getTime()]));
  const window: PartitionWindow | undefined =
    times.length < bounces.length
      ? undefined
      : {
          time: 'arrived', // their delay is unknown
          since: new Date(Math.min(...times)),
          until: new Date(Math.max(...times)),
          lookAhead,
        };
  const condition =
    'messageId' in what ? `message_id = ${sqlText(what.messageId)}` : `address = ${sqlText(what.address)}`;
  return athenaStatement(
    `SELECT event_id, recipient, bounce_class
FROM recipients
WHERE event_type = 'Bounce' AND ${condition}`,
    window,
  );
}

async function allRows({ rows }: QueryResult): Promise<(readonly PlainValue[])[]> {
  const found: (readonly PlainValue[])[] = [];
  for await (const batch of rows) found.push(...batch);
  return found;
}

const textOrNone = (value: PlainValue | undefined) => (typeof value === 'string' ? value : undefined);

/** Converts a row of the first statement to an event, without the class of its bounce. */
function tracedEvent(row: readonly PlainValue[]): TracedEvent {
  const [id, time, messageId, subject, feedbackId, reason, verdict, object, line] = row;
  const [outcome] = parseRecord(String(line));
  if (outcome?.outcome !== 'event')
    throw new QueryError(
      `Athena reads a line of ${String(object)} as an event, but this version of ses-events does not: deploy the catalog again`,
    );
  const { event, provenance } = outcome;
  return {
    id: String(id),
    origin: provenance.origin,
    event,
    time: time instanceof Date ? time : undefined,
    messageId: String(messageId),
    subject: textOrNone(subject),
    feedbackId: textOrNone(feedbackId),
    machineReason: textOrNone(reason),
    outcome: textOrNone(verdict),
    bounceClasses: new Map(),
    places: [String(object)],
  };
}

/**
 * Returns the life of a message, or of all messages to an address, in the order of time, from the bucket.
 * Equivalent to `traceArchive` for an archive. A separate statement classifies the bounces, if there are any.
 *
 * @example
 * ```ts
 * const { timeline } = await traceAthena(engine, traced('ana@example.com'), { since: new Date('2026-03-01') });
 * ```
 * @throws {QueryError} when Athena does not answer
 */
async function traceAthena(
  engine: AthenaEngine,
  what: Traced,
  options: AthenaTraceOptions = {},
): Promise<AthenaTrace> {
  const answer = await askStatements(engine, traceStatements(what, options));
  const events = (await allRows(answer)).map(tracedEvent);
  const bounces = events.filter(({ event }) => event.eventType === 'Bounce');
  const meanings =
    bounces.length === 0
      ? []
      : await allRows(await engine.query(bounceStatement(what, bounces, options.lookAhead)));
  const classes = new Map<string, Map<string, string>>(bounces.map(({ id }) => [id, new Map()]));
  for (const [id, recipient, meaning] of meanings)
    if (meaning !== null) classes.get(String(id))?.set(String(recipient), String(meaning));
  const timeline = new Timeline();
  for (const event of events)
    timeline.add(eventSteps({ ...event, bounceClasses: classes.get(event.id) ?? event.bounceClasses }, what));
  return { timeline, unreadable: answer.unreadable };
}

export { traceAthena, traceStatements };
