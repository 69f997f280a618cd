import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileFingerprint } from '../../sources/file';
import type { SourceObject } from '../../sources/source';
import type { LedgerEntry } from '../store/ledger';

/** Removes the quotes of an ETag. S3 writes ETags with quotes in listings and without them in notifications. */
function bareETag(etag: string | undefined): string | undefined {
  return etag?.replaceAll('"', '');
}

async function contentHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}

async function statFingerprint(path: string): Promise<string> {
  return fileFingerprint(await stat(path, { bigint: true }));
}

/** Whether the ledger has an object in this version, as far as known without reading it. */
async function isUnchanged({ location }: SourceObject, known: LedgerEntry | undefined): Promise<boolean> {
  if (known === undefined || location === undefined) return false;
  if (location.at === 's3') return location.etag !== undefined && bareETag(location.etag) === known.etag;
  const { path, fingerprint = await statFingerprint(path).catch(() => undefined) } = location; // reading it reports the error
  return fingerprint !== undefined && fingerprint === known.fingerprint;
}

/** The version of an object for the ledger. A file is read for it. */
async function objectVersion({ location }: SourceObject): Promise<LedgerEntry> {
  if (location?.at === 's3') return { etag: bareETag(location.etag), fingerprint: undefined };
  if (location === undefined) return { etag: undefined, fingerprint: undefined };
  // Before the content: a change while it is read is detected the next time.
  const fingerprint = await statFingerprint(location.path);
  return { etag: await contentHash(location.path), fingerprint };
}

export { isUnchanged, objectVersion };
