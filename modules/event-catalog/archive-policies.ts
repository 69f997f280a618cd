import { ownedBy } from '../delivery-stream/delivery-policies';
import { type PolicyDocument, type PolicyStatement, policyOf } from '../policies/policy-documents';
import { type CatalogReader, catalogReaderPolicy, readBucket, readCatalog } from './catalog-reader-policy';
import { archiveTableNames } from './catalog-tables';

// Permissions to fill and maintain the archive in the catalog. As in policy-documents.ts, every text may be a CDKTF
// token.

interface ArchiveWriter extends CatalogReader {
  /** The folder of the archive's files, with a slash at its end. */
  readonly archivePrefix: string;
}

/**
 * Permits creating and changing the tables of the archive. Glue checks the catalog and the database of a table too. To
 * change an Iceberg table is to update its entry in the catalog.
 * @see https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
 */
function changeTables({ partition, region, accountId, database }: ArchiveWriter): PolicyStatement {
  const arn = `arn:${partition}:glue:${region}:${accountId}`;
  const tables = archiveTableNames.map((table) => `${arn}:table/${database}/${table}`);
  return {
    Sid: 'ChangeArchive',
    Effect: 'Allow',
    Action: ['glue:CreateTable', 'glue:UpdateTable'],
    Resource: [`${arn}:catalog`, `${arn}:database/${database}`, ...tables],
  };
}

/** Permits writing and deleting the files of the archive. `VACUUM` deletes those that the table does not need. */
function changeFiles({ bucketArn, archivePrefix }: ArchiveWriter): PolicyStatement {
  return {
    Sid: 'ChangeArchiveFiles',
    Effect: 'Allow',
    Action: [
      's3:GetObject',
      's3:PutObject',
      's3:DeleteObject',
      's3:AbortMultipartUpload',
      's3:ListMultipartUploadParts',
    ],
    Resource: [`${bucketArn}/${archivePrefix}*`],
  };
}

/**
 * Creates the permissions of people and programs that change the archive, with `ses-events compact --engine athena`:
 * those of a reader, and changes of the archive's tables and files. It does not permit changing another table, a view or a
 * delivered event.
 */
function catalogWriterPolicy(writer: ArchiveWriter): PolicyDocument {
  return catalogReaderPolicy(writer, [changeTables(writer), changeFiles(writer)]);
}

/**
 * Creates the trust policy of the role of the schedules: EventBridge Scheduler can assume it, for one group of schedules
 * of this account. AWS does not support the ARN of a single schedule here.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
function scheduleTrustPolicy({
  accountId,
  groupArn,
}: {
  readonly accountId: string;
  readonly groupArn: string;
}): PolicyDocument {
  return policyOf({
    Sid: 'AssumedBySchedulerForGroup',
    Effect: 'Allow',
    Principal: { Service: 'scheduler.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': accountId, 'aws:SourceArn': groupArn } },
  });
}

/** What the role of the schedules accesses. */
interface ScheduleTarget extends Omit<ArchiveWriter, 'keyArn'> {
  /** The account that owns the bucket, or `*` for any. */
  readonly bucketAccountId: string;
}

/**
 * Creates the permissions of the role of the schedules: start queries in one workgroup. Athena then reads and writes with
 * the permissions of the role. The key of the bucket is a separate policy.
 *
 * Nobody sees where a schedule writes, and anyone can take the name of a deleted bucket, so access to a bucket of another
 * account is not permitted.
 * @see https://docs.aws.amazon.com/athena/latest/ug/example-policies-workgroup.html
 */
function schedulePermissionsPolicy({ bucketAccountId, ...writer }: ScheduleTarget): PolicyDocument {
  const { partition, region, accountId, workgroup } = writer;
  const athena = `arn:${partition}:athena:${region}:${accountId}`;
  const files = [...readBucket(writer), changeFiles(writer)];
  return policyOf(
    {
      Sid: 'StartStatements',
      Effect: 'Allow',
      Action: ['athena:StartQueryExecution'],
      Resource: [`${athena}:workgroup/${workgroup}`],
    },
    {
      Sid: 'FindDataCatalog',
      Effect: 'Allow',
      Action: ['athena:GetDataCatalog'],
      Resource: [`${athena}:datacatalog/AwsDataCatalog`],
    },
    ...readCatalog(writer),
    changeTables(writer),
    ...files.map((statement) => ({ ...statement, Condition: ownedBy(bucketAccountId) })),
  );
}

export { catalogWriterPolicy, type ScheduleTarget, schedulePermissionsPolicy, scheduleTrustPolicy };
