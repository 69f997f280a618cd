import type { S3Client } from '@aws-sdk/client-s3';
import { type Answer, answer, call } from '../answers/answer';
import type { Clients } from '../answers/clients';
import { type PrefixFolders, prefixFolders } from '../places/prefix';

/** An object in a listing. */
interface Listed {
  readonly key: string;
  readonly etag?: string | undefined;
  /** Time of the last write. */
  readonly lastModified: Date;
}

/** Objects below a prefix. */
interface Listing {
  readonly objects: readonly Listed[];
  /** Whether there are more objects, or folders that were not listed. */
  readonly hasMore: boolean;
}

/** The bucket and prefix to list. */
interface Where {
  readonly bucket: string;
  readonly prefix: string;
}

/** The part of a prefix to list. */
interface Scope {
  /** Prefixes to exclude, such as the errors prefix. */
  readonly without: readonly string[];
  /** Number of newest folders with objects to list. @default 1 */
  readonly folders?: number;
}

/** Maximum number of pages per folder; a page has 1,000 keys. */
const maxPages = 10;

/** Maximum number of folders to list where names do not sort by time. */
const maxFolders = 50;

/** Maximum number of empty folders to list where names sort by time; the search starts at the last folder. */
const maxEmptyFolders = 3;

/** Whether an entry is an object, and not the marker that a console creates for an empty folder. */
const isObject = ({ key }: Listed) => !key.endsWith('/');

/** Lists the objects below a prefix, or with a delimiter the objects and folders directly below it. */
async function list(s3: S3Client, { bucket, prefix }: Where, delimiter?: '/') {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  const objects: Listed[] = [];
  const folders: string[] = [];
  let token: string | undefined;
  let pages = 0;
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      Delimiter: delimiter,
      ContinuationToken: token,
    });
    const page = await call('s3:ListBucket', s3.send(command));
    for (const { Key: key = '', ETag: etag, LastModified: lastModified = new Date(0) } of page.Contents ?? [])
      objects.push({ key, etag, lastModified });
    folders.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix));
    token = page.NextContinuationToken;
  } while (token !== undefined && ++pages < maxPages);
  return { objects: objects.filter(isObject), folders, hasMore: token !== undefined };
}

/** Lists everything below a prefix, up to 10,000 objects. */
function askObjects({ s3 }: Pick<Clients, 's3'>, where: Where): Promise<Answer<Listing>> {
  return answer(() => list(s3, where));
}

async function newestBelow(
  s3: S3Client,
  where: Where,
  orders: PrefixFolders['orders'],
  scope: Scope,
): Promise<Listing> {
  const [order, ...further] = orders;
  if (order === undefined) return list(s3, where);
  const { objects, folders, hasMore } = await list(s3, where, '/');
  const { without, folders: wanted = 1 } = scope;
  const own = folders.filter((folder) => !without.some((other) => folder.startsWith(other))).sort();
  const isTime = order === 'time';
  const chosen = isTime ? own.reverse().slice(0, wanted + maxEmptyFolders) : own.slice(0, maxFolders);
  let isPartial = hasMore || (!isTime && own.length > chosen.length);
  let full = 0;
  for (const prefix of chosen) {
    const below = await newestBelow(s3, { ...where, prefix }, further, scope);
    objects.push(...below.objects);
    isPartial ||= below.hasMore;
    if (below.objects.length > 0) full++;
    if (isTime && full === wanted) break;
  }
  return { objects, hasMore: isPartial };
}

/**
 * Lists the objects in the newest folders of a stream's prefix. Where folder names sort by time, only the
 * last ones are listed.
 * @param where.prefix with Firehose's expressions
 */
function askNewestObjects(
  { s3 }: Pick<Clients, 's3'>,
  { bucket, prefix }: Where,
  scope: Scope,
): Promise<Answer<Listing>> {
  const { fixed, orders } = prefixFolders(prefix);
  return answer(() => newestBelow(s3, { bucket, prefix: fixed }, orders, scope));
}

/** Returns the object that was written last. */
function newestOf({ objects }: Listing): Listed | undefined {
  return objects.reduce<Listed | undefined>(
    (newest, one) => (newest === undefined || one.lastModified > newest.lastModified ? one : newest),
    undefined,
  );
}

export { askNewestObjects, askObjects, type Listed, type Listing, newestOf };
