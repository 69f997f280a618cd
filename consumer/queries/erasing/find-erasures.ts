import { sqlText } from '../../archive/dialects/literals';
import { Erasure } from '../../archive/erasure/erase-outcome';
import { searchedColumns } from '../../archive/erasure/mentioning-rows';
import { personPattern } from '../../archive/erasure/person-pattern';
import { addressParts } from '../../archive/erasure/spellings/address';
import { archivedEvent } from '../../archive/rows/stored-event';
import { type StoredRow, storedRow } from '../../archive/rows/stored-row';
import type { Column } from '../../archive/store/columns';
import { pseudonymDomain, type Tombstones } from '../../archive/store/tombstones';
import type { AthenaEngine } from '../engines/athena/athena-engine';
import { QueryError } from '../engines/engine';
import type { PlainValue } from '../engines/plain-value';
import { archiveTables } from '../iceberg/archive-tables';
import { erasedPeople, hashOf } from '../iceberg/erased-lines';
import { rowOf, storedColumns } from '../iceberg/stored-columns';

/** An event of the archive that mentions an erased person. */
interface FoundEvent {
  id: string;
  /** Undefined for an event without a time. */
  time: Date | undefined;
  state: 'changed' | 'removed' | 'rejected' | 'known';
  /** The row without the person, if it was changed. */
  row: StoredRow | undefined;
  /** The objects that contain it. */
  objects: readonly string[];
}

/** Maximum number of events that are changed. An address of a sender is in all of them. */
const maxEvents = 100_000;

/** Maximum number of repetitions in a pattern. */
const maxRepetitions = 255;

/**
 * Limits the repetitions of a pattern. RE2 takes linear time for any pattern. The engine of Trino tries each
 * place again, so that a long text of a stranger would take hours.
 */
function bounded(pattern: string): string {
  return pattern.replace(
    /(\\\\|[)\]=])([*+])/g,
    (_, before: string, sign: string) => `${before}{${sign === '*' ? 0 : 1},${maxRepetitions}}`,
  );
}

/** A column as text. Bytes that are not UTF-8 cannot be a part of an address. */
function asText({ name, type }: Column): string {
  if (type === 'texts') return `array_join(${name}, chr(10))`;
  return type === 'bytes' ? `from_utf8(${name})` : name;
}

/** All texts of an event. */
const texts = `array_join(ARRAY[${searchedColumns.map(asText).join(', ')}], chr(10))`;

/** Returns the query of events that satisfy a condition over the columns, `people` and `salt`. */
function foundRows(condition: string): string {
  return `SELECT ${storedColumns.map(({ sql }) => sql).join(', ')},
  json_format(CAST(map_keys(places) AS json)) AS objects
FROM ${archiveTables.events} CROSS JOIN (${erasedPeople}) AS erased
WHERE ${condition}`;
}

/** Returns the query of events that can mention a person, in any spelling that the exact search finds. */
function mentioningEvents(address: string, pseudonym: string): string {
  return foundRows(
    `regexp_like(${texts}, ${sqlText(bounded(personPattern(addressParts(address), pseudonym)))})`,
  );
}

/** The query of events that name erased people plainly, as recipients of the message or by pseudonyms. */
const againEvents = foundRows(
  `strpos(${texts}, '@${pseudonymDomain}') > 0
  OR any_match(destination, recipient -> element_at(people, ${hashOf('recipient')}) IS NOT NULL)`,
);

/** Finds and erases the mentions in one row; undefined when it mentions no erased person. */
function foundEvent(
  values: readonly PlainValue[],
  erasure: Erasure,
  { people }: Tombstones,
): FoundEvent | undefined {
  const row = rowOf(values);
  const event = archivedEvent(row);
  const erased = erasure.outcome(event);
  const found = {
    id: event.id,
    time: row.event_time instanceof Date ? row.event_time : undefined,
    objects: JSON.parse(String(values[storedColumns.length])) as string[], // from a map with text keys
    row: undefined,
  };
  if (erased === undefined) return { ...found, state: 'removed' };
  if (erased.outcome === 'reject') return { ...found, state: 'rejected' };
  if (erased !== event && erased.outcome === 'event')
    return { ...found, state: 'changed', row: storedRow(erased) };
  const raw = Buffer.from(event.raw);
  if (!people.some(({ pseudonym }) => raw.includes(pseudonym))) return undefined;
  return { ...found, state: 'known' };
}

/**
 * Finds the events of the archive that mention erased people, and makes their rows without them. Nothing is changed.
 *
 * @param sql {@link mentioningEvents} or {@link againEvents}
 * @param onFound called with the number of events after each page of the result
 * @throws {QueryError} when Athena does not answer, or there are more than 100,000 events
 */
async function findErasures(
  engine: AthenaEngine,
  { sql, tombstones, onFound }: { sql: string; tombstones: Tombstones; onFound?: (events: number) => void },
): Promise<FoundEvent[]> {
  const erasure = new Erasure(tombstones);
  const found: FoundEvent[] = [];
  let changed = 0;
  for await (const page of (await engine.query(sql)).rows) {
    for (const values of page) {
      const event = foundEvent(values, erasure, tombstones);
      if (event !== undefined) found.push(event);
      if (event !== undefined && event.state !== 'known') changed++;
    }
    if (changed > maxEvents)
      throw new QueryError(
        `more than ${maxEvents} events mention the person, as those of a sender do: change them by a statement in Athena`,
      );
    onFound?.(found.length);
  }
  return found;
}

export { againEvents, type FoundEvent, findErasures, mentioningEvents };
