import { sqlText } from '../../archive/dialects/literals';
import { eventOfRow } from '../../archive/rows/stored-event';
import { machineReason } from '../../archive/views/machine';
import { outcome } from '../../archive/views/outcome';
import { askStatements, type UnreadableLines } from '../engines/athena/ask-statements';
import { type AthenaEngine, readAll } from '../engines/athena/athena-engine';
import { athenaStatement, type Statements, statements } from '../engines/athena/statements';
import type { PlainValue } from '../engines/plain-value';
import { deliveries, type Reading } from '../iceberg/event-source';
import { rowOf, storedColumns } from '../iceberg/stored-columns';
import { lineTables } from '../lines/line-tables';
import { type PartitionWindow, partitionFilter, timeFilter } from '../prelude/partition-filter';
import { timeConditions } from '../questions/conditions';
import { eventSteps, type TracedEvent } from './event-steps';
import type { Traced, TraceOptions } from './steps';
import { Timeline } from './timeline';

/** Options of a trace in the bucket. */
interface AthenaTraceOptions extends Pick<TraceOptions, 'since' | 'until'> {
  /**
   * The tables to read.
   * @default - the lines
   */
  reading?: Reading | undefined;
  /** Days after `until` whose partitions are also read. */
  lookAhead?: number | undefined;
}

const onlyLines: Reading = { source: 'lines' };

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
function traceStatements(
  what: Traced,
  reading: Reading,
  { since, until, lookAhead }: AthenaTraceOptions = {},
): Statements {
  const conditions = [ofMessages(what), ...timeConditions('event_time', { since, until })];
  const window: PartitionWindow = { time: 'happened', since, until, lookAhead };
  const tables = { ...lineTables, ...reading, where: partitionFilter(window), times: timeFilter(window) };
  return statements(
    `SELECT ${storedColumns.map(({ sql }) => sql).join(', ')},
  ${machineReason} AS machine_reason, ${outcome} AS outcome, json_format(CAST(places AS json)) AS places
FROM (${deliveries(tables)}) deliveries
WHERE ${conditions.join(' AND ')}
ORDER BY event_time NULLS FIRST, event_id`,
    reading,
    window,
  );
}

/**
 * Returns the statement that classifies the bounces of those messages, over the partitions of their events.
 */
function bounceStatement(
  what: Traced,
  bounces: readonly TracedEvent[],
  { reading = onlyLines, lookAhead }: AthenaTraceOptions,
): string {
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
    reading,
    window,
  );
}

const textOrNone = (value: PlainValue | undefined) => (typeof value === 'string' ? value : undefined);

/** An event that was found, whose bounces are not classified. Its places are objects. */
function tracedEvent(values: readonly PlainValue[]): TracedEvent {
  const row = rowOf(values);
  const [reason, verdict, places] = values.slice(storedColumns.length);
  return {
    ...eventOfRow(row),
    time: row.event_time instanceof Date ? row.event_time : undefined,
    messageId: String(row.message_id),
    subject: textOrNone(row.subject as PlainValue), // a text column
    feedbackId: textOrNone(row.feedback_id as PlainValue),
    machineReason: textOrNone(reason),
    outcome: textOrNone(verdict),
    bounceClasses: new Map(),
    places: Object.keys(JSON.parse(String(places)) as object).sort(),
  };
}

/** Joins the places of events that were found in the archive and in the lines. The order is kept. */
function withAllPlaces(events: readonly TracedEvent[]): TracedEvent[] {
  const found = new Map<string, TracedEvent>();
  for (const event of events) {
    const places = [...new Set([...(found.get(event.id)?.places ?? []), ...event.places])].sort();
    found.set(event.id, { ...event, places });
  }
  return [...found.values()];
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
  const { reading = onlyLines } = options;
  const answer = await askStatements(engine, traceStatements(what, reading, options));
  const events = withAllPlaces((await readAll(answer)).map(tracedEvent));
  const bounces = events.filter(({ event }) => event.eventType === 'Bounce');
  const meanings =
    bounces.length === 0 ? [] : await readAll(await engine.query(bounceStatement(what, bounces, options)));
  const classes = new Map<string, Map<string, string>>(bounces.map(({ id }) => [id, new Map()]));
  for (const [id, recipient, meaning] of meanings)
    if (meaning !== null) classes.get(String(id))?.set(String(recipient), String(meaning));
  const timeline = new Timeline();
  for (const event of events)
    timeline.add(eventSteps({ ...event, bounceClasses: classes.get(event.id) ?? event.bounceClasses }, what));
  return { timeline, unreadable: answer.unreadable };
}

export { traceAthena, traceStatements };
