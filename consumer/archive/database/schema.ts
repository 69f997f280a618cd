import { type Column, columns } from '../columns';
import { place, sqlTypes } from '../staging/staged-columns';

/** The version of the tables below; raised with every change of them, which `migrate.ts` makes in older archives. */
const schemaVersion = 3;

function definitions(list: readonly Pick<Column, 'name' | 'type' | 'isLong'>[]): string {
  return list
    .map(({ name, type, isLong }) => `"${name}" ${sqlTypes[type]}${isLong ? ' USING COMPRESSION zstd' : ''}`)
    .join(', ');
}

/** An event id as other engines write it. */
const idText = (name: string) => `replace(${name}::VARCHAR, '-', '')`;

/**
 * The archive's tables. `event_rows` has one row for each event and `occurrences` one for each place where
 * it was found; `objects` is the ledger of what was ingested, with the time before which an object's events were pruned, and of what
 * is ignored, with the reason;
 * `rejects` are what could not be read; `tombstones` are those who were forgotten, by the salted hash of their address.
 */
const tables = `
CREATE TABLE archive (schema_version INTEGER NOT NULL, salt VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE TABLE objects (
  object_number BIGINT NOT NULL, object VARCHAR NOT NULL, etag VARCHAR, fingerprint VARCHAR, size BIGINT,
  events BIGINT NOT NULL, rejects BIGINT NOT NULL, skipped VARCHAR NOT NULL, fetched_bytes BIGINT NOT NULL,
  bytes BIGINT NOT NULL, ingested_at TIMESTAMP NOT NULL, pruned_before TIMESTAMP, ignored VARCHAR
);
CREATE TABLE event_rows (${definitions(columns)});
CREATE TABLE occurrences (event_id UUID NOT NULL, object_number BIGINT NOT NULL, ${definitions(place)});
CREATE TABLE rejects (
  object_number BIGINT NOT NULL, ${definitions(place)},
  reason VARCHAR NOT NULL, message VARCHAR NOT NULL, issues VARCHAR, raw BLOB NOT NULL
);
CREATE TABLE tombstones (
  address_hash VARCHAR NOT NULL, pseudonym VARCHAR NOT NULL, forgotten_at TIMESTAMP NOT NULL, removed BOOLEAN NOT NULL
);
`;

/** The columns of the view `events`, taken from `event_rows`. */
const eventColumns = columns
  .map(({ name, type }) => (type === 'id' ? `${idText(`event_rows.${name}`)} AS ${name}` : `"${name}"`))
  .join(', ');

/** What people query: ids as text, and what follows from the tables. */
const views = `
CREATE OR REPLACE VIEW events AS SELECT ${eventColumns} FROM event_rows;
CREATE OR REPLACE VIEW event_occurrences AS
  SELECT ${idText('event_id')} AS event_id, object, byte_offset, byte_length, record_index, envelopes, firehose_error
  FROM occurrences JOIN objects USING (object_number);
CREATE OR REPLACE VIEW duplicates AS
  SELECT * FROM event_occurrences
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY object, byte_offset, record_index NULLS FIRST) > 1;
CREATE OR REPLACE VIEW feedback_twins AS
  SELECT ${idText('legacy.event_id')} AS event_id, ${idText('published.event_id')} AS twin_of
  FROM event_rows legacy JOIN event_rows published USING (feedback_id, event_type)
  WHERE legacy.origin = 'legacy-notification' AND published.origin = 'event-publishing';
`;

export { eventColumns, idText, schemaVersion, tables, views };
