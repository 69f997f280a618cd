import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isFirehoseKey, isPartitionBefore } from '../../../sources/firehose-key';
import { s3Object } from '../../../sources/s3-object';
import type { Bucket } from './bucket';
import { checkDeletion, deletionFailure } from './check-deletion';
import { type ListedKey, listVersions } from './list-versions';
import { replaceObject } from './replace-object';
import type { StoredObject, StoredObjects, StoredVersion } from './stored-object';
import { UnerasableError } from './unerasable-error';

/** The id of a version from the time before a bucket kept versions, or while it does not. */
const nullVersion = 'null';

/** Whether a version of a key cannot have events since a time. */
function isBefore(key: string, modified: Date | undefined, since: Date | undefined): boolean {
  if (since === undefined) return false;
  return isPartitionBefore(key, since) || (modified !== undefined && modified < since);
}

/** Whether a new version takes the place of one with this id. */
function isOverwritten({ versioning }: Bucket, versionId: string | undefined): boolean {
  return versioning === 'never' || (versioning === 'suspended' && versionId === nullVersion);
}

/** Returns a key of a bucket as an object with its versions. */
function storedKey(
  bucket: Bucket,
  { key, versions, markers }: ListedKey,
  since: Date | undefined,
  scratch: () => string,
): StoredObject {
  const name = `s3://${bucket.name}/${key}`;
  const stored = versions.map(({ ETag, Size, VersionId, IsLatest, LastModified }): StoredVersion => {
    const location = { bucket: bucket.name, key, etag: ETag, isPinned: true, options: bucket.options };
    return {
      object: s3Object({ ...location, versionId: VersionId }, Size),
      isCurrent: IsLatest === true,
      versionId: VersionId,
      etag: ETag?.replaceAll('"', ''),
      isBefore: isBefore(key, LastModified, since),
      isOverwritten: isOverwritten(bucket, VersionId),
    };
  });
  return {
    name,
    versions: stored,
    markers: markers.map(({ VersionId = '', IsLatest }) => ({
      versionId: VersionId,
      isCurrent: IsLatest === true,
    })),
    scratch,
    check(current, others, isDryRun) {
      const deleted = current === undefined || current.isOverwritten ? others : [current, ...others];
      return checkDeletion({
        bucket,
        key,
        versionIds: deleted.flatMap(({ versionId }) => versionId ?? []),
        isDryRun,
        hasNullVersion: [...versions, ...markers].some(({ VersionId }) => VersionId === nullVersion),
      });
    },
    replace: ({ etag = '' }, content) => replaceObject({ bucket, key, etag }, content),
    async deleteVersion(versionId) {
      const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
      const version = { Bucket: bucket.name, Key: key, VersionId: versionId };
      await bucket.client.send(new DeleteObjectCommand(version)).catch((error: unknown) => {
        throw new UnerasableError(
          `version ${versionId} could not be deleted, and others may remain: ${deletionFailure(bucket, error)}; run the command again`,
          { cause: error },
        );
      });
    },
  };
}

/** The objects below a prefix of a bucket, with all of their versions. At the root, those with names of Firehose. */
class BucketPrefix implements StoredObjects {
  foreign = 0;
  private files = 0;

  /** @param folder the folder for the new content of objects; created for the first one */
  constructor(
    private readonly bucket: Bucket,
    private readonly prefix: string,
    private readonly since: Date | undefined,
    private readonly folder: string,
  ) {}

  async *objects(): AsyncGenerator<StoredObject, void> {
    for await (const listed of listVersions(this.bucket, this.prefix)) {
      const isFolder = listed.key.endsWith('/') && listed.versions.every(({ Size }) => Size === 0);
      if (isFolder || (this.prefix === '' && !isFirehoseKey(listed.key))) this.foreign++;
      else yield storedKey(this.bucket, listed, this.since, this.scratch);
    }
  }

  private readonly scratch = () => {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    return join(this.folder, String(this.files++));
  };
}

export { BucketPrefix };
