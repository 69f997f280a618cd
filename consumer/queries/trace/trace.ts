import type { Database, ResultRow } from '../../archive/database/database';
import { eventColumns } from '../../archive/database/schema';
import { storedEvent } from '../../archive/rows/stored-event';
import { eventRecipients } from '../../events';
import { duckdb } from '../dialects/duckdb';
import { archiveEngine } from '../engines/duckdb-engine';
import { timeLiteral } from '../parameters';
import { machineReason } from '../views/machine';
import { recipients as recipientsView } from '../views/recipients';
import { happenings } from './happening';

/** What to trace. */
type Traced = { messageId: string } | { address: string };

/** Which steps, and how much of them. */
interface TraceOptions {
  since?: Date | undefined;
  until?: Date | undefined;
  /**
   * Whether to say where each event was found.
   * @default false
   */
  withPlaces?: boolean | undefined;
}

/** One thing that happened to a message. */
interface TraceStep {
  /** Undefined where the record does not say when. */
  time: Date | undefined;
  eventType: string;
  /** In plain words, with what servers said. */
  what: string;
  /** To whom, as the record spells them; empty when it does not say. */
  recipients: readonly string[];
  /** As of `eventRecipients`. */
  attribution: 'named' | 'candidates' | 'unknown';
  messageId: string;
  subject: string | undefined;
  eventId: string;
  /** Where the event was found, object and byte; empty unless that was asked for. */
  places: readonly string[];
}

/** An address as the view `recipients` has it: in lower case, without a display name. */
function bareAddress(recipient: string): string {
  return (/<([^<>]+)>[ ]*$/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();
}

/**
 * What someone has typed, as what is traced. The Message-ID header of SES's own, `<id@email.amazonses.com>`,
 * is the message's id; the mailbox simulator's addresses look alike, and are recipients.
 */
function traced(text: string): Traced {
  const [, id] = /^<?([^@<>\s]+)@(?!simulator\.)(?:[a-z0-9.-]+\.)?amazonses\.com>?$/i.exec(text.trim()) ?? [];
  if (id !== undefined) return { messageId: id };
  return text.includes('@') ? { address: bareAddress(text) } : { messageId: text.trim() };
}

/** The messages that are traced, as a condition on the archive's rows with its value. */
async function chooseMessages(
  database: Database,
  what: Traced,
): Promise<[condition: string, value: string[]]> {
  if ('messageId' in what) return ['message_id = $1', [what.messageId]];
  await archiveEngine(database); // for the view
  await database.run(
    'CREATE OR REPLACE TEMP TABLE traced_messages AS SELECT DISTINCT message_id FROM recipients WHERE address = $1',
    [what.address],
  );
  return ['message_id IN (SELECT message_id FROM temp.traced_messages)', []];
}

/** Puts the events of what is traced aside: to find a message's reads its column, and of the others what is near. */
async function chooseEvents(database: Database, what: Traced, { since, until }: TraceOptions): Promise<void> {
  const [messages, values] = await chooseMessages(database, what);
  const condition = [
    messages,
    ...(since === undefined ? [] : [`event_time >= ${timeLiteral(since)}`]),
    ...(until === undefined ? [] : [`event_time < ${timeLiteral(until)}`]),
  ].join(' AND ');
  await database.run(
    `CREATE OR REPLACE TEMP TABLE traced_events AS
     SELECT ${eventColumns}, event_rows.event_id AS id FROM ses_events.event_rows WHERE ${condition}`,
    values,
  );
}

const tracedEvents = `
  SELECT * EXCLUDE (id), ${machineReason} AS machine_reason FROM temp.traced_events
  ORDER BY event_time NULLS FIRST, event_id`;

const tracedBounces = `
  WITH unique_events AS (FROM temp.traced_events WHERE event_type = 'Bounce')
  SELECT event_id, recipient, bounce_class FROM (${recipientsView.sql(duckdb)}) WHERE event_type = 'Bounce'`;

const tracedPlaces = `
  SELECT traced_events.event_id, object || ' byte ' || byte_offset AS place
  FROM temp.traced_events
  JOIN ses_events.occurrences ON occurrences.event_id = traced_events.id
  JOIN ses_events.objects USING (object_number)
  ORDER BY place`;

/** Legacy notifications of what event publishing has told as well. */
function isTwin(row: ResultRow, rows: readonly ResultRow[]): boolean {
  return (
    row.origin === 'legacy-notification' &&
    rows.some(
      (other) =>
        other.origin === 'event-publishing' &&
        other.event_type === row.event_type &&
        other.message_id === row.message_id &&
        ((row.feedback_id !== null && other.feedback_id === row.feedback_id) ||
          String(other.event_time) === String(row.event_time)),
    )
  );
}

/** Rows by the text in a column. */
function groupBy(rows: readonly ResultRow[], column: string): Map<string, ResultRow[]> {
  const groups = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const key = String(row[column]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** Whether a step is a person's, or may be: then it is of a message to the person, and names nobody. */
function concerns(what: Traced, { recipients }: Pick<TraceStep, 'recipients'>): boolean {
  return (
    'messageId' in what ||
    recipients.length === 0 ||
    recipients.some((recipient) => bareAddress(recipient) === what.address)
  );
}

/**
 * The life of a message, or of all messages to an address, in the order of time.
 *
 * What happened to the other recipients of a message is left out of an address's life. An open or a click of
 * a message with several recipients is in it, without a recipient: the record does not say whose it was.
 *
 * @example
 * ```ts
 * await readArchive('ses-events.duckdb', {}, (database) => trace(database, traced('ana@example.com')));
 * ```
 */
async function trace(database: Database, what: Traced, options: TraceOptions = {}): Promise<TraceStep[]> {
  await chooseEvents(database, what, options);
  const rows = await database.rows(tracedEvents);
  const classes = groupBy(await database.rows(tracedBounces), 'event_id');
  const places = groupBy(options.withPlaces === true ? await database.rows(tracedPlaces) : [], 'event_id');
  const ofMessages = groupBy(rows, 'message_id');
  return rows
    .filter((row) => !isTwin(row, ofMessages.get(String(row.message_id)) ?? []))
    .flatMap((row) => {
      const { id, event } = storedEvent(row);
      const { attribution } = eventRecipients(event);
      const bounceClasses = new Map(
        classes.get(id)?.map(({ recipient, bounce_class }) => [String(recipient), String(bounce_class)]),
      );
      const reason = typeof row.machine_reason === 'string' ? row.machine_reason : undefined;
      return happenings(event, { machineReason: reason, bounceClasses }).map((happening) => ({
        ...happening,
        time: row.event_time instanceof Date ? row.event_time : undefined,
        eventType: event.eventType,
        attribution,
        messageId: String(row.message_id),
        subject: typeof row.subject === 'string' ? row.subject : undefined,
        eventId: id,
        places: (places.get(id) ?? []).map(({ place }) => String(place)),
      }));
    })
    .filter((step) => concerns(what, step));
}

export { type Traced, type TraceOptions, type TraceStep, trace, traced };
