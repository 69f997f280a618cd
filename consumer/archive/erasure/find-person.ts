import type { Outcome } from '../../records/outcome';
import { archivedEvent } from '../rows/stored-event';
import { Stage } from '../staging/stage';
import { stagedColumns, stagedEvents } from '../staging/staged-columns';
import { loadRows, StagedTable } from '../staging/staged-rows';
import type { Database } from '../store/database';
import {
  candidateEvents,
  candidateOccurrences,
  candidateRejects,
  type Examined,
  needlesOf,
} from './candidates';
import { changedColumns, objectsOf } from './changed-columns';
import type { Erasure } from './erase-outcome';
import type { Mentions } from './mentions';
import type { AddressParts } from './spellings/address';

/** The results for events: their ids and `changed`, `removed`, `rejected` or `known` (changed by an earlier run). */
const eventStates = stagedColumns({ event_id: 'id', state: 'text' });

/** Events that become rejects, for all their occurrences. */
const rejectedEvents = stagedColumns({ event_id: 'id', reason: 'text', message: 'text', raw: 'bytes' });

const changedOccurrences = stagedColumns({ row: 'integer', firehose_error: 'json' });

const changedRejects = stagedColumns({
  row: 'integer',
  firehose_error: 'json',
  message: 'text',
  issues: 'json',
  raw: 'bytes',
});

/** A person, the way to erase the person, and the folder for collected rows. */
interface Search {
  address: AddressParts;
  pseudonym: string;
  erasure: Erasure;
  /** The search that excludes most of the records. */
  mentions: Mentions;
  folder: string;
  /** Called with the number of examined events. */
  onExamined: (examined: Examined) => void;
}

/** The places where a person was found, with the changes. */
interface Found {
  /** Number of events in which the person was pseudonymized. */
  eventsChanged: number;
  /** Number of events about the person alone that were deleted. */
  eventsRemoved: number;
  /** Number of events that are rejects now: without the person they would not be events of their kind. */
  eventsRejected: number;
  /** Number of occurrences whose Firehose error contained the person. */
  occurrencesChanged: number;
  /** Number of rejects that contained the person. */
  rejectsChanged: number;
  /** Number of changed rows of each column, by `table.column`. Columns without changes are omitted. */
  columns: Readonly<Record<string, number>>;
  /** The delivered objects, by URI or path, that contain the person. The archive does not change them. */
  objects: readonly string[];
}

/** The result for an event, given the outcome after the erasure. */
function stateOf(outcome: Outcome | undefined): 'removed' | 'rejected' | 'changed' {
  if (outcome === undefined) return 'removed';
  return outcome.outcome === 'reject' ? 'rejected' : 'changed';
}

async function findEvents(database: Database, search: Search) {
  const { address, pseudonym, erasure, mentions, folder, onExamined } = search;
  const rows = new Stage(folder);
  const states = new StagedTable(folder, 'event_states', eventStates);
  const rejects = new StagedTable(folder, 'rejected_events', rejectedEvents);
  const counts = { changed: 0, removed: 0, rejected: 0, known: 0 };
  for await (const batch of candidateEvents(database, needlesOf(address), pseudonym, onExamined)) {
    for (const row of batch) {
      const event = archivedEvent(row);
      const raw = Buffer.from(event.raw.buffer, event.raw.byteOffset, event.raw.byteLength);
      const erased = mentions.mayBeIn(raw, 0, raw.length) ? erasure.outcome(event) : event;
      const isKnown = erased === event && raw.includes(pseudonym);
      if (erased === event && !isKnown) continue;
      const state = isKnown ? 'known' : stateOf(erased);
      if (state === 'changed' && erased !== undefined) rows.outcome(erased);
      if (erased?.outcome === 'reject') {
        rejects.add([event.id, erased.reason, erased.message, Buffer.from(erased.raw).toString('base64')]);
      }
      counts[state]++;
      states.add([event.id, state]);
    }
  }
  await states.load(database);
  await rejects.load(database);
  await loadRows(database, 'changed_events', stagedEvents, rows.result().events);
  return counts;
}

async function findOccurrences(
  database: Database,
  { erasure, folder, pseudonym }: Search,
  objects: Set<bigint>,
) {
  const changes = new StagedTable(folder, 'changed_occurrences', changedOccurrences);
  for await (const batch of candidateOccurrences(database)) {
    for (const { row, object_number, firehose_error: error } of batch) {
      const erased = erasure.text(error);
      if (erased.includes(pseudonym)) objects.add(object_number);
      if (erased !== error) changes.add([Number(row), erased]);
    }
  }
  await changes.load(database);
  return changes.count;
}

async function findRejects(database: Database, { erasure, folder, pseudonym }: Search, objects: Set<bigint>) {
  const changes = new StagedTable(folder, 'changed_rejects', changedRejects);
  const text = (value: string | null) => (value === null ? undefined : erasure.text(value));
  for await (const batch of candidateRejects(database)) {
    for (const { row, object_number, firehose_error, message, issues, raw } of batch) {
      const before = Buffer.from(raw);
      const after = erasure.bytes(before);
      const texts = [firehose_error, message, issues];
      const erased = texts.map(text);
      const isSame =
        after.equals(before) && texts.every((value, index) => (value ?? undefined) === erased[index]);
      if (!isSame || after.includes(pseudonym) || erased.some((value) => value?.includes(pseudonym)))
        objects.add(object_number);
      if (!isSame) changes.add([Number(row), ...erased, after.toString('base64')]);
    }
  }
  await changes.load(database);
  return changes.count;
}

/**
 * Finds a person everywhere in an archive, and makes the rows without the person, in temporary tables: `event_states`,
 * `changed_events`, `rejected_events`, `changed_occurrences` and `changed_rejects`. Does not change the archive.
 */
async function findPerson(database: Database, search: Search): Promise<Found> {
  const objectNumbers = new Set<bigint>();
  // In sequence: all rows of a query have to be read before the next statement.
  const events = await findEvents(database, search);
  const occurrencesChanged = await findOccurrences(database, search, objectNumbers);
  const rejectsChanged = await findRejects(database, search, objectNumbers);
  return {
    eventsChanged: events.changed,
    eventsRemoved: events.removed,
    eventsRejected: events.rejected,
    occurrencesChanged,
    rejectsChanged,
    columns: await changedColumns(database),
    objects: await objectsOf(database, objectNumbers),
  };
}

export { type Found, findPerson };
