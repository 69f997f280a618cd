import type { S3Client } from '@aws-sdk/client-s3';
import { type Answer, answer, call } from '../answers/answer';
import type { Clients } from '../answers/clients';
import { type PrefixFolders, prefixFolders } from '../places/prefix';

/** An object as a listing has it. */
interface Listed {
  readonly key: string;
  readonly etag?: string | undefined;
  /** When it was written. */
  readonly lastModified: Date;
}

/** Objects below a prefix. */
interface Listing {
  readonly objects: readonly Listed[];
  /** Whether there are more, or folders that were not looked into. */
  readonly hasMore: boolean;
}

/** Where to look. */
interface Where {
  readonly bucket: string;
  readonly prefix: string;
}

/** What of a prefix is looked at. */
interface Scope {
  /** Prefixes that are not looked into, such as that of errors. */
  readonly without: readonly string[];
  /** How many of the newest folders that have objects are looked into. @default 1 */
  readonly folders?: number;
}

/** A page has a thousand keys; of one folder so many are read. */
const mostPages = 10;

/** Folders whose names do not sort by time are all looked into, up to so many. */
const mostFolders = 50;

/** Folders that sort by time are looked into from the last one; past so many empty ones the search ends. */
const mostEmptyFolders = 3;

/** Whether an object is one, and no marker that a console makes for an empty folder. */
const isObject = ({ key }: Listed) => !key.endsWith('/');

/** The objects below a prefix, or those directly below it with the folders beside them. */
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
  } while (token !== undefined && ++pages < mostPages);
  return { objects: objects.filter(isObject), folders, hasMore: token !== undefined };
}

/** Everything below a prefix, up to ten thousand objects. */
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
  const chosen = isTime ? own.reverse().slice(0, wanted + mostEmptyFolders) : own.slice(0, mostFolders);
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
 * The objects of the newest folders that a stream's prefix made, without reading the others: folders named by time
 * are entered from the last one on.
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

/** The object that was written last. */
function newestOf({ objects }: Listing): Listed | undefined {
  return objects.reduce<Listed | undefined>(
    (newest, one) => (newest === undefined || one.lastModified > newest.lastModified ? one : newest),
    undefined,
  );
}

export { askNewestObjects, askObjects, type Listed, type Listing, newestOf };
