import { duckdb } from '../../archive/dialects/duckdb';
import { eventOfRow } from '../../archive/rows/stored-event';
import type { Database, ResultRow } from '../../archive/store/database';
import { isOutOfMemory, usualMemory } from '../../archive/store/engine-memory';
import { longRowRanges, type RowRange } from '../../archive/store/row-ranges';
import { machineReason } from '../../archive/views/machine';
import { outcome } from '../../archive/views/outcome';
import { recipients as recipientsView } from '../../archive/views/recipients';
import { archiveEngine } from '../engines/duckdb-engine';
import { raiseMemory, withEnoughMemory } from '../engines/enough-memory';
import { timeConditions } from '../questions/conditions';
import { eventSteps } from './event-steps';
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
 * reads in memory, so the two longest columns are read one after the other, each in a statement without a join.
 */
function copyingRange({ sql, parameters }: TraceStatement, { first, last }: RowRange): TraceStatement[] {
  const where = `event_rows.rowid BETWEEN ${first} AND ${last} AND ${sql}`;
  return [
    copying({ sql: where, parameters }, shownColumns.replace('"raw"', 'NULL::BLOB AS raw')),
    {
      sql: `CREATE OR REPLACE TEMP TABLE traced_raws AS SELECT event_id AS id, raw FROM event_rows WHERE ${where}`,
      parameters,
    },
    {
      sql: 'UPDATE traced_events SET raw = traced_raws.raw FROM temp.traced_raws WHERE traced_raws.id = traced_events.id',
      parameters: [],
    },
  ];
}

const tracedEvents = `
  SELECT * EXCLUDE (id), ${machineReason} AS machine_reason, ${outcome} AS outcome FROM temp.traced_events`;

/** Number of long records that are read at once: their texts are collected sooner than those of more records. */
const longRecords = 8;

/** Returns the rows of the copied events. */
async function* copiedEvents(database: Database, areLong: boolean): AsyncGenerator<ResultRow[], void> {
  if (!areLong) return yield* database.stream(tracedEvents);
  const rows = await database.count('temp.traced_events');
  for (let first = 0; first < rows; first += longRecords)
    yield* database.stream(`${tracedEvents} WHERE rowid BETWEEN ${first} AND ${first + longRecords - 1}`);
}

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

/** Reads the copied events, and adds their steps only. */
async function addCopied(
  timeline: Timeline,
  database: Database,
  { what, options, areLong }: { what: Traced; options: TraceOptions; areLong: boolean },
): Promise<void> {
  const classes = await rowsBy(database, 'event_id', tracedBounces);
  const subjects = hasWindow(options) ? await rowsBy(database, 'message_id', tracedSubjects) : undefined;
  const places = options.withPlaces === true ? await rowsBy(database, 'event_id', tracedPlaces) : undefined;
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
    timeline.add(eventSteps(traced, what));
  };
  for await (const rows of copiedEvents(database, areLong)) rows.forEach(add);
}

/**
 * Settings for ranges of long records: each thread has a range in memory, and the engine would fill a higher limit with
 * the parts of the file that it has read.
 */
const longRecordSettings = (memory: number) => `SET threads = 1; SET memory_limit = '${memory}B'`;

/** Copies the traced events of a range. */
type Copying = (range: RowRange | undefined) => Promise<void>;

/**
 * Returns the function that copies ranges of long records. It begins with the given memory, which is not enough for
 * thousands of adjacent records with thousands of recipients each, because the engine has all of these in memory at once.
 * Then it uses the memory that the archive was opened with.
 */
async function rangeCopying(database: Database, copy: Copying, memory: number): Promise<Copying> {
  const [before] = await database.rows<{ memory: string }>(
    "SELECT current_setting('memory_limit') AS memory", // enough for the longest records
  );
  await database.run(longRecordSettings(memory));
  return async (range) => {
    try {
      await copy(range);
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      await database.run(`SET memory_limit = '${before?.memory}'`);
      await copy(range);
    }
  };
}

/**
 * Bytes of the engine's memory for the messages to an address, as long as that is enough. With more, the engine would keep
 * the parts of the file that it has read.
 */
const addressMemory = 400_000_000;

/**
 * Returns the life of a message, or of all messages to an address, in the order of time, from an archive.
 *
 * For an address, omits the events of the other recipients of its messages. Includes opens and clicks of
 * messages with several recipients, but without a recipient, because the record does not identify one.
 *
 * Up to 8 MiB of records are in memory at a time. Long texts of steps are in a temporary file of the reader, so read the
 * steps before you close the archive. In an archive with long records, the engine keeps one thread and its usual memory
 * afterwards.
 *
 * @param memory bytes of the engine's memory for ranges of long records, as long as that is enough
 * @example
 * ```ts
 * const { count } = await readArchive('ses-events.duckdb', {}, (database) =>
 *   traceArchive(database, traced('ana@example.com')),
 * );
 * ```
 */
async function traceArchive(
  database: Database,
  what: Traced,
  options: TraceOptions = {},
  memory = usualMemory,
): Promise<Timeline> {
  const { messages, events } = selection(what, options);
  const isAddress = 'address' in what;
  if (isAddress) await archiveEngine(database, { memory: addressMemory, isLocked: false }); // creates the view
  await withEnoughMemory(database, async () => {
    for (const { sql, parameters } of messages) await database.run(sql, [...parameters]);
  });
  const ranges = (await longRowRanges(database, events.sql, events.parameters)) ?? [undefined];
  if (isAddress && ranges[0] !== undefined) await raiseMemory(database);
  const copyAll: Copying = async (range) => {
    for (const { sql, parameters } of range ? copyingRange(events, range) : [copying(events)])
      await database.run(sql, [...parameters]);
  };
  const copyEnough: Copying = (range) => withEnoughMemory(database, () => copyAll(range));
  const copy =
    ranges[0] !== undefined && !isAddress ? await rangeCopying(database, copyAll, memory) : copyEnough;
  const timeline = new Timeline(database.temporaryFolder);
  for (const range of ranges) {
    await copy(range);
    await addCopied(timeline, database, { what, options, areLong: range !== undefined });
  }
  return timeline;
}

export { traceArchive, traceArchiveStatements };
