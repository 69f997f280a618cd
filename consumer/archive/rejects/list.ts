import type { EventIssue } from '../../events';
import type { Envelope, Reject, RejectReason } from '../../records/outcome';
import { sqlText } from '../dialects/literals';
import type { Database } from '../store/database';
import { orderedSlices } from '../store/ordered-slices';

/** A filter for rejects; all by default. */
interface RejectFilter {
  /** Only rejects with this reason. */
  reason?: RejectReason | undefined;
  /** Only rejects of this object, by its name in the archive: `s3://bucket/key` or a full path. */
  object?: string | undefined;
}

/** The filter as a condition on `rejects` joined with `objects`. */
function rejectCondition({ reason, object }: RejectFilter): string {
  const conditions = [
    ...(reason === undefined ? [] : [`reason = ${sqlText(reason)}`]),
    ...(object === undefined ? [] : [`object = ${sqlText(object)}`]),
  ];
  return conditions.join(' AND ') || 'true';
}

/** The rejects to list, and their maximum number. */
interface ListRejectsOptions extends RejectFilter {
  /**
   * Maximum number of rejects.
   * @default - all
   */
  limit?: number | undefined;
}

/** The place of a record, as in the archive's tables. */
interface PlaceRow {
  byte_offset: bigint;
  byte_length: bigint;
  record_index: bigint | null;
  envelopes: Envelope[] | null;
  firehose_error: string | null;
}

interface RejectRow extends PlaceRow, Record<string, unknown> {
  object: string;
  reason: RejectReason;
  message: string;
  issues: string | null;
  raw: Uint8Array;
}

/** The place of a record, as from the reader. */
function placeOf({ byte_offset, byte_length, record_index, envelopes, firehose_error }: PlaceRow) {
  return {
    offset: Number(byte_offset),
    length: Number(byte_length),
    envelopes: envelopes ?? [],
    ...(firehose_error !== null && {
      firehoseError: JSON.parse(firehose_error) as Record<string, unknown>, // stored from one
    }),
    ...(record_index !== null && { index: Number(record_index) }),
  };
}

function rejectOf(row: RejectRow): Reject {
  const { object, reason, message, issues, raw } = row;
  return {
    outcome: 'reject',
    reason,
    message,
    issues: issues === null ? [] : (JSON.parse(issues) as EventIssue[]), // stored from these types
    raw,
    object,
    ...placeOf(row),
  };
}

/**
 * Lists the archive's rejects as from the reader, in the order of object and place.
 *
 * @example
 * ```ts
 * await readArchive('ses-events.duckdb', {}, async (database) => {
 *   for await (const { object, offset, message } of listRejects(database, { reason: 'invalid-event' })) {
 *     console.log(object, offset, message);
 *   }
 * });
 * ```
 */
async function* listRejects(
  database: Database,
  { limit, ...filter }: ListRejectsOptions = {},
): AsyncGenerator<Reject, void> {
  const from = 'rejects JOIN objects USING (object_number)';
  const keys = 'object, byte_offset, record_index';
  const order = `${keys} NULLS FIRST`;
  const rows = { from, table: 'rejects', where: rejectCondition(filter), keys, order, limit } as const;
  for await (const { condition } of orderedSlices(database, rows)) {
    const found = database.stream<RejectRow>(`
      SELECT object, byte_offset, byte_length, record_index, envelopes, firehose_error, reason, message, issues, raw
      FROM ${from} WHERE ${condition} ORDER BY ${order}`);
    for await (const some of found) yield* some.map(rejectOf);
  }
}

/** Counts the rejects by reason, the most frequent first. */
async function countRejects(
  database: Database,
  filter: RejectFilter = {},
): Promise<[reason: RejectReason, count: number][]> {
  const rows = await database.rows<{ reason: RejectReason; count: bigint }>(`
    SELECT reason, count(*) AS count FROM rejects JOIN objects USING (object_number)
    WHERE ${rejectCondition(filter)} GROUP BY reason ORDER BY count DESC, reason`);
  return rows.map(({ reason, count }) => [reason, Number(count)]);
}

export {
  countRejects,
  type ListRejectsOptions,
  listRejects,
  type PlaceRow,
  placeOf,
  type RejectFilter,
  rejectCondition,
};
