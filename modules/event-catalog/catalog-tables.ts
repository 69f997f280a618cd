import type { GlueCatalogTableConfig } from '@cdktf/provider-aws/lib/glue-catalog-table';

/** A table of the catalog without its database. */
type Table = Omit<GlueCatalogTableConfig, 'name' | 'databaseName'>;

/** The prefix of a table's objects, and their first day. */
interface TableLocation {
  bucketName: string;
  /** With a slash at its end. */
  prefix: string;
  /** The first day that has objects, as yyyy-MM-dd. */
  from: string;
}

/** Firehose's kinds of error for a destination in S3: folders below the errors prefix. */
const errorTypes = ['processing-failed', 'format-conversion-failed'];

/** Names of the tables that the views read. */
const tableNames = { events: 'event_lines', errors: 'error_lines' } as const;

/** Names of the tables of the archive. Athena creates them: Glue refuses to create an Iceberg table with partitions. */
const archiveTableNames = ['event_archive', 'archive_windows', 'archive_tombstones'] as const;

/** Rules for a partition's values, from which Athena computes partitions, so that they need not be added. */
type Projection = Readonly<Record<string, string>>;

/** Every day up to tomorrow in UTC, which Athena computes during a query. */
const days = (from: string): Projection => ({
  type: 'date',
  format: 'yyyy-MM-dd',
  range: `${from},NOW+1DAY`,
  interval: '1',
  'interval.unit': 'DAYS',
});

const hours: Projection = { type: 'integer', range: '0,23', digits: '2' };

/** `dt=${dt}/`: the text of a partition's folder; Athena, not Terraform, replaces the expression. */
const named = (partition: string) => `${partition}=$\${${partition}}/`;

/**
 * Creates a table whose partitions are computed.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html
 */
function projectedTable(
  { bucketName, prefix }: TableLocation,
  partitions: Readonly<Record<string, Projection>>,
  folders: string,
  table: { description: string; parameters?: Record<string, string>; storage: Table['storageDescriptor'] },
): Table {
  const location = `s3://${bucketName}/${prefix}`;
  const properties = Object.entries(partitions).flatMap(([partition, projection]) =>
    Object.entries(projection).map(([key, value]) => [`projection.${partition}.${key}`, value]),
  );
  return {
    description: table.description,
    tableType: 'EXTERNAL_TABLE',
    parameters: {
      EXTERNAL: 'TRUE',
      ...table.parameters,
      'projection.enabled': 'true',
      ...Object.fromEntries(properties),
      'storage.location.template': `${location}${folders}`,
    },
    partitionKeys: Object.keys(partitions).map((name) => ({ name, type: 'string' })),
    storageDescriptor: { location, ...table.storage },
  };
}

/**
 * Lines as one text column: JSON text has no control characters, so the separator U+0001 never occurs. Athena
 * detects compression by the suffix of an object's name.
 * @see https://docs.aws.amazon.com/athena/latest/ug/lazy-simple-serde.html
 */
const lines: Table['storageDescriptor'] = {
  columns: [{ name: 'line', type: 'string' }],
  inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  serDeInfo: {
    serializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
    parameters: { 'field.delim': '\u0001', 'serialization.format': '\u0001' },
  },
};

/** The delivered lines, by hour of arrival. */
function eventLines(location: TableLocation): Table {
  const partitions = { dt: days(location.from), hour: hours };
  return projectedTable(location, partitions, `${named('dt')}${named('hour')}`, {
    description:
      'Records as Firehose delivered them, one per line. dt and hour are the time of arrival in UTC.',
    storage: lines,
  });
}

/** Records that could not be processed, by kind of error and hour. */
function errorLines(location: TableLocation): Table {
  const partitions = {
    error_type: { type: 'enum', values: errorTypes.join(',') },
    dt: days(location.from),
    hour: hours,
  };
  return projectedTable(location, partitions, `$\${error_type}/${named('dt')}${named('hour')}`, {
    description:
      'Error records as Firehose wrote them, one per line. dt and hour are the time of arrival in UTC.',
    storage: lines,
  });
}

export { archiveTableNames, errorLines, eventLines, type Table, tableNames };
