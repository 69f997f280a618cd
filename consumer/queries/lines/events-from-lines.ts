import type { z } from 'zod';
import { trinoTypes } from '../../archive/dialects/trino';
import { blockOfKind, fieldColumns } from '../../archive/store/columns';
import { eventSchemas, MailSchema } from '../../events';
import { foundLines, type LineTables } from './found-lines';
import { asMap, isText, jsonCheck, text } from './json-check';
import { lineColumns } from './line-columns';
import { extra, survives } from './remainder';

/** The selection of distinct lines. */
interface LineOptions {
  /** Whether a line that arrived on several days has a row for each day, with the day as `dt`. */
  byDay?: boolean;
  /** Returns the query of some of the lines of a query, with the same columns. By default all. */
  only?: (lines: string) => string;
  /**
   * The id of the event of a line, as an expression over the columns of `only`.
   * @default - computed from the line
   */
  id?: string;
}

/**
 * Selects the distinct lines as maps, with the objects that contain them and the number of occurrences in each. By day,
 * blank lines are included, because an object can contain nothing else.
 */
function records(tables: LineTables, { byDay = false, only = (lines) => lines }: LineOptions): string {
  const lines = `
        SELECT line, ${byDay ? 'dt, ' : ''}histogram(object) AS places
        FROM (${foundLines(tables)}) found
        ${byDay ? 'GROUP BY line, dt' : "WHERE line <> ''\n        GROUP BY line"}`;
  return `
    SELECT *, TRY(CAST(document AS map(varchar, json))) AS record
    FROM (
      SELECT *, TRY(json_parse(line)) AS document
      FROM (${only(lines)}) lines
    ) documents`;
}

const kinds = Object.keys(eventSchemas)
  .map((kind) => `'${kind}'`)
  .join(', ');

/** The key of the block of the record for its kind. */
const blockKey = `CASE record_type ${Object.entries(blockOfKind)
  .map(([kind, block]) => `WHEN '${kind}' THEN '${block}'`)
  .join(' ')} END`;

/** Selects the parts of the records: label, kind, mail block, block of the kind. */
function parts(tables: LineTables, options: LineOptions = {}): string {
  const label = "element_at(record, 'eventType')";
  return `
    SELECT *, ${asMap('mail_json')} AS mail, ${asMap('block_json')} AS block,
      ${asMap(`element_at(${asMap('mail_json')}, 'commonHeaders')`)} AS common_headers
    FROM (
      SELECT *, element_at(record, 'mail') AS mail_json, element_at(record, block_key) AS block_json
      FROM (
        SELECT *, ${blockKey} AS block_key,
          CASE WHEN record_type IN (${kinds}) THEN record_type ELSE 'Unknown' END AS event_type
        FROM (
          SELECT *, CASE WHEN ${isText(label)} THEN CAST(${label} AS varchar) END AS record_type
          FROM (${records(tables, options)}) records
        ) labelled
      ) kinds
    ) blocks`;
}

/**
 * The condition that a record is an event: it satisfies the schemas, or has an unknown kind and a mail block.
 */
const isEvent = [
  'record_type IS NOT NULL AND CASE event_type',
  `WHEN 'Unknown' THEN coalesce(substr(${text('mail_json')}, 1, 1) IN ('{', '['), false)`,
  ...Object.entries(eventSchemas).map(([kind, { shape }]) => {
    const block = blockOfKind[kind] ?? '';
    const schema = (shape as Readonly<Record<string, z.ZodType>>)[block]; // for access by any key
    if (schema === undefined) throw new Error(`the kind ${kind} has no block`);
    return `WHEN '${kind}' THEN ${jsonCheck(schema, 'block_json')}`;
  }),
  `END AND (event_type = 'Unknown' OR ${jsonCheck(MailSchema, 'mail_json')})`,
].join(' ');

/** The columns of events, with Trino's types: those of the archive. */
const eventColumns: readonly { name: string; type: string }[] = [
  { name: 'event_id', type: 'varchar' },
  { name: 'event_type', type: 'varchar' },
  { name: 'record_type', type: 'varchar' },
  { name: 'origin', type: 'varchar' },
  ...fieldColumns.map(({ name, type }) => ({ name, type: trinoTypes[type] })),
  { name: 'extra', type: 'varchar' },
  { name: 'raw', type: 'varbinary' },
];

/** The identity of the event of a line. */
const eventId = 'lower(to_hex(substr(sha256(to_utf8(line)), 1, 16)))';

/**
 * Selects typed events from lines of text: one row for each distinct line that is an event-publishing record
 * and satisfies the schemas of the reader. A row has the columns of the archive, and `places`: the objects that
 * contain the line, with the number of occurrences in each.
 */
function deliveriesFromLines(tables: LineTables, options: Pick<LineOptions, 'only' | 'id'> = {}): string {
  const sources = lineColumns.map(({ name, source }) => `${source} AS ${name}_json`).join(',\n        ');
  const values = lineColumns.map(({ name, type, value }) => `CAST(${value} AS ${type}) AS ${name}`);
  return `
    SELECT ${options.id ?? eventId} AS event_id, event_type, record_type,
      CAST('event-publishing' AS varchar) AS origin,
      ${values.join(',\n      ')},
      CASE WHEN survives THEN ${extra} END AS extra,
      CASE WHEN NOT survives THEN to_utf8(line) END AS raw,
      places
    FROM (
      SELECT *, coalesce(${survives}, false) AS survives,
        ${sources}
      FROM (${parts(tables, options)}) parts
      WHERE ${isEvent}
    ) sources`;
}

/** The object with the first name among places. */
const firstObject = (places: string) => `array_min(map_keys(${places}))`;
/** The number of occurrences in all places. */
const allOccurrences = (places: string) =>
  `reduce(map_values(${places}), BIGINT '0', (sum, number) -> sum + number, sum -> sum)`;

/**
 * Selects the lines that are not event-publishing records, with their places: records in envelopes, broken, of other
 * programs, or not one per line.
 */
function unreadable(tables: LineTables): string {
  return `SELECT line, places FROM (${parts(tables)}) parts WHERE NOT coalesce(${isEvent}, false)`;
}

/** Selects the unreadable lines, with the first object that contains each and the number of all occurrences. */
function unreadableLines(tables: LineTables): string {
  return `
    SELECT line, ${firstObject('places')} AS object, ${allOccurrences('places')} AS occurrences
    FROM (${unreadable(tables)}) unreadable`;
}

/**
 * Selects all lines by day of arrival, `dt`: each distinct line of a day with its places, the id and the time of
 * its event, and whether it is one. Blank lines are included.
 */
function judgedLines(tables: LineTables): string {
  const time = lineColumns.find(({ name }) => name === 'event_time');
  return `
    SELECT dt, line, places, ${eventId} AS event_id, is_event, ${time?.value} AS event_time
    FROM (
      SELECT *, coalesce(${isEvent}, false) AS is_event, ${time?.source} AS event_time_json
      FROM (${parts(tables, { byDay: true })}) parts
    ) judged`;
}

export {
  allOccurrences,
  deliveriesFromLines,
  eventColumns,
  eventId,
  firstObject,
  judgedLines,
  unreadable,
  unreadableLines,
};
