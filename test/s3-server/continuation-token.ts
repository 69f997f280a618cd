import { S3Error } from './s3-error';

/** Returns a token, which is opaque to clients. It encodes the last key of the previous page. */
function writeToken(coveredUpTo: string): string {
  return Buffer.from(coveredUpTo).toString('base64url');
}

/**
 * Returns the key in a token.
 *
 * @throws {S3Error} InvalidArgument when the token is not one of this server
 */
function readToken(token: string): string {
  const key = Buffer.from(token, 'base64url').toString();
  if (key === '' || writeToken(key) !== token)
    throw new S3Error('InvalidArgument', { ArgumentName: 'continuation-token' });
  return key;
}

export { readToken, writeToken };
