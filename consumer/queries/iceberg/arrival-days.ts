import type { LineTables } from '../lines/found-lines';
import { lineTables } from '../lines/line-tables';
import { archiveTables } from './archive-tables';

/** Days of arrival, the partitions `dt` of the lines. */
interface ArrivalDays {
  /** The first day, as an expression of the type date. */
  first: string;
  /** The last day, which is included. */
  last: string;
  /**
   * Whether days that `archive_windows` has are skipped.
   * @default false
   */
  unrecordedOnly?: boolean;
}

/** Selects the days, as `day`. */
function selectedDays({ first, last, unrecordedOnly = false }: ArrivalDays): string {
  const all = `SELECT day FROM UNNEST(sequence(${first}, ${last})) AS days (day)`;
  return unrecordedOnly ? `${all} WHERE day NOT IN (SELECT arrival_day FROM ${archiveTables.windows})` : all;
}

/** The tables of lines, limited to the days. The bounds exclude partitions even if the engine reads the days late. */
function arrivedIn(days: ArrivalDays): LineTables {
  const bounds = `dt >= CAST(${days.first} AS varchar) AND dt <= CAST(${days.last} AS varchar)`;
  const selected = `SELECT CAST(day AS varchar) FROM (${selectedDays(days)}) selected`;
  return { ...lineTables, where: days.unrecordedOnly ? `${bounds} AND dt IN (${selected})` : bounds };
}

export { type ArrivalDays, arrivedIn, selectedDays };
