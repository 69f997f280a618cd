import type { S3Client } from '@aws-sdk/client-s3';
import { s3Client } from '../../../sources/s3-client';
import { describeS3Error, errorCode } from '../../../sources/s3-error';
import type { S3Options } from '../../../sources/s3-options';
import { SourceError } from '../../../sources/source-error';

/** A bucket, and how it keeps versions. */
interface Bucket {
  name: string;
  client: S3Client;
  options: S3Options;
  /** `never` without any version ids; `suspended` with older versions, and new ones that replace each other. */
  versioning: 'enabled' | 'suspended' | 'never';
  /** Whether deleting a version requires a code of the account's device. */
  isMfaRequired: boolean;
  /** Whether versions can be locked. */
  hasObjectLock: boolean;
}

const status = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode; // errors of the SDK

/** Describes an error of a request, with the right that the request requires. */
function describeFailure(error: unknown, right: string): string {
  return status(error) === 403 && errorCode(error) !== 'InvalidObjectState'
    ? `${errorCode(error)}: allow ${right}`
    : describeS3Error(error);
}

/** Whether the server does not have a feature, as some servers that are not AWS. */
function isUnsupported(error: unknown): boolean {
  return errorCode(error) === 'NotImplemented' || status(error) === 501;
}

async function lockConfiguration(client: S3Client, bucket: string): Promise<boolean> {
  const { GetObjectLockConfigurationCommand } = await import('@aws-sdk/client-s3');
  try {
    const found = await client.send(new GetObjectLockConfigurationCommand({ Bucket: bucket }));
    return found.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
  } catch (error) {
    if (errorCode(error) === 'ObjectLockConfigurationNotFoundError' || isUnsupported(error)) return false;
    throw error;
  }
}

/**
 * Reads how a bucket keeps versions.
 * @throws {SourceError} when that cannot be read
 */
async function openBucket(name: string, options: S3Options): Promise<Bucket> {
  const { GetBucketVersioningCommand } = await import('@aws-sdk/client-s3');
  const client = await s3Client(options);
  try {
    const found = await client
      .send(new GetBucketVersioningCommand({ Bucket: name }))
      .catch((error: unknown) => {
        if (isUnsupported(error)) return { Status: undefined, MFADelete: undefined };
        throw error;
      });
    const { Status, MFADelete } = found;
    return {
      name,
      client,
      options,
      versioning: Status === 'Enabled' ? 'enabled' : Status === 'Suspended' ? 'suspended' : 'never',
      isMfaRequired: MFADelete === 'Enabled',
      hasObjectLock: Status !== undefined && (await lockConfiguration(client, name)),
    };
  } catch (error) {
    const rights = 's3:GetBucketVersioning and s3:GetBucketObjectLockConfiguration on the bucket';
    throw new SourceError(`cannot erase from s3://${name}: ${describeFailure(error, rights)}`, {
      cause: error,
    });
  }
}

export { type Bucket, describeFailure, isUnsupported, openBucket };
