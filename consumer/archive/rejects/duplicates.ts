import { checkWhole } from '../../records/check-options';
import { sqlText } from '../dialects/literals';
import type { Database } from '../store/database';

/** A place where an event was found. */
interface Occurrence {
  object: string;
  /** Bytes from the start of the decompressed object. */
  offset: number;
  /** The index of the record in its envelope, from 0; absent for a record without one. */
  index?: number;
}

/** A duplicate: another occurrence of an event that the archive has only once. */
interface Duplicate extends Occurrence {
  /** The event's id. */
  id: string;
  /** The occurrence that counts as the event: the first by object and place. */
  kept: Occurrence;
}

/** The duplicates to list, and their maximum number. */
interface ListDuplicatesOptions {
  /** Only duplicates in this object, by its name in the archive. */
  object?: string | undefined;
  /**
   * Maximum number of duplicates.
   * @default - all
   */
  limit?: number | undefined;
}

interface DuplicateRow extends Record<string, unknown> {
  event_id: string;
  object: string;
  byte_offset: bigint;
  record_index: bigint | null;
  kept_object: string;
  kept_byte_offset: bigint;
  kept_record_index: bigint | null;
}

function occurrence(object: string, offset: bigint, index: bigint | null): Occurrence {
  return { object, offset: Number(offset), ...(index !== null && { index: Number(index) }) };
}

function duplicateOf(row: DuplicateRow): Duplicate {
  return {
    id: row.event_id,
    ...occurrence(row.object, row.byte_offset, row.record_index),
    kept: occurrence(row.kept_object, row.kept_byte_offset, row.kept_record_index),
  };
}

/** Lists the duplicates in the order of object and place, each with the occurrence that counts as the event. */
async function* listDuplicates(
  database: Database,
  { object, limit }: ListDuplicatesOptions = {},
): AsyncGenerator<Duplicate, void> {
  if (limit !== undefined) checkWhole(0)('limit', limit); // it goes into the SQL
  const query = `
    WITH dropped AS (
      SELECT * FROM duplicates ${object === undefined ? '' : `WHERE object = ${sqlText(object)}`}
    ), kept AS (
      SELECT event_id, object, byte_offset, record_index FROM event_occurrences
      WHERE event_id IN (SELECT event_id FROM dropped)
      QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY object, byte_offset, record_index NULLS FIRST) = 1
    )
    SELECT event_id, dropped.object, dropped.byte_offset, dropped.record_index,
      kept.object AS kept_object, kept.byte_offset AS kept_byte_offset, kept.record_index AS kept_record_index
    FROM dropped JOIN kept USING (event_id)
    ORDER BY dropped.object, dropped.byte_offset, dropped.record_index NULLS FIRST
    ${limit === undefined ? '' : `LIMIT ${limit}`}`;
  for await (const rows of database.stream<DuplicateRow>(query)) yield* rows.map(duplicateOf);
}

/** Counts the duplicates, and the events that have some. */
async function countDuplicates(
  database: Database,
  { object }: Pick<ListDuplicatesOptions, 'object'> = {},
): Promise<{ duplicates: number; events: number }> {
  const [row] = await database.rows<{ duplicates: bigint; events: bigint }>(`
    SELECT count(*) AS duplicates, count(DISTINCT event_id) AS events FROM duplicates
    ${object === undefined ? '' : `WHERE object = ${sqlText(object)}`}`);
  return { duplicates: Number(row?.duplicates ?? 0), events: Number(row?.events ?? 0) };
}

export { countDuplicates, type Duplicate, type ListDuplicatesOptions, listDuplicates, type Occurrence };
