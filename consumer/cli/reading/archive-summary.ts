import type { Database } from '../../archive/store/database';
import type { RejectReason, SkipReason } from '../../records/outcome';
import { emptySummary, type Summary } from './summary';

interface RejectRow extends Record<string, unknown> {
  reason: RejectReason;
  count: bigint;
  object: string;
  byte_offset: bigint;
  message: string;
}

const kinds = `
  SELECT CASE event_type WHEN 'Unknown' THEN 'Unknown (' || record_type || ')' ELSE event_type END AS kind, count(*) AS count
  FROM events GROUP BY kind`;

const rejects = `
  SELECT reason, count(*) AS count, min_by(object, place) AS object, min_by(byte_offset, place) AS byte_offset,
    min_by(message, place) AS message
  FROM (SELECT *, row(object, byte_offset) AS place FROM rejects JOIN objects USING (object_number))
  GROUP BY reason ORDER BY min(place)`;

const skipped = `
  SELECT key AS reason, sum(value::BIGINT)::BIGINT AS count FROM objects, json_each(skipped) GROUP BY key ORDER BY key`;

/** Computes the summary of an archive, and counts its skipped records by reason. */
async function archiveSummary(
  database: Database,
): Promise<{ summary: Summary; skipped: Partial<Record<SkipReason, number>> }> {
  const summary = emptySummary();
  const counts = await database.rows<{ kind: string; count: bigint }>(kinds);
  for (const { kind, count } of counts) summary.kinds[kind] = Number(count);
  for (const { reason, count, object, byte_offset, message } of await database.rows<RejectRow>(rejects)) {
    const example = { object, offset: Number(byte_offset), message };
    summary.rejects[reason] = { count: Number(count), example };
  }
  const rows = await database.rows<{ reason: SkipReason; count: bigint }>(skipped);
  return { summary, skipped: Object.fromEntries(rows.map(({ reason, count }) => [reason, Number(count)])) };
}

export { archiveSummary };
