import type { S3Request } from './s3-request';

/** The supported operations, with their supported query parameters. */
const operations = {
  ListObjectsV2: {
    method: 'GET',
    on: 'bucket',
    parameters: [
      'list-type',
      'prefix',
      'delimiter',
      'max-keys',
      'continuation-token',
      'start-after',
      'encoding-type',
      'fetch-owner',
    ],
  },
  HeadBucket: { method: 'HEAD', on: 'bucket', parameters: [] },
  GetObject: { method: 'GET', on: 'object', parameters: [] },
  HeadObject: { method: 'HEAD', on: 'object', parameters: [] },
  PutObject: { method: 'PUT', on: 'object', parameters: [] },
  DeleteObject: { method: 'DELETE', on: 'object', parameters: [] },
} as const;

type OperationName = keyof typeof operations;

/** Headers that change the response and are not supported. */
const unsupportedHeaders = [
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'x-amz-copy-source',
  'x-amz-server-side-encryption-customer-algorithm',
];

/**
 * Returns the operation of a request; undefined when a part of the request is not supported. No part is
 * ignored: a test must not pass because the server ignored a parameter.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
function operationOf({ method, bucket, key, query, headers }: S3Request): OperationName | undefined {
  const on = key === undefined ? 'bucket' : 'object';
  for (const [name, operation] of Object.entries(operations)) {
    if (operation.method !== method || operation.on !== on || bucket === '') continue;
    const parameters: readonly string[] = ['x-id', ...operation.parameters];
    const isSupported =
      Object.keys(query).every((parameter) => parameters.includes(parameter)) &&
      !unsupportedHeaders.some((header) => header in headers) &&
      (name !== 'ListObjectsV2' || query['list-type'] === '2');
    if (isSupported) return name as OperationName; // Object.entries returns names as strings
  }
  return undefined;
}

export { type OperationName, operationOf };
