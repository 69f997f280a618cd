import type { DeleteMarkerEntry, ListObjectVersionsOutput, ObjectVersion } from '@aws-sdk/client-s3';
import { SourceError } from '../../../sources/source-error';
import { type Bucket, describeFailure } from './bucket';

/** A key with its versions and delete markers, each newest first. */
interface ListedKey {
  key: string;
  versions: ObjectVersion[];
  markers: DeleteMarkerEntry[];
}

async function* pages(bucket: Bucket, prefix: string): AsyncGenerator<ListObjectVersionsOutput, void> {
  const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
  let start: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  do {
    const command = new ListObjectVersionsCommand({ Bucket: bucket.name, Prefix: prefix, ...start });
    const page = await bucket.client.send(command);
    yield page;
    start = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    if (page.IsTruncated !== true) return;
  } while (start.KeyMarker !== undefined);
}

/** Adds the entries of a page to the keys, which are in the order of their names. */
function addPage(keys: Map<string, ListedKey>, { Versions, DeleteMarkers }: ListObjectVersionsOutput): void {
  const keyOf = (key = ''): ListedKey => {
    const found = keys.get(key) ?? { key, versions: [], markers: [] };
    keys.set(key, found);
    return found;
  };
  for (const version of Versions ?? []) keyOf(version.Key).versions.push(version);
  for (const marker of DeleteMarkers ?? []) keyOf(marker.Key).markers.push(marker);
}

async function* currentKeys(bucket: Bucket, prefix: string): AsyncGenerator<ListedKey, void> {
  const { paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
  const found = paginateListObjectsV2({ client: bucket.client }, { Bucket: bucket.name, Prefix: prefix });
  for await (const { Contents } of found) {
    for (const { Key: key = '', ETag, Size, LastModified } of Contents ?? [])
      yield { key, versions: [{ Key: key, ETag, Size, LastModified, IsLatest: true }], markers: [] };
  }
}

async function* allVersions(bucket: Bucket, prefix: string): AsyncGenerator<ListedKey, void> {
  const keys = new Map<string, ListedKey>();
  for await (const page of pages(bucket, prefix)) {
    addPage(keys, page);
    // The last key of a page can have more versions on the next one.
    for (const [key, listed] of keys) {
      if (key === page.NextKeyMarker) continue;
      keys.delete(key);
      yield listed;
    }
  }
  yield* keys.values();
}

/**
 * Lists the keys below a prefix with all of their versions, deleted keys included. Memory is bounded by one page and the
 * versions of one key.
 *
 * @throws {SourceError} when the bucket cannot be listed
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
async function* listVersions(bucket: Bucket, prefix: string): AsyncGenerator<ListedKey, void> {
  try {
    yield* bucket.versioning === 'never' ? currentKeys(bucket, prefix) : allVersions(bucket, prefix);
  } catch (error) {
    const right = bucket.versioning === 'never' ? 's3:ListBucket' : 's3:ListBucketVersions';
    throw new SourceError(
      `cannot list s3://${bucket.name}/${prefix}: ${describeFailure(error, `${right} on the bucket`)}`,
      { cause: error },
    );
  }
}

export { type ListedKey, listVersions };
