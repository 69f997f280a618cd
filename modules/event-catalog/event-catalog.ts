import { AthenaNamedQuery } from '@cdktf/provider-aws/lib/athena-named-query';
import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup';
import { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { Fn, type TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { catalogViews } from '../../consumer/queries/views/athena-views';
import { AwsEnvironment } from '../cdktf/aws-environment';
import { and, type Condition, choose, defined, valueOr, when } from '../cdktf/condition';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import { combine, configure, pick } from '../settings/configure';
import { type CustomerKeyProps, customerKey } from '../settings/customer-key';
import { forceDestroy, namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { fillParquet, type SavedQuery, savedQuestions } from './catalog-queries';
import { catalogReaderPolicy } from './catalog-reader-policy';
import { errorLines, eventLines, eventParquet, type Table, tableNames, viewTable } from './catalog-tables';
import { eventCatalogSettings } from './event-catalog-settings';

const settings = combine(
  pick(namingSettings, 'name', 'tags', 'accountId', 'region', 'partition'),
  eventCatalogSettings,
  pick(deliveryStreamSettings, 'dataPrefix', 'errorPrefix', 'parquetPrefix', 'compressionFormat'),
  { fields: { forceDestroy }, rules: [] },
);

/** Settings of a catalog, and the bucket that Athena reads. */
interface EventCatalogProps extends Pick<StreamProps, keyof typeof settings.fields>, CustomerKeyProps {
  /**
   * The bucket of the events. Its objects are under `dataPrefix` in `dt=yyyy-MM-dd/hour=HH/`. Names of
   * compressed objects end in `.gz`; Athena cannot read a compressed object with another name.
   */
  readonly bucketName: string;
  readonly bucketArn: string;
  /**
   * Resources that queries of the bucket depend on, such as the bucket's policy.
   * @default - none
   */
  readonly dependsOn?: readonly TerraformResource[];
}

/**
 * Returns the default name of the database: `name` with underscores instead of hyphens, because Athena
 * requires quotes around names with hyphens.
 */
function databaseName(name: string): string {
  return Token.isUnresolved(name) ? Fn.replace(name, '-', '_') : name.replaceAll('-', '_');
}

/**
 * All resources that Athena needs for queries of the bucket:
 * - a Glue database with tables of lines whose partitions are computed
 * - the views that the questions read
 * - a workgroup with a limit and encrypted results
 * - the questions, as saved queries.
 *
 * @example new EventCatalog(this, 'catalog', { bucketName, bucketArn, catalogFrom: '2026-03-01' })
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 */
class EventCatalog extends Construct {
  /** The Glue database's resource, where it is created. */
  readonly database: OptionalResource<GlueCatalogDatabase>;
  /** The Athena workgroup's resource, where it is created. */
  readonly workgroup: OptionalResource<AthenaWorkgroup>;
  /** A policy for users of the catalog, as JSON; it is not attached. */
  readonly readerPolicyJson: string | undefined;

  constructor(scope: Construct, id: string, props: EventCatalogProps) {
    super(scope, id);
    const config = configure(this.node.path, settings, { catalog: true, ...props });
    const { catalog, name, tags, catalogResultsPrefix, catalogParquetPrefix } = config;
    const { bucketName, bucketArn } = props;
    const { isCustomerManaged, keyArn } = customerKey(this.node.path, props);
    const database = valueOr(config.catalogDatabase, databaseName(name));
    const resource = optionalResources(this, catalog);

    this.database = resource(
      (count) =>
        new GlueCatalogDatabase(this, 'database', {
          ...count,
          name: database,
          description: `Email events of ${name}.`,
          tags,
          dependsOn: [...(props.dependsOn ?? [])],
        }),
    );
    const table = (
      tableName: string,
      content: () => Table,
      {
        condition = catalog,
        dependsOn = [],
      }: { condition?: Condition; dependsOn?: TerraformResource[] } = {},
    ) =>
      optionalResources(this, condition)(
        (count) =>
          new GlueCatalogTable(this, `table-${tableName}`, {
            ...count,
            name: tableName,
            databaseName: this.database.existingAttribute('name'),
            ...content(),
            dependsOn,
          }),
        tableName,
      );
    const at = (prefix: string) => ({ bucketName, prefix, from: config.catalogFrom ?? '' });
    const { events, errors, parquet } = tableNames;
    const tables = [
      table(events, () => eventLines(at(config.dataPrefix))),
      table(errors, () => errorLines(at(config.errorPrefix))),
    ];
    const withParquet = and(catalog, config.catalogParquet);
    table(parquet, () => eventParquet(at(catalogParquetPrefix)), { condition: withParquet });
    // Each view depends on the previous ones, which it may read, so that every existing view works at all
    // times.
    catalogViews(tableNames).reduce(
      (before, view) => table(view.name, () => viewTable(view, database), { dependsOn: before }).dependables,
      tables.flatMap(({ dependables }) => dependables as TerraformResource[]),
    );

    this.workgroup = resource(
      (count) =>
        new AthenaWorkgroup(this, 'workgroup', {
          ...count,
          name,
          description: `Queries of the email events of ${name}.`,
          configuration: {
            enforceWorkgroupConfiguration: true,
            publishCloudwatchMetricsEnabled: true,
            bytesScannedCutoffPerQuery: config.catalogScanLimit,
            engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
            resultConfiguration: {
              outputLocation: `s3://${bucketName}/${catalogResultsPrefix}`,
              encryptionConfiguration: {
                encryptionOption: choose(isCustomerManaged, 'SSE_KMS', 'SSE_S3'),
                ...defined({ kmsKeyArn: when(isCustomerManaged, keyArn) }),
              },
            },
          },
          // Athena deletes a workgroup with history only with this option.
          forceDestroy: config.forceDestroy,
          tags,
          dependsOn: [...(props.dependsOn ?? [])],
        }),
    );
    const savedQuery = (saved: SavedQuery, needed: Condition = catalog) =>
      optionalResources(this, needed)(
        (count) =>
          new AthenaNamedQuery(this, `query-${saved.name}`, {
            ...count,
            ...saved,
            database: this.database.existingAttribute('name'),
            workgroup: this.workgroup.existingAttribute('name'),
          }),
        saved.name,
      );
    // The questions' files are only read when the catalog is created.
    if (catalog !== false) for (const question of savedQuestions()) savedQuery(question);
    if (config.catalogParquet !== false) savedQuery(fillParquet(), withParquet);

    const { accountId, region, partition, dnsSuffix } = AwsEnvironment.of(this, config);
    const readerPolicy = (readerKey?: string) =>
      Fn.jsonencode(
        catalogReaderPolicy({
          ...{ accountId, region, partition, dnsSuffix, database, bucketArn },
          workgroup: name,
          dataPrefixes: [config.dataPrefix, config.errorPrefix, catalogParquetPrefix],
          resultsPrefix: catalogResultsPrefix,
          keyArn: readerKey,
        }),
      );
    this.readerPolicyJson = when(catalog, choose(isCustomerManaged, readerPolicy(keyArn), readerPolicy()));
  }
}

export { EventCatalog, type EventCatalogProps };
