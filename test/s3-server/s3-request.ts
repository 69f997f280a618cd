import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request to S3. */
interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** Undefined for a request to the bucket. */
  readonly key: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Decodes a path. S3 also decodes `+` as a space: a client must send `%2B`. */
function decodePath(path: string): string {
  return decodeURIComponent(path.replaceAll('+', ' '));
}

/**
 * Parses a path-style request. It does not use `URL`, which normalizes paths: `.`, `..` and empty segments
 * are parts of a key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#path-style-access
 */
async function readRequest(incoming: IncomingMessage): Promise<S3Request> {
  // The rest of the body would be parsed as the next request on the connection.
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const [, path = '', query = ''] = /^\/([^?]*)\??(.*)$/.exec(incoming.url ?? '') ?? [];
  const [, bucket = '', key = ''] = /^([^/]*)\/?(.*)$/.exec(path) ?? [];
  return {
    method: incoming.method ?? '',
    bucket: decodePath(bucket),
    key: key === '' ? undefined : decodePath(key),
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}

export { readRequest, type S3Request };
