import { AthenaNamedQuery } from '@cdktf/provider-aws/lib/athena-named-query';
import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup';
import { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { Fn, type TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { AwsEnvironment } from '../cdktf/aws-environment';
import { and, choose, defined, isSet, valueOr, when } from '../cdktf/condition';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import type { PolicyDocument } from '../policies/policy-documents';
import { combine, configure, pick } from '../settings/configure';
import { type CustomerKeyProps, customerKey } from '../settings/customer-key';
import { forceDestroy, namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { catalogWriterPolicy } from './archive-policies';
import { ArchiveSchedules } from './archive-schedules';
import { archiveTableSettings } from './archive-table-settings';
import { savedQuestions } from './catalog-queries';
import { catalogReaderPolicy } from './catalog-reader-policy';
import { errorLines, eventLines, type Table, tableNames } from './catalog-tables';
import { eventCatalogSettings } from './event-catalog-settings';
import { chosenViews, viewTable } from './view-table';

const settings = combine(
  namingSettings,
  eventCatalogSettings,
  archiveTableSettings,
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
   * The account that owns the bucket. The schedules of the archive access the bucket in this account only.
   * @default - any
   */
  readonly bucketAccountId?: string | undefined;
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

/** Returns a number as text, because the token of a number is lost after a minus sign. */
function textOfNumber(value: number): number | string {
  return Token.isUnresolved(value) ? Token.asString(value) : value;
}

/**
 * All resources that Athena needs for queries of the bucket:
 * - a Glue database with tables of lines whose partitions are computed
 * - the views that the questions read
 * - a workgroup with a limit and encrypted results
 * - the questions, as saved queries
 * - with `archiveSchedule`, the schedules that fill and maintain the archive.
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
  /** A policy for those who change the archive in the catalog, as JSON; it is not attached. */
  readonly writerPolicyJson: string | undefined;
  /** The folder of the tables of the archive, `s3://bucket/prefix/`; null without them. */
  readonly archiveTableLocation: string | undefined;

  constructor(scope: Construct, id: string, props: EventCatalogProps) {
    super(scope, id);
    const config = configure(this.node.path, settings, { catalog: true, ...props });
    const { catalog, name, tags, catalogResultsPrefix, archivePrefix } = config;
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
    const table = (tableName: string, content: () => Table, dependsOn: TerraformResource[] = []) =>
      resource(
        (count) =>
          new GlueCatalogTable(this, `table-${tableName}`, {
            ...count,
            name: tableName,
            databaseName: this.database.existingAttribute('name'),
            ...content(),
            dependsOn,
          }),
        tableName,
      ).dependables;
    const at = (prefix: string) => ({ bucketName, prefix, from: config.catalogFrom ?? '' });
    const { events, errors } = tableNames;
    const tables = [
      ...table(events, () => eventLines(at(config.dataPrefix))),
      ...table(errors, () => errorLines(at(config.errorPrefix))),
    ];
    // Each view depends on the previous ones, which it may read, so that every existing view works at all
    // times.
    chosenViews().reduce(
      (before, view) => table(view.lines.name, () => viewTable(view, database, config.archiveTable), before),
      tables,
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
    // The questions' files are only read when the catalog is created.
    for (const saved of catalog === false ? [] : savedQuestions())
      resource(
        (count) =>
          new AthenaNamedQuery(this, `query-${saved.name}`, {
            ...count,
            ...saved,
            database: this.database.existingAttribute('name'),
            workgroup: this.workgroup.existingAttribute('name'),
          }),
        saved.name,
      );

    const { accountId, region, partition, dnsSuffix } = AwsEnvironment.of(this, config);
    const { archiveTable, dataPrefix, errorPrefix } = config;
    const lines = [dataPrefix, errorPrefix];
    const access = {
      ...{ accountId, region, partition, dnsSuffix, database, bucketArn, archivePrefix },
      workgroup: name,
      dataPrefixes: choose<readonly string[]>(archiveTable, [...lines, archivePrefix], lines),
      resultsPrefix: catalogResultsPrefix,
    };
    const withKey = (policy: (keyArn?: string) => PolicyDocument) =>
      choose(isCustomerManaged, Fn.jsonencode(policy(keyArn)), Fn.jsonencode(policy()));
    this.readerPolicyJson = when(
      catalog,
      withKey((readerKey) => catalogReaderPolicy({ ...access, keyArn: readerKey })),
    );
    const hasArchive = and(catalog, archiveTable);
    this.writerPolicyJson = when(
      hasArchive,
      withKey((writerKey) => catalogWriterPolicy({ ...access, dataPrefixes: lines, keyArn: writerKey })),
    );
    const location = `s3://${bucketName}/${archivePrefix}`;
    this.archiveTableLocation = when(hasArchive, location);
    const { archiveSchedule, archiveRetentionDays } = config;
    if (archiveSchedule !== undefined)
      new ArchiveSchedules(this, 'archive', {
        ...{ name, tags, isCustomerManaged, keyArn, dependsOn: tables },
        condition: and(hasArchive, isSet(archiveSchedule)),
        time: archiveSchedule,
        options: {
          location,
          lateDays: textOfNumber(config.archiveLateDays),
          retentionDays: archiveRetentionDays && textOfNumber(archiveRetentionDays),
        },
        access: { ...access, dataPrefixes: lines, bucketAccountId: props.bucketAccountId ?? '*' },
        rolePath: config.rolePath,
        permissionsBoundary: config.permissionsBoundaryArn,
        workgroup: () => this.workgroup.existingAttribute('name'),
        database: () => this.database.existingAttribute('name'),
      });
  }
}

export { EventCatalog, type EventCatalogProps };
