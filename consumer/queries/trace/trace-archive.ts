import { duckdb } from '../../archive/dialects/duckdb';
import { eventOfRow } from '../../archive/rows/stored-event';
import type { Database, ResultRow } from '../../archive/store/database';
import { usualMemory } from '../../archive/store/engine-memory';
import { machineReason } from '../../archive/views/machine';
import { outcome } from '../../archive/views/outcome';
import { recipients as recipientsView } from '../../archive/views/recipients';
import { archiveEngine } from '../engines/duckdb-engine';
import { timeConditions } from '../questions/parameters';
import { type EventSteps, eventSteps } from './event-steps';
import { longRowRanges, type RowRange } from './row-ranges';
import { shownColumns } from './shown-columns';
import type { Traced, TraceOptions } from './steps';
import { groupBy, Timeline } from './timeline';

/** A statement, with the values of `$1` and so on. */
interface TraceStatement {
  sql: string;
  parameters: readonly string[];
}

/** Returns the statements that find the messages to an address, and the condition on the traced events. */
function selection(
  what: Traced,
  window: TraceOptions,
): { messages: TraceStatement[]; events: TraceStatement } {
  const times = timeConditions('event_time', window);
  const where = (condition: string) => [condition, ...times].join(' AND ');
  if ('messageId' in what)
    return { messages: [], events: { sql: where('message_id = $1'), parameters: [what.messageId] } };
  const messages = {
    sql: 'CREATE OR REPLACE TEMP TABLE traced_messages AS SELECT DISTINCT message_id FROM recipients WHERE address = $1',
    parameters: [what.address],
  };
  const sql = where('message_id IN (SELECT message_id FROM temp.traced_messages)');
  return { messages: [messages], events: { sql, parameters: [] } };
}

/**
 * Returns the statement that copies traced events to a temporary table. Finding a message reads one column fully, and
 * the other columns only near its rows.
 */
function copying({ sql: where, parameters }: TraceStatement, columns = shownColumns): TraceStatement {
  return {
    sql: `CREATE OR REPLACE TEMP TABLE traced_events AS
     SELECT ${columns}, event_rows.event_id AS id FROM event_rows WHERE ${where}`,
    parameters,
  };
}

/**
 * Returns the statements that copy the traced events of a range. The engine has 2,048 texts of each column that it
 * reads in memory, so the two longest columns are read one after the other.
 */
function copyingRange(
  { sql, parameters }: TraceStatement,
  { first, last }: RowRange,
): readonly [TraceStatement, TraceStatement] {
  const where = `event_rows.rowid BETWEEN ${first} AND ${last} AND ${sql}`;
  const raws = `SELECT event_id, raw FROM event_rows WHERE ${where}`;
  return [
    copying({ sql: where, parameters }, shownColumns.replace('"raw"', 'NULL::BLOB AS raw')),
    {
      sql: `UPDATE traced_events SET raw = found.raw FROM (${raws}) found WHERE traced_events.id = found.event_id`,
      parameters,
    },
  ];
}

const tracedEvents = `
  SELECT * EXCLUDE (id), ${machineReason} AS machine_reason, ${outcome} AS outcome FROM temp.traced_events`;

const tracedBounces = `
  WITH unique_events AS (FROM temp.traced_events WHERE event_type = 'Bounce')
  SELECT event_id, recipient, bounce_class FROM (${recipientsView.sql(duckdb)}) WHERE event_type = 'Bounce'`;

const tracedPlaces = `
  SELECT traced_events.event_id, object || ' byte ' || byte_offset AS place
  FROM temp.traced_events
  JOIN occurrences ON occurrences.event_id = traced_events.id
  JOIN objects USING (object_number)
  ORDER BY place`;

/** The subjects of the messages, from any of their events, even outside of the time range. */
const tracedSubjects = `
  SELECT message_id, min(subject) AS subject FROM event_rows
  WHERE message_id IN (SELECT message_id FROM temp.traced_events) AND subject IS NOT NULL
  GROUP BY message_id`;

/** Returns the rows of a query, grouped by the text in a column. */
async function rowsBy(database: Database, column: string, sql: string): Promise<Map<string, ResultRow[]>> {
  return groupBy(await database.rows(sql), (row) => String(row[column]));
}

const hasWindow = ({ since, until }: TraceOptions) => since !== undefined || until !== undefined;

/** Returns the statements of {@link traceArchive} in the order in which it runs them for records of the usual length. */
function traceArchiveStatements(what: Traced, options: TraceOptions = {}): TraceStatement[] {
  const reading = [
    tracedEvents,
    tracedBounces,
    ...(hasWindow(options) ? [tracedSubjects] : []),
    ...(options.withPlaces === true ? [tracedPlaces] : []),
  ];
  const { messages, events } = selection(what, options);
  return [...messages, copying(events), ...reading.map((sql) => ({ sql, parameters: [] }))];
}

const textOrNone = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Reads the copied events, and keeps their steps only. */
async function copiedSteps(database: Database, what: Traced, options: TraceOptions): Promise<EventSteps[]> {
  const classes = await rowsBy(database, 'event_id', tracedBounces);
  const subjects = hasWindow(options) ? await rowsBy(database, 'message_id', tracedSubjects) : undefined;
  const places = options.withPlaces === true ? await rowsBy(database, 'event_id', tracedPlaces) : undefined;
  const found: EventSteps[] = [];
  const add = (row: ResultRow) => {
    const { id, origin, event } = eventOfRow(row);
    const traced = {
      id,
      origin,
      event,
      time: row.event_time instanceof Date ? row.event_time : undefined,
      messageId: String(row.message_id),
      subject: textOrNone(row.subject ?? subjects?.get(String(row.message_id))?.[0]?.subject),
      feedbackId: textOrNone(row.feedback_id),
      machineReason: textOrNone(row.machine_reason),
      outcome: textOrNone(row.outcome),
      bounceClasses: new Map(
        classes.get(id)?.map(({ recipient, bounce_class }) => [String(recipient), String(bounce_class)]),
      ),
      places: (places?.get(id) ?? []).map(({ place }) => String(place)),
    };
    found.push(eventSteps(traced, what));
  };
  for await (const rows of database.stream(tracedEvents)) rows.forEach(add);
  return found;
}

/**
 * Settings for ranges of long records: each thread has a range in memory, and the engine would fill a higher limit with
 * the parts of the file that it has read.
 */
const longRecordSettings = `SET threads = 1; SET memory_limit = '${usualMemory}B'`;

/**
 * Returns the life of a message, or of all messages to an address, in the order of time, from an archive.
 *
 * For an address, omits the events of the other recipients of its messages. Includes opens and clicks of
 * messages with several recipients, but without a recipient, because the record does not identify one.
 *
 * The texts of the steps are in memory, and up to 8 MiB of records at a time. In an archive with long records, the engine
 * keeps one thread and its usual memory afterwards.
 *
 * @example
 * ```ts
 * const { count } = await readArchive('ses-events.duckdb', {}, (database) =>
 *   traceArchive(database, traced('ana@example.com')),
 * );
 * ```
 */
async function traceArchive(database: Database, what: Traced, options: TraceOptions = {}): Promise<Timeline> {
  const { messages, events } = selection(what, options);
  if ('address' in what) await archiveEngine(database); // creates the view
  for (const { sql, parameters } of messages) await database.run(sql, [...parameters]);
  const ranges = (await longRowRanges(database, events.sql, events.parameters)) ?? [undefined];
  const isLocked = 'address' in what; // the engine has other settings then
  if (ranges[0] !== undefined && !isLocked) await database.run(longRecordSettings);
  const found: EventSteps[] = [];
  for (const range of ranges) {
    for (const { sql, parameters } of range ? copyingRange(events, range) : [copying(events)])
      await database.run(sql, [...parameters]);
    for (const steps of await copiedSteps(database, what, options)) found.push(steps);
  }
  return new Timeline(found);
}

export { traceArchive, traceArchiveStatements };
