import type { GlueCatalogTableConfig } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { Fn, Token } from 'cdktf';
import { trino } from '../../consumer/archive/dialects/trino';
import type { View, ViewColumn } from '../../consumer/archive/views/view';
import { lineEventColumns } from '../../consumer/queries/lines/events-from-lines';

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
const tableNames = { events: 'event_lines', errors: 'error_lines', parquet: 'event_parquet' } as const;

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

/** The types of the Glue catalog, which are Hive's, by Trino's type. */
const hiveTypes: Readonly<Record<string, string>> = {
  varchar: 'string',
  bigint: 'bigint',
  boolean: 'boolean',
  double: 'double',
  date: 'date',
  'timestamp(3)': 'timestamp',
  'array(varchar)': 'array<string>',
};

/**
 * Converts columns to the types of the Glue catalog.
 * @throws {Error} when Hive has no type for a column
 */
function hiveColumns(columns: readonly ViewColumn[]): ViewColumn[] {
  return columns.map(({ name, type }) => {
    const hiveType = hiveTypes[type];
    if (hiveType === undefined)
      throw new Error(`column ${name} has the type ${type}, which Hive does not support`);
    return { name, type: hiveType };
  });
}

/** The columns of events in Parquet: those of `events` except the line itself, which is only in the bucket. */
const eventParquetColumns: readonly ViewColumn[] = lineEventColumns.filter(({ name }) => name !== 'line');

/** Events in Parquet, by day of the event. */
function eventParquet(location: TableLocation): Table {
  return projectedTable(location, { day: days(location.from) }, named('day'), {
    description:
      'Events in Parquet, by day of the event. Contains the days that the saved query fill-event-parquet has filled.',
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

/** The definition of a view, in the order of its JSON text. */
interface ViewDefinition {
  catalog: string;
  columns: readonly ViewColumn[];
  originalSql: string;
  schema: string;
}

/**
 * Encodes a definition as Terraform does, so that the text is the same whether the database is known or not.
 * Terraform sorts keys, and escapes characters that have a meaning in HTML.
 * @see https://developer.hashicorp.com/terraform/language/functions/jsonencode
 */
function encodedDefinition(definition: ViewDefinition): string {
  if (Token.isUnresolved(definition.schema)) {
    // CDKTF escapes quotes and newlines in an object only in a raw string, and never backslashes.
    const originalSql = Fn.rawString(definition.originalSql.replaceAll('\\', '\\\\'));
    return Fn.base64encode(Fn.jsonencode({ ...definition, originalSql }));
  }
  const escaped = JSON.stringify(definition).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(escaped).toString('base64');
}

/**
 * Creates a view in Athena's form: JSON in base64 in a comment.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html
 */
function viewTable({ meaning, sql, columns }: View, database: string): Table {
  const definition = {
    catalog: 'awsdatacatalog',
    columns: columns.map(({ name, type }) => ({ name, type })),
    originalSql: sql(trino).trim(),
    schema: database,
  };
  return {
    description: meaning,
    tableType: 'VIRTUAL_VIEW',
    parameters: { presto_view: 'true', comment: 'Presto View' },
    viewOriginalText: `/* Presto View: ${encodedDefinition(definition)} */`,
    viewExpandedText: '/* Presto View */',
    storageDescriptor: { columns: hiveColumns(columns) },
  };
}

export { errorLines, eventLines, eventParquet, eventParquetColumns, type Table, tableNames, viewTable };
