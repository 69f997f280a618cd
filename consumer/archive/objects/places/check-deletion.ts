import { errorCode } from '../../../sources/s3-error';
import { type Bucket, describeFailure } from './bucket';
import { UnerasableError } from './unerasable-error';

/** A key with the versions that are to be deleted. */
interface Deletion {
  bucket: Bucket;
  key: string;
  versionIds: readonly string[];
  /** Whether they will not be deleted. Then, the right is not checked, because that is a request to delete. */
  isDryRun: boolean;
  /** Whether the key has a version without an id, of the time before the bucket kept versions. */
  hasNullVersion: boolean;
}

/** Describes the lock of a version; undefined without one, or without the right to read it. */
async function lockOf(bucket: Bucket, Key: string, VersionId: string): Promise<string | undefined> {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  const command = new HeadObjectCommand({ Bucket: bucket.name, Key, VersionId });
  const found = await bucket.client.send(command).catch((error: unknown) => {
    const rights = 's3:GetObjectVersion on the object';
    throw new UnerasableError(`nothing was changed: ${describeFailure(error, rights)}`, { cause: error });
  });
  const until = found.ObjectLockRetainUntilDate;
  if (until !== undefined && until > new Date())
    return `Object Lock (${found.ObjectLockMode}) keeps version ${VersionId} until ${until.toISOString()}: run the command again then`;
  if (found.ObjectLockLegalHoldStatus === 'ON')
    return `a legal hold keeps version ${VersionId}: remove it (aws s3api put-object-legal-hold), and run the command again`;
  return undefined;
}

/**
 * Asks for the deletion of a version that does not exist. S3 checks the right first, so that a missing right is detected
 * before the object is rewritten.
 */
async function checkRight({ bucket, key }: Deletion): Promise<void> {
  const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    await bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: key, VersionId: 'null' }));
  } catch (error) {
    const isDenied = errorCode(error) === 'AccessDenied';
    if (isDenied)
      throw new UnerasableError(`nothing was changed: ${deletionFailure(bucket, error)}`, { cause: error });
    // Any other error is about the version that does not exist.
  }
}

/** Describes the failed deletion of a version. */
function deletionFailure({ hasObjectLock }: Bucket, error: unknown): string {
  const lock = hasObjectLock ? ', or wait until Object Lock permits it' : '';
  return describeFailure(error, `s3:DeleteObjectVersion on the object${lock}`);
}

/**
 * Checks that versions can be deleted, before anything changes.
 * @throws {UnerasableError} when they are locked, deleting them requires a code, or the right is missing
 */
async function checkDeletion(deletion: Deletion): Promise<void> {
  const { bucket, key, versionIds, isDryRun, hasNullVersion } = deletion;
  if (versionIds.length === 0) return;
  if (bucket.isMfaRequired) {
    throw new UnerasableError(
      'nothing was changed: the bucket has MFA delete, which requires a code for each version; disable it, run the command again, and enable it',
    );
  }
  if (bucket.hasObjectLock) {
    for (const versionId of versionIds) {
      const lock = await lockOf(bucket, key, versionId);
      if (lock !== undefined) throw new UnerasableError(`nothing was changed: ${lock}`);
    }
  }
  if (!isDryRun && bucket.versioning === 'enabled' && !hasNullVersion) await checkRight(deletion);
}

export { checkDeletion, deletionFailure };
