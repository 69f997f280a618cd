import { textsAround } from '../cdktf/condition';
import { useOfBucketKey } from '../delivery-stream/delivery-policies';
import { type PolicyDocument, type PolicyStatement, policyOf } from '../policies/policy-documents';

// Permissions for queries with Athena. As in policy-documents.ts, every text may be a CDKTF token.

interface CatalogReader {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly dnsSuffix: string;
  readonly database: string;
  readonly workgroup: string;
  readonly bucketArn: string;
  /** The folders that queries read, each with a slash at its end. */
  readonly dataPrefixes: readonly string[];
  /** The folder of results. */
  readonly resultsPrefix: string;
  /** @default - the bucket is not encrypted with a customer-managed key */
  readonly keyArn?: string | undefined;
}

/**
 * Permits queries in one workgroup, with its saved queries. The lists on the console's first page do not
 * support resource-level permissions.
 */
function athena({ partition, region, accountId, workgroup }: CatalogReader): PolicyStatement[] {
  const arn = `arn:${partition}:athena:${region}:${accountId}`;
  return [
    {
      Sid: 'AskInWorkgroup',
      Effect: 'Allow',
      Action: [
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
        'athena:GetQueryExecution',
        'athena:BatchGetQueryExecution',
        'athena:ListQueryExecutions',
        'athena:GetQueryResults',
        'athena:GetQueryResultsStream',
        'athena:GetQueryRuntimeStatistics',
        'athena:GetNamedQuery',
        'athena:BatchGetNamedQuery',
        'athena:ListNamedQueries',
        'athena:GetWorkGroup',
      ],
      Resource: [`${arn}:workgroup/${workgroup}`],
    },
    {
      Sid: 'LookIntoDataCatalog',
      Effect: 'Allow',
      Action: [
        'athena:GetDataCatalog',
        'athena:GetDatabase',
        'athena:ListDatabases',
        'athena:GetTableMetadata',
        'athena:ListTableMetadata',
      ],
      Resource: [`${arn}:datacatalog/AwsDataCatalog`],
    },
    {
      Sid: 'FindWorkgroup',
      Effect: 'Allow',
      Action: ['athena:ListWorkGroups', 'athena:ListDataCatalogs', 'athena:ListEngineVersions'],
      Resource: ['*'],
    },
  ];
}

/**
 * Permits reading one database. Athena also looks up the database `default` for every query.
 * @see https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
 */
function readCatalog({ partition, region, accountId, database }: CatalogReader): PolicyStatement[] {
  const arn = `arn:${partition}:glue:${region}:${accountId}`;
  return [
    {
      Sid: 'ReadCatalog',
      Effect: 'Allow',
      Action: [
        'glue:GetDatabase',
        'glue:GetDatabases',
        'glue:GetTable',
        'glue:GetTables',
        'glue:GetPartition',
        'glue:GetPartitions',
      ],
      Resource: [`${arn}:catalog`, `${arn}:database/${database}`, `${arn}:table/${database}/*`],
    },
    {
      Sid: 'FindDefaultDatabase',
      Effect: 'Allow',
      Action: ['glue:GetDatabase', 'glue:GetDatabases'],
      Resource: [`${arn}:catalog`, `${arn}:database/default`],
    },
  ];
}

/** Permits reading the data folders, and writing the folder of results. */
function readBucket({ bucketArn, dataPrefixes, resultsPrefix }: CatalogReader): PolicyStatement[] {
  return [
    {
      Sid: 'FindBucket',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      Resource: [bucketArn],
    },
    {
      Sid: 'ReadEvents',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: textsAround(`${bucketArn}/`, dataPrefixes, '*'),
    },
    {
      Sid: 'WriteResults',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      Resource: [`${bucketArn}/${resultsPrefix}*`],
    },
  ];
}

/** Permits the use of the bucket's key, if it has one. */
function useKey({ keyArn, ...reader }: CatalogReader): PolicyStatement[] {
  return keyArn === undefined ? [] : [useOfBucketKey({ ...reader, keyArn })];
}

/**
 * Creates the permissions for queries with Athena: one workgroup, one database, reading the bucket's data
 * folders, and writing its folder of results. It does not permit changing a table, a view or an event.
 * @param more further statements, such as those of a writer
 * @see https://docs.aws.amazon.com/athena/latest/ug/example-policies-workgroup.html
 */
function catalogReaderPolicy(reader: CatalogReader, more: readonly PolicyStatement[] = []): PolicyDocument {
  return policyOf(
    ...athena(reader),
    ...readCatalog(reader),
    ...readBucket(reader),
    ...more,
    ...useKey(reader),
  );
}

export { type CatalogReader, catalogReaderPolicy, readBucket, readCatalog };
