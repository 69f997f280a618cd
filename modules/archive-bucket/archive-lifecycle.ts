import type { S3BucketLifecycleConfigurationRule } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { type Condition, choose, equals, isSet, valueOr } from '../cdktf/condition';

interface ArchiveLifecycleOptions {
  dataPrefix: string;
  errorPrefix: string;
  parquetPrefix: string;
  catalog: Condition;
  catalogResultsPrefix: string;
  catalogResultDays: number;
  catalogParquetPrefix: string;
  transitionDays: number;
  transitionStorageClass: string;
  expirationDays: number | undefined;
  errorExpirationDays: number;
  noncurrentDays: number;
  incompleteUploadDays: number;
}

/** Days in a disabled rule, because S3 requires a number there too. */
const disabledDays = 40_000;

/** Creates the lifecycle rules of the bucket. A disabled rule is included, so that a plan shows it. */
function archiveLifecycle(options: ArchiveLifecycleOptions): S3BucketLifecycleConfigurationRule[] {
  const { dataPrefix, errorPrefix, parquetPrefix, expirationDays, transitionDays } = options;
  // S3 requires a storage class in the disabled rule too.
  const isStandard = equals(options.transitionStorageClass, 'STANDARD');
  const storageClass = choose(isStandard, 'INTELLIGENT_TIERING', options.transitionStorageClass);
  const aging = (folder: string, prefix: string): S3BucketLifecycleConfigurationRule[] => [
    {
      id: `move-${folder}`,
      status: choose(isStandard, 'Disabled', 'Enabled'),
      filter: [{ prefix }],
      transition: [{ days: transitionDays, storageClass }],
    },
    {
      id: `expire-${folder}`,
      status: choose(isSet(expirationDays), 'Enabled', 'Disabled'),
      filter: [{ prefix }],
      expiration: [{ days: valueOr(expirationDays, disabledDays) }],
    },
  ];
  return [
    ...aging('data', dataPrefix),
    ...aging('parquet', parquetPrefix),
    ...aging('event-parquet', options.catalogParquetPrefix),
    {
      id: 'expire-errors',
      status: 'Enabled',
      filter: [{ prefix: errorPrefix }],
      expiration: [{ days: options.errorExpirationDays }],
    },
    {
      id: 'expire-query-results',
      status: choose(options.catalog, 'Enabled', 'Disabled'),
      filter: [{ prefix: options.catalogResultsPrefix }],
      expiration: [{ days: options.catalogResultDays }],
      // Query results need no protection from deletion, because the query can run again.
      noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
    },
    {
      id: 'remove-leftovers',
      status: 'Enabled',
      filter: [{}],
      noncurrentVersionExpiration: [{ noncurrentDays: options.noncurrentDays }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: options.incompleteUploadDays }],
    },
  ];
}

export { archiveLifecycle };
