import type { z } from 'zod';
import { trinoTypes } from '../../archive/dialects/trino';
import { blockOfKind, fieldColumns } from '../../archive/store/columns';
import { eventSchemas, MailSchema } from '../../events';
import { asMap, isText, jsonCheck, text } from './json-check';
import { lineColumns } from './line-columns';

/** The tables from which lines are read. */
interface LineTables {
  /** The table of delivered lines, with the columns `line`, `dt` and `hour`. Quoted if necessary. */
  events: string;
  /** The table of lines below the errors prefix. */
  errors: string;
  /** A condition on the partitions of both. */
  where?: string | undefined;
}

/** The part of a line that determines the event's identity. The reader strips the same characters. */
const stripped = (line: string) => `regexp_replace(${line}, '^[ \\t\\r\\n]+|[ \\t\\r\\n]+$', '')`;

/**
 * Selects the lines of both tables and their objects. A record that Firehose could not deliver is in an error
 * record, in base64, and can contain several lines.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/retry.html
 */
function foundLines({ events, errors, where = 'true' }: LineTables): string {
  const rawData = `from_utf8(from_base64(json_extract_scalar(line, '$.rawData')))`;
  return `
    SELECT ${stripped('line')} AS line, "$path" AS object FROM ${events} WHERE ${where}
    UNION ALL
    SELECT ${stripped('raw_line')} AS line, object
    FROM (
      SELECT coalesce(TRY(split(${rawData}, chr(10))), ARRAY[line]) AS raw_lines, "$path" AS object
      FROM ${errors} WHERE ${where}
    ) decoded
    CROSS JOIN UNNEST(raw_lines) AS raw (raw_line)`;
}

/** Selects the distinct lines that are not blank, as maps. */
function records(tables: LineTables): string {
  return `
    SELECT line, object, occurrences, TRY(CAST(json_parse(line) AS map(varchar, json))) AS record
    FROM (
      SELECT line, min(object) AS object, count(*) AS occurrences
      FROM (${foundLines(tables)}) found
      WHERE line <> ''
      GROUP BY line
    ) lines`;
}

const kinds = Object.keys(eventSchemas)
  .map((kind) => `'${kind}'`)
  .join(', ');

/** The block of the record for its kind. */
const blockJson = `CASE record_type ${Object.entries(blockOfKind)
  .map(([kind, block]) => `WHEN '${kind}' THEN element_at(record, '${block}')`)
  .join(' ')} END`;

/** Selects the parts of the records: label, kind, mail block, block of the kind. */
function parts(tables: LineTables): string {
  const label = "element_at(record, 'eventType')";
  return `
    SELECT *, ${asMap('mail_json')} AS mail, ${asMap('block_json')} AS block,
      ${asMap(`element_at(${asMap('mail_json')}, 'commonHeaders')`)} AS common_headers
    FROM (
      SELECT *, CASE WHEN record_type IN (${kinds}) THEN record_type ELSE 'Unknown' END AS event_type,
        element_at(record, 'mail') AS mail_json, ${blockJson} AS block_json
      FROM (
        SELECT *, CASE WHEN ${isText(label)} THEN CAST(${label} AS varchar) END AS record_type
        FROM (${records(tables)}) records
      ) labelled
    ) kinds`;
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

/** The columns of {@link eventsFromLines}, with Trino's types. */
const lineEventColumns: readonly { name: string; type: string }[] = [
  { name: 'event_id', type: 'varchar' },
  { name: 'event_type', type: 'varchar' },
  { name: 'record_type', type: 'varchar' },
  { name: 'origin', type: 'varchar' },
  ...fieldColumns.map(({ name, type }) => ({ name, type: trinoTypes[type] })),
  { name: 'line', type: 'varchar' },
  { name: 'object', type: 'varchar' },
  { name: 'occurrences', type: 'bigint' },
];

/**
 * Selects typed events from lines of text: one row for each distinct line that is an event-publishing record
 * and satisfies the schemas of the reader. A row has the columns of the archive, the line itself, the first
 * object that contains it, and the number of occurrences.
 */
function eventsFromLines(tables: LineTables): string {
  const sources = lineColumns.map(({ name, source }) => `${source} AS ${name}_json`).join(',\n        ');
  const values = lineColumns.map(({ name, type, value }) => `CAST(${value} AS ${type}) AS ${name}`);
  return `
    SELECT lower(to_hex(substr(sha256(to_utf8(line)), 1, 16))) AS event_id, event_type, record_type,
      CAST('event-publishing' AS varchar) AS origin,
      ${values.join(',\n      ')},
      line, object, occurrences
    FROM (
      SELECT line, object, occurrences, event_type, record_type,
        ${sources}
      FROM (${parts(tables)}) parts
      WHERE ${isEvent}
    ) sources`;
}

/**
 * Selects the lines that are not event-publishing records: in envelopes, broken, of other programs, or not
 * one record per line.
 */
function unreadableLines(tables: LineTables): string {
  return `SELECT line, object, occurrences FROM (${parts(tables)}) parts WHERE NOT coalesce(${isEvent}, false)`;
}

export { eventsFromLines, type LineTables, lineEventColumns, unreadableLines };
