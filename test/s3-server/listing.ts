import type { SortedKeys } from './sorted-keys';

interface ListingQuery {
  prefix: string;
  /** Empty for none. */
  delimiter: string;
  maxKeys: number;
  /** The page begins after this key; empty for the first page. */
  after: string;
}

interface ListingPage {
  keys: string[];
  commonPrefixes: string[];
  /** The last key of the page; undefined for the last page. */
  coveredUpTo: string | undefined;
}

/** Returns a key up to the first delimiter after the prefix. */
function commonPrefixOf(key: string, { prefix, delimiter }: ListingQuery): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/**
 * Returns a page of a listing. All keys with the same common prefix count as one and are on the same page.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html
 */
function listingPage(sortedKeys: SortedKeys, query: ListingQuery): ListingPage {
  const page: ListingPage = { keys: [], commonPrefixes: [], coveredUpTo: undefined };
  if (query.maxKeys === 0) return page; // not truncated, as in S3
  let covered = '';
  let remaining = query.maxKeys;
  let index = Math.max(sortedKeys.indexFrom(query.prefix), sortedKeys.indexAfter(query.after));
  for (let key = sortedKeys.at(index); key?.startsWith(query.prefix); key = sortedKeys.at(++index)) {
    const commonPrefix = commonPrefixOf(key, query);
    const isNew = commonPrefix === undefined || commonPrefix !== page.commonPrefixes.at(-1);
    if (isNew && remaining-- === 0) return { ...page, coveredUpTo: covered };
    if (commonPrefix === undefined) page.keys.push(key);
    else if (isNew) page.commonPrefixes.push(commonPrefix);
    covered = key;
  }
  return page;
}

export { type ListingPage, listingPage };
