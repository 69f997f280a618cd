import { sqlText } from '../../archive/dialects/literals';
import { type AthenaEngine, readAll } from '../engines/athena/athena-engine';
import { MissingTableError } from '../engines/engine';
import { dayRanges } from '../filling/day-ranges';
import { recordedDays } from '../iceberg/archive-tables';
import type { Reading } from '../iceberg/event-source';

/**
 * Returns the condition on the days of arrival `dt` that are not among recorded days. It has no subquery, so that
 * the engine excludes partitions before it reads.
 *
 * @param days in order, as yyyy-MM-dd
 */
function openCondition(days: readonly string[]): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 'true';
  const gaps = dayRanges({ first, last, without: days, longest: Number.POSITIVE_INFINITY }).map((gap) =>
    gap.first === gap.last
      ? `dt = ${sqlText(gap.first)}`
      : `dt BETWEEN ${sqlText(gap.first)} AND ${sqlText(gap.last)}`,
  );
  const conditions = [`dt < ${sqlText(first)}`, `dt > ${sqlText(last)}`, ...gaps];
  return `(${conditions.join(' OR ')})`;
}

/**
 * Finds where the statements of an answer read events. For both sources it looks up the complete days. Without an
 * archive in the database, only the lines are read, unless the source was named.
 *
 * @throws {QueryError} when Athena does not answer
 */
async function findReading(engine: AthenaEngine): Promise<Reading> {
  if (engine.source !== 'both') return { source: engine.source };
  try {
    const days = await readAll(await engine.query(recordedDays));
    return { source: 'both', open: openCondition(days.map(([day]) => String(day))) };
  } catch (error) {
    if (error instanceof MissingTableError && engine.isDefaultSource) return { source: 'lines' };
    throw error;
  }
}

export { findReading, openCondition };
