import type { GlueCatalogTableConfig } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { eventParquetColumns } from '../../consumer/queries/lines/event-parquet';
import { hiveColumns } from '../../consumer/queries/views/glue-view';

/** A table of the catalog without its database. */
type Table = Pick<
  GlueCatalogTableConfig,
  'description' | 'tableType' | 'parameters' | 'partitionKeys' | 'storageDescriptor'
>;

/** Where a table's objects are, and since when. */
interface TableLocation {
  bucketName: string;
  /** With a slash behind it. */
  prefix: string;
  /** The first day that has objects, as yyyy-MM-dd. */
  from: string;
}

/** The kinds of error that Firehose has for a destination in S3: folders below the errors prefix. */
const errorTypes = ['processing-failed', 'format-conversion-failed'];

/** Names of the tables below the views. */
const tableNames = { events: 'event_lines', errors: 'error_lines', parquet: 'event_parquet' } as const;

/** Values that a partition can have, so that Athena computes partitions and nobody has to add any. */
type Projection = Readonly<Record<string, string>>;

/** Every day up to tomorrow: Athena computes it when it is asked, in UTC. */
const days = (from: string): Projection => ({
  type: 'date',
  format: 'yyyy-MM-dd',
  range: `${from},NOW+1DAY`,
  interval: '1',
  'interval.unit': 'DAYS',
});

const hours: Projection = { type: 'integer', range: '0,23', digits: '2' };

/** `dt=${dt}/`: the text of a partition's folder; the dollar sign is Athena's, not Terraform's. */
const named = (partition: string) => `${partition}=$\${${partition}}/`;

/**
 * A table whose partitions are computed.
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
 * Lines as they are, one column of text: JSON has no control characters, so that U+0001 never separates anything.
 * Athena tells compression by the end of an object's name.
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

/** The delivered lines, by the hour of arrival. */
function eventLines(location: TableLocation): Table {
  const partitions = { dt: days(location.from), hour: hours };
  return projectedTable(location, partitions, `${named('dt')}${named('hour')}`, {
    description: 'Lines as Firehose delivered them; dt and hour are their arrival, in UTC.',
    storage: lines,
  });
}

/** What could not be processed, by the kind of error and the hour. */
function errorLines(location: TableLocation): Table {
  const partitions = {
    error_type: { type: 'enum', values: errorTypes.join(',') },
    dt: days(location.from),
    hour: hours,
  };
  return projectedTable(location, partitions, `$\${error_type}/${named('dt')}${named('hour')}`, {
    description: 'Error records as Firehose wrote them; dt and hour are their arrival, in UTC.',
    storage: lines,
  });
}

/** Events in Parquet, by the day on which they happened. */
function eventParquet(location: TableLocation): Table {
  return projectedTable(location, { day: days(location.from) }, named('day'), {
    description: 'Events in Parquet by the day on which they happened, as far as they were filled in.',
    parameters: { classification: 'parquet' },
    storage: {
      columns: hiveColumns(eventParquetColumns),
      inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      serDeInfo: {
        serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
        parameters: { 'serialization.format': '1' },
      },
    },
  });
}

export { errorLines, eventLines, eventParquet, type Table, tableNames };
