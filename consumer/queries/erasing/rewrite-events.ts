import { sqlText } from '../../archive/dialects/literals';
import type { Cell } from '../../archive/rows/cell';
import type { StoredRow } from '../../archive/rows/stored-row';
import { fieldColumns } from '../../archive/store/columns';
import { archiveTables } from '../iceberg/archive-tables';
import { eventColumns } from '../lines/events-from-lines';

/** An event to rewrite, or to delete. */
interface EventChange {
  id: string;
  time: Date | undefined;
  /** The new row; undefined to delete the event. */
  row: StoredRow | undefined;
}

/** Maximum number of bytes of the rows in a statement. Athena takes statements of 262,144 bytes. */
const maxBytes = 240_000;

/** Maximum number of days in a statement, with at most six partitions for each. Athena writes 100. */
const maxDays = 15;

/** A time as a literal. The table has microseconds. */
const timeLiteral = (time: string) => `TIMESTAMP '${time.replace('T', ' ').replace('Z', '')}'`;

function cellLiteral(cell: Cell | undefined, type: string): string {
  if (cell === undefined) return 'NULL';
  if (typeof cell === 'object') return `ARRAY[${cell.map(sqlText).join(', ')}]`;
  if (type === 'timestamp') return timeLiteral(String(cell));
  return typeof cell === 'string' ? sqlText(cell) : String(cell);
}

/** The values of the columns of an event, in their order. */
function rowLiterals({ id, kind, recordType, origin, cells, extra, raw }: StoredRow): string[] {
  return [
    ...[id, kind, recordType, origin].map(sqlText),
    ...fieldColumns.map(({ type }, index) => cellLiteral(cells[index], type)),
    extra === undefined ? 'NULL' : sqlText(extra),
    raw === undefined ? 'NULL' : `from_base64('${raw.toString('base64')}')`,
  ];
}

/** The id and the time by which a row is found, whether it remains, and its new values. */
function literals({ id, time, row }: EventChange): string {
  const found = [sqlText(id), time === undefined ? 'NULL' : timeLiteral(time.toISOString())];
  const values = row === undefined ? eventColumns.map(() => 'NULL') : rowLiterals(row);
  return `(${[...found, String(row === undefined), ...values].join(', ')})`;
}

/** The condition on the times of the archive, so that an engine reads only their days. */
function timesOf(events: readonly EventChange[]): string {
  const [first, last] = [events[0]?.time, events.at(-1)?.time].map((time) => time?.toISOString());
  if (first === undefined || last === undefined) return 'archived.event_time IS NULL';
  return `archived.event_time >= ${timeLiteral(first)} AND archived.event_time <= ${timeLiteral(last)}`;
}

function rewriteStatement(events: readonly EventChange[], rows: readonly string[]): string {
  const casts = eventColumns.map(({ name, type }) => `CAST(new_${name} AS ${type}) AS ${name}`);
  const names = eventColumns.map(({ name }) => name);
  return `MERGE INTO ${archiveTables.events} AS archived
USING (
  SELECT found_id, CAST(found_time AS timestamp(3)) AS found_time, is_deleted, ${casts.join(', ')}
  FROM (VALUES
${rows.join(',\n')}
  ) AS literals (found_id, found_time, is_deleted, ${names.map((name) => `new_${name}`).join(', ')})
) AS erased
ON archived.event_id = erased.found_id AND archived.event_time IS NOT DISTINCT FROM erased.found_time
  AND ${timesOf(events)}
WHEN MATCHED AND erased.is_deleted THEN DELETE
WHEN MATCHED THEN UPDATE SET ${names.map((name) => `${name} = erased.${name}`).join(', ')}`;
}

const dayOf = ({ time }: EventChange) => time?.toISOString().slice(0, 10);

const byTime = (one: EventChange, other: EventChange) =>
  (one.time?.getTime() ?? Number.POSITIVE_INFINITY) - (other.time?.getTime() ?? Number.POSITIVE_INFINITY) ||
  0;

/** Whether the row of an event exceeds a statement. */
function isTooLong(row: StoredRow): boolean {
  return Buffer.byteLength(rowLiterals(row).join()) > maxBytes / 2;
}

/**
 * Returns the statements that rewrite or delete events of the archive, each within the limits of Athena. An event without its row
 * is deleted. `places` remain.
 */
function* rewriteStatements(events: readonly EventChange[]): Generator<string, void> {
  let batch: { event: EventChange; sql: string }[] = [];
  let bytes = 0;
  const statement = () =>
    rewriteStatement(
      batch.map(({ event }) => event),
      batch.map(({ sql }) => sql),
    );
  for (const event of [...events].sort(byTime)) {
    const sql = literals(event);
    const size = Buffer.byteLength(sql);
    const days = new Set([...batch.map((each) => dayOf(each.event)), dayOf(event)]);
    const isOtherKind =
      batch.length > 0 && (batch[0]?.event.time === undefined) !== (event.time === undefined);
    if (batch.length > 0 && (bytes + size > maxBytes || days.size > maxDays || isOtherKind)) {
      yield statement();
      batch = [];
      bytes = 0;
    }
    batch.push({ event, sql });
    bytes += size;
  }
  if (batch.length > 0) yield statement();
}

export { type EventChange, isTooLong, rewriteStatements };
