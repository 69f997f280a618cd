import { type Column, columns } from './columns';

/**
 * The version of the tables, columns and kinds below. Raise it with every change of them, so that an older ses-events
 * rejects an archive that it would write incorrectly.
 */
const schemaVersion = 3;

const sqlTypes: Readonly<Record<Column['type'], string>> = {
  id: 'UUID',
  text: 'VARCHAR',
  texts: 'VARCHAR[]',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
  json: 'VARCHAR',
  bytes: 'BLOB',
};

/** The place of a record in its object. */
const place = [
  { name: 'byte_offset', type: 'integer' },
  { name: 'byte_length', type: 'integer' },
  { name: 'record_index', type: 'integer' },
  { name: 'envelopes', type: 'texts' },
  { name: 'firehose_error', type: 'json' },
] as const;

/** The columns of a table by name, each with its SQL definition. */
type TableColumns = Readonly<Record<string, string>>;

function definitions(list: readonly Pick<Column, 'name' | 'type' | 'isLong'>[]): TableColumns {
  return Object.fromEntries(
    list.map(({ name, type, isLong }) => [
      name,
      `${sqlTypes[type]}${isLong ? ' USING COMPRESSION zstd' : ''}`,
    ]),
  );
}

/** An event id in the spelling of other engines. */
const idText = (name: string) => `replace(${name}::VARCHAR, '-', '')`;

/**
 * The archive's tables:
 *
 * - `event_rows` has one row for each event.
 * - `occurrences` has one row for each place where an event was found.
 * - `objects` is the ledger: ingested objects, with the time before which their events were pruned, and ignored
 *   objects, with the reason.
 * - `rejects` has the records that could not be read.
 * - `tombstones` has the erased people, by the salted hash of their address.
 *
 * A column that is added to a table must not be NOT NULL: existing archives get it without a value.
 */
const tables: Readonly<Record<string, TableColumns>> = {
  archive: {
    schema_version: 'INTEGER NOT NULL',
    salt: 'VARCHAR NOT NULL',
    created_at: 'TIMESTAMP NOT NULL',
    layout: 'VARCHAR',
  },
  objects: {
    object_number: 'BIGINT NOT NULL',
    object: 'VARCHAR NOT NULL',
    etag: 'VARCHAR',
    fingerprint: 'VARCHAR',
    size: 'BIGINT',
    events: 'BIGINT NOT NULL',
    rejects: 'BIGINT NOT NULL',
    skipped: 'VARCHAR NOT NULL',
    fetched_bytes: 'BIGINT NOT NULL',
    bytes: 'BIGINT NOT NULL',
    ingested_at: 'TIMESTAMP NOT NULL',
    pruned_before: 'TIMESTAMP',
    ignored: 'VARCHAR',
  },
  event_rows: definitions(columns),
  occurrences: { event_id: 'UUID NOT NULL', object_number: 'BIGINT NOT NULL', ...definitions(place) },
  rejects: {
    object_number: 'BIGINT NOT NULL',
    ...definitions(place),
    reason: 'VARCHAR NOT NULL',
    message: 'VARCHAR NOT NULL',
    issues: 'VARCHAR',
    raw: 'BLOB NOT NULL',
  },
  tombstones: {
    address_hash: 'VARCHAR NOT NULL',
    pseudonym: 'VARCHAR NOT NULL',
    forgotten_at: 'TIMESTAMP NOT NULL',
    removed: 'BOOLEAN NOT NULL',
  },
};

/** The statement that creates a table if it does not exist. */
function createTable(name: string): string {
  const list = Object.entries(tables[name] ?? {}).map(([column, definition]) => `"${column}" ${definition}`);
  return `CREATE TABLE IF NOT EXISTS ${name} (${list.join(', ')});`;
}

/** The columns of the view `events`, taken from `event_rows`. */
const eventColumns = columns
  .map(({ name, type }) => (type === 'id' ? `${idText(`event_rows.${name}`)} AS ${name}` : `"${name}"`))
  .join(', ');

export { createTable, eventColumns, idText, place, schemaVersion, sqlTypes, type TableColumns, tables };
