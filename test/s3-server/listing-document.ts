import type { Bucket } from './bucket';
import { writeToken } from './continuation-token';
import type { ListingPage } from './listing';
import type { S3Request } from './s3-request';
import type { StoredObject } from './stored-object';
import { xmlDocument, xmlElement } from './xml';

const namespace = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const owner = `<Owner>${xmlElement('ID', '0'.repeat(64))}</Owner>`;

/** Encodes a name as S3 does for `encoding-type=url`: a space becomes a plus sign, and slashes remain. */
function encodeName(name: string): string {
  return encodeURIComponent(name)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html */
function contents(name: string, object: StoredObject | undefined, withOwner: boolean): string {
  if (object === undefined) return ''; // a key of the listing always has its object
  const elements = [
    xmlElement('Key', name),
    xmlElement('LastModified', object.lastModified.toISOString()),
    xmlElement('ETag', object.entityTag),
    xmlElement('Size', `${object.body.length}`),
    ...(withOwner ? [owner] : []),
    xmlElement('StorageClass', object.storageClass),
  ];
  return `<Contents>${elements.join('')}</Contents>`;
}

/**
 * Returns the XML of a page.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html#API_ListObjectsV2_ResponseSyntax
 */
function listingDocument(bucket: Bucket, request: S3Request, page: ListingPage, maxKeys: number): string {
  const { query } = request;
  const name = query['encoding-type'] === 'url' ? encodeName : (plain: string) => plain;
  const optional = (element: string, value: string | undefined) =>
    value === undefined ? '' : xmlElement(element, value);
  return xmlDocument(
    'ListBucketResult',
    [
      xmlElement('Name', request.bucket),
      xmlElement('Prefix', name(query.prefix ?? '')),
      query.delimiter ? xmlElement('Delimiter', name(query.delimiter)) : '',
      xmlElement('MaxKeys', `${maxKeys}`),
      optional('EncodingType', query['encoding-type']),
      xmlElement('KeyCount', `${page.keys.length + page.commonPrefixes.length}`),
      xmlElement('IsTruncated', `${page.coveredUpTo !== undefined}`),
      optional('ContinuationToken', query['continuation-token']),
      optional('NextContinuationToken', page.coveredUpTo && writeToken(page.coveredUpTo)),
      query['start-after'] === undefined ? '' : xmlElement('StartAfter', name(query['start-after'])),
      ...page.keys.map((key) => contents(name(key), bucket.get(key), query['fetch-owner'] === 'true')),
      ...page.commonPrefixes.map(
        (prefix) => `<CommonPrefixes>${xmlElement('Prefix', name(prefix))}</CommonPrefixes>`,
      ),
    ].join(''),
    namespace,
  );
}

export { listingDocument };
