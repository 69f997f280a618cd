import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Creates a token of 256 random bits, as text that an address can contain. */
function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares two texts in a time that depends on neither. */
function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/**
 * Returns the value of the cookie of a server. It is derived from the token and does not disclose it, and it remains valid
 * when a server with the same token starts again.
 */
function cookieValue(token: string, port: number): string {
  return createHmac('sha256', token).update(`ses-events serve ${port}`).digest('base64url');
}

export { cookieValue, isSameSecret, newToken };
