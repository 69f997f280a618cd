import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request in S3's terms. */
interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** Undefined when the request concerns the bucket. */
  readonly key: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** In a path S3 takes `+` for a space, too: a client has to send `%2B`. */
function decodePath(path: string): string {
  return decodeURIComponent(path.replaceAll('+', ' '));
}

/**
 * Takes a path-style request apart. The path is not normalized, as `URL` would do: `.`, `..` and empty
 * segments are parts of a key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#path-style-access
 */
async function readRequest(incoming: IncomingMessage): Promise<S3Request> {
  // A body that is left unread would be taken for the next request on the connection.
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
