import { columnsOfType, type ViewColumn } from '../../archive/views/view';
import { eventColumns } from '../lines/events-from-lines';

/** The Iceberg tables of the catalog: the events, the days of arrival that are complete in them, and the erased people. */
const archiveTables = {
  events: 'event_archive',
  windows: 'archive_windows',
  tombstones: 'archive_tombstones',
} as const;

/** The columns of `event_archive`: those of an event, and the objects that contain it with its occurrences in each. */
const archiveColumns: readonly ViewColumn[] = [
  ...eventColumns,
  ...columnsOfType('map(varchar, bigint)', 'places'),
];

/** The columns of `archive_windows`, one row for each day of arrival. */
const windowColumns: readonly ViewColumn[] = [
  ...columnsOfType('date', 'arrival_day'),
  ...columnsOfType('bigint', 'events', 'unreadable_lines', 'unreadable_objects'),
  ...columnsOfType('array(varchar)', 'other_objects'),
  ...columnsOfType('timestamp(3)', 'recorded_at'),
];

/** The columns of `archive_tombstones`, one row for each erased person. It contains no address. */
const tombstoneColumns: readonly ViewColumn[] = [
  ...columnsOfType('varchar', 'address_hash', 'pseudonym', 'salt'),
  ...columnsOfType('boolean', 'removed'),
  ...columnsOfType('timestamp(3)', 'forgotten_at'),
];

/** The types of Athena's CREATE TABLE, by Trino's type. Iceberg has timestamps in microseconds. */
const athenaTypes: Readonly<Record<string, string>> = {
  varchar: 'string',
  bigint: 'bigint',
  boolean: 'boolean',
  date: 'date',
  varbinary: 'binary',
  'timestamp(3)': 'timestamp',
  'array(varchar)': 'array<string>',
  'map(varchar, bigint)': 'map<string, bigint>',
};

/** A table to create. */
interface ArchiveTable {
  name: string;
  columns: readonly ViewColumn[];
  /** Columns or transforms of columns: each file has rows of one value. */
  partitions: readonly string[];
}

/**
 * The events. Also divided by kind, because Athena cannot sort the rows of a file. The ten kinds have five buckets: those of
 * Send, Delivery, Open and Bounce, Click, and Complaint and DeliveryDelay.
 */
const eventArchive: ArchiveTable = {
  name: archiveTables.events,
  columns: archiveColumns,
  partitions: ['day(event_time)', 'bucket(6, event_type)'],
};

/** The days of arrival whose events are all in the other table. */
const archiveWindows: ArchiveTable = { name: archiveTables.windows, columns: windowColumns, partitions: [] };

/** The erased people, for later merges. */
const archiveTombstones: ArchiveTable = {
  name: archiveTables.tombstones,
  columns: tombstoneColumns,
  partitions: [],
};

/** All tables, in the order in which they are created. */
const icebergTables: readonly ArchiveTable[] = [eventArchive, archiveWindows, archiveTombstones];

/**
 * Snapshots are removed after six hours, with the files that only they use. It is also the age from which VACUUM removes
 * files of no snapshot, so it is longer than any statement: one that is running has not committed its files.
 */
const snapshotSeconds = 6 * 60 * 60;

/**
 * Returns the statement that creates an Iceberg table in Athena if it does not exist.
 *
 * @param location the folder of the tables, `s3://bucket/prefix/`
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html
 */
function createTable({ name, columns, partitions }: ArchiveTable, location: string): string {
  const definitions = columns.map((column) => `  ${column.name} ${athenaTypes[column.type]}`);
  const properties = {
    table_type: 'ICEBERG',
    format: 'parquet',
    write_compression: 'zstd',
    // A file with deleted rows is rewritten, so that the rows do not remain in it.
    optimize_rewrite_delete_file_threshold: '1',
    vacuum_max_snapshot_age_seconds: String(snapshotSeconds),
  };
  return [
    `CREATE TABLE IF NOT EXISTS ${name} (`,
    definitions.join(',\n'),
    ')',
    ...(partitions.length === 0 ? [] : [`PARTITIONED BY (${partitions.join(', ')})`]),
    `LOCATION '${location}${name}/'`,
    `TBLPROPERTIES (${Object.entries(properties)
      .map(([key, value]) => `'${key}' = '${value}'`)
      .join(', ')})`,
  ].join('\n');
}

/** The query of the days of arrival that are complete in the archive, in order. */
const recordedDays = `SELECT CAST(arrival_day AS varchar) AS arrival_day FROM ${archiveTables.windows} ORDER BY 1`;

export {
  archiveColumns,
  archiveTables,
  archiveTombstones,
  archiveWindows,
  createTable,
  eventArchive,
  icebergTables,
  recordedDays,
  windowColumns,
};
