import { TerraformVariable } from 'cdktf';
import { questions } from '../../../consumer/queries/questions/question';
import { catalogViews } from '../../../consumer/queries/views/athena-views';
import { EventCatalog, type EventCatalogProps } from '../../../modules/event-catalog/event-catalog';
import { resourcesInConfigurations } from '../in-configurations';
import { addresses, resourceAt, type Synthesized, synthesizeStream, synthesizeWith } from '../synthesize';
import { isArchive, isSavedQuery, isTable } from './catalog-parts';

type Props = Omit<EventCatalogProps, 'bucketName' | 'bucketArn'>;
const wiring = { bucketName: 'archive', bucketArn: 'arn:aws:s3:::archive', catalogFrom: '2026-03-01' };

/** Stacks by their props, because a catalog is large. No test changes them. */
const stacks = new Map<string, Synthesized>();

function synthesized(props: Props = {}): Synthesized {
  const key = JSON.stringify(props);
  const stack =
    stacks.get(key) ?? synthesizeWith((scope) => new EventCatalog(scope, 'catalog', { ...wiring, ...props }));
  stacks.set(key, stack);
  return stack;
}

const table = (name: string, props: Props = {}) =>
  resourceAt(synthesized(props), `aws_glue_catalog_table.catalog_${name}`);
const workgroup = (props: Props = {}) => resourceAt(synthesized(props), 'aws_athena_workgroup.catalog');
const viewNames = catalogViews({ events: 'event_lines', errors: 'error_lines' }).map(({ name }) => name);

/** Decodes the definition of a view whose database is known. */
function definitionOf(name: string, props: Props = {}): Record<string, unknown> {
  const [, encoded = ''] =
    /^\/\* Presto View: (\S+) \*\/$/.exec(String(table(name, props).view_original_text)) ?? [];
  return JSON.parse(Buffer.from(encoded, 'base64').toString());
}

describe('the catalog', () => {
  it('is off by default', () => {
    expect(addresses(synthesizeStream()).filter((address) => /glue|athena/.test(address))).toEqual([]);
  });

  it('is a database, tables of lines, every view, a workgroup, and every question', () => {
    const names = [
      ...['event_lines', 'error_lines', ...viewNames].map((name) => `aws_glue_catalog_table.catalog_${name}`),
      ...questions().map(({ name }) => `aws_athena_named_query.catalog_${name.replaceAll('-', '_')}`),
      'aws_glue_catalog_database.catalog',
      'aws_athena_workgroup.catalog',
    ];
    expect(addresses(synthesized())).toEqual(names.sort());
  });

  it('has a database with the common name, without hyphens, which require quotes', () => {
    const name = (props: Props) => resourceAt(synthesized(props), 'aws_glue_catalog_database.catalog').name;
    expect(name({})).toBe('email_events');
    expect(name({ name: 'shop-mail-events' })).toBe('shop_mail_events');
    expect(name({ catalogDatabase: 'mail' })).toBe('mail');
  });

  it('computes the partitions of delivered lines from the first day to tomorrow', () => {
    expect(table('event_lines', { dataPrefix: 'mail/events/' })).toMatchObject({
      table_type: 'EXTERNAL_TABLE',
      partition_keys: [
        { name: 'dt', type: 'string' },
        { name: 'hour', type: 'string' },
      ],
      parameters: {
        EXTERNAL: 'TRUE',
        'projection.enabled': 'true',
        'projection.dt.type': 'date',
        'projection.dt.format': 'yyyy-MM-dd',
        'projection.dt.range': '2026-03-01,NOW+1DAY',
        'projection.hour.type': 'integer',
        'projection.hour.range': '0,23',
        'projection.hour.digits': '2',
        'storage.location.template': 's3://archive/mail/events/dt=$${dt}/hour=$${hour}/',
      },
      storage_descriptor: { location: 's3://archive/mail/events/' },
    });
  });

  it('has the error types of the stream', () => {
    const { parameters, partition_keys: keys } = table('error_lines', { errorPrefix: 'failed/' });
    expect(parameters).toMatchObject({
      'projection.error_type.type': 'enum',
      'projection.error_type.values': 'processing-failed,format-conversion-failed',
      'projection.dt.range': '2026-03-01,NOW+1DAY',
      'storage.location.template': 's3://archive/failed/$${error_type}/dt=$${dt}/hour=$${hour}/',
    });
    expect(keys).toEqual(['error_type', 'dt', 'hour'].map((name) => ({ name, type: 'string' })));
  });

  it.each(['event_lines', 'error_lines'])('reads a line of %s as one text', (name) => {
    expect(table(name).storage_descriptor).toMatchObject({
      columns: [{ name: 'line', type: 'string' }],
      input_format: 'org.apache.hadoop.mapred.TextInputFormat',
      ser_de_info: {
        serialization_library: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
        parameters: { 'field.delim': '\u0001' },
      },
    });
  });

  it.each(viewNames)('has the view %s in the form of Athena', (name) => {
    const view = table(name, { name: 'shop-mail' });
    expect(view).toMatchObject({
      name,
      database_name: '${aws_glue_catalog_database.catalog.name}',
      table_type: 'VIRTUAL_VIEW',
      parameters: { presto_view: 'true', comment: 'Presto View' },
      view_expanded_text: '/* Presto View */',
    });
    expect(view).not.toHaveProperty('partition_keys');
    const { catalog, schema, columns } = definitionOf(name, { name: 'shop-mail' });
    expect([catalog, schema]).toEqual(['awsdatacatalog', 'shop_mail']);
    const { columns: hiveColumns } = view.storage_descriptor as { columns: { name: string }[] }; // just synthesized
    expect(hiveColumns.map((column) => column.name)).toEqual(
      (columns as { name: string }[]).map((column) => column.name), // the definition's own form
    );
  });

  it('creates each view after the views that it can read', () => {
    const precedents = (name: string) => table(name).depends_on;
    expect(precedents('events')).toEqual([
      'aws_glue_catalog_table.catalog_event_lines',
      'aws_glue_catalog_table.catalog_error_lines',
    ]);
    viewNames.slice(1).forEach((name, index) => {
      expect(precedents(name)).toEqual([`aws_glue_catalog_table.catalog_${viewNames[index]}`]);
    });
  });

  it('limits the scan of a query, and enforces the location of results', () => {
    expect(workgroup({ catalogResultsPrefix: 'answers/' })).toMatchObject({
      name: 'email-events',
      configuration: {
        enforce_workgroup_configuration: true,
        publish_cloudwatch_metrics_enabled: true,
        bytes_scanned_cutoff_per_query: 100 * 2 ** 30,
        engine_version: { selected_engine_version: 'Athena engine version 3' },
        result_configuration: { output_location: 's3://archive/answers/' },
      },
      force_destroy: false,
    });
    expect(workgroup({ catalogScanLimit: 10_485_760, forceDestroy: true })).toMatchObject({
      configuration: { bytes_scanned_cutoff_per_query: 10_485_760 },
      force_destroy: true,
    });
  });

  it('encrypts results with SSE-S3, or with a customer-managed key', () => {
    const encryption = (props: Props) => {
      const { configuration } = workgroup(props);
      // just synthesized
      return (configuration as { result_configuration: Record<string, unknown> }).result_configuration
        .encryption_configuration;
    };
    expect(encryption({})).toEqual({ encryption_option: 'SSE_S3' });
    expect(encryption({ keyArn: 'arn:key' })).toEqual({
      encryption_option: 'SSE_KMS',
      kms_key_arn: 'arn:key',
    });
  });

  it.each(questions().map((question) => [question.name, question] as const))(
    'has the question %s as a saved query without parameters',
    (name, { title, description }) => {
      const saved = resourceAt(synthesized(), `aws_athena_named_query.catalog_${name.replaceAll('-', '_')}`);
      expect(saved).toMatchObject({
        name,
        database: '${aws_glue_catalog_database.catalog.name}',
        workgroup: '${aws_athena_workgroup.catalog.name}',
      });
      expect(saved.description).toBe(`${title}. ${description}`);
      expect(String(saved.description).length).toBeLessThanOrEqual(1024);
      expect(saved.query).not.toMatch(/\{/);
    },
  );

  it('contains an expression for the database if only Terraform knows the name', () => {
    const stack = synthesizeWith((scope) => {
      const name = new TerraformVariable(scope, 'name', {}).stringValue;
      new EventCatalog(scope, 'catalog', { ...wiring, name });
    });
    expect(resourceAt(stack, 'aws_glue_catalog_table.catalog_events').view_original_text).toMatch(
      /^\/\* Presto View: \$\{base64encode\(jsonencode\(\{"catalog" = "awsdatacatalog", .*"schema" = replace\(var\.name, "-", "_"\)\}\)\)\} \*\/$/,
    );
  });

  it('can be created on its own, for an existing stream', () => {
    expect(addresses(synthesized())).not.toContain('aws_kinesis_firehose_delivery_stream.stream');
    expect(() => synthesized({ compressionFormat: 'Snappy' })).toThrow(
      'catalog does not support compressionFormat',
    );
  });

  it('has a database, views and a workgroup that match the snapshot in every configuration', () => {
    const isRest = (address: string) => !isSavedQuery(address) && !isTable(address) && !isArchive(address);
    expect(resourcesInConfigurations('catalog', isRest)).toMatchSnapshot();
  });
});
