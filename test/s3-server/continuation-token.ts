import { S3Error } from './s3-error';

/** A token is opaque to clients; here it hides the last key that the page before covered. */
function writeToken(coveredUpTo: string): string {
  return Buffer.from(coveredUpTo).toString('base64url');
}

/**
 * The key that a token hides.
 *
 * @throws {S3Error} InvalidArgument when the server never gave such a token
 */
function readToken(token: string): string {
  const key = Buffer.from(token, 'base64url').toString();
  if (key === '' || writeToken(key) !== token)
    throw new S3Error('InvalidArgument', { ArgumentName: 'continuation-token' });
  return key;
}

export { readToken, writeToken };
