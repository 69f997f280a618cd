import { and, type Condition, equals, isSet, not } from '../cdktf/condition';
import { type BlockContent, blocks } from '../cdktf/optional-block';

interface ArchiveLifecycleOptions {
  dataPrefix: string;
  errorPrefix: string;
  parquetConversion: Condition;
  parquetPrefix: string;
  catalog: Condition;
  catalogResultsPrefix: string;
  catalogResultDays: number;
  archiveTable: Condition;
  archivePrefix: string;
  transitionDays: number;
  transitionStorageClass: string;
  expirationDays: number | undefined;
  errorExpirationDays: number;
  noncurrentDays: number;
  incompleteUploadDays: number;
}

/** A lifecycle rule, and the condition under which the bucket has it. */
interface LifecycleRule {
  condition: Condition;
  id: string;
  /** @default - all objects */
  prefix?: string;
  actions: BlockContent;
}

/** Moves and deletes the objects of a folder by age. */
function aging(
  folder: string,
  prefix: string,
  isWritten: Condition,
  { transitionDays, transitionStorageClass, expirationDays }: ArchiveLifecycleOptions,
): LifecycleRule[] {
  return [
    {
      condition: and(isWritten, not(equals(transitionStorageClass, 'STANDARD'))),
      id: `move-${folder}`,
      prefix,
      actions: { transition: [{ days: transitionDays, storage_class: transitionStorageClass }] },
    },
    {
      condition: and(isWritten, isSet(expirationDays)),
      id: `expire-${folder}`,
      prefix,
      actions: { expiration: [{ days: expirationDays }] },
    },
  ];
}

/** The rules, those without a condition first: in Terraform, `dynamic` blocks come after the others. */
function lifecycleRules(options: ArchiveLifecycleOptions): LifecycleRule[] {
  return [
    {
      condition: true,
      id: 'expire-errors',
      prefix: options.errorPrefix,
      actions: { expiration: [{ days: options.errorExpirationDays }] },
    },
    {
      condition: true,
      id: 'remove-leftovers',
      actions: {
        noncurrent_version_expiration: [{ noncurrent_days: options.noncurrentDays }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: options.incompleteUploadDays }],
      },
    },
    ...aging('data', options.dataPrefix, true, options),
    ...aging('parquet', options.parquetPrefix, options.parquetConversion, options),
    {
      condition: options.catalog,
      id: 'expire-query-results',
      prefix: options.catalogResultsPrefix,
      actions: {
        expiration: [{ days: options.catalogResultDays }],
        // Query results need no protection from deletion, because the query can run again.
        noncurrent_version_expiration: [{ noncurrent_days: 1 }],
      },
    },
    {
      condition: options.archiveTable,
      id: 'remove-replaced-archive-files',
      prefix: options.archivePrefix,
      // Athena deletes a file only when the table does not need it, and erased data must not remain. No rule moves or
      // expires a current file: the table would lose its rows.
      actions: { noncurrent_version_expiration: [{ noncurrent_days: 1 }] },
    },
  ];
}

/** Creates the lifecycle rules of the bucket, each only if the settings turn on what it does. */
function archiveLifecycle(options: ArchiveLifecycleOptions): BlockContent {
  const rules = lifecycleRules(options).map(({ condition, id, prefix, actions }) => ({
    condition,
    content: { id, status: 'Enabled', filter: [prefix === undefined ? {} : { prefix }], ...actions },
  }));
  return blocks('rule', ...rules);
}

export { archiveLifecycle };
