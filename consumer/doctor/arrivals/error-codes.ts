import { DecompressionError } from '../../records/compression/decompression-error';
import { openObject } from '../../sources/open-object';
import { s3Object } from '../../sources/s3-object';
import { SourceError, UnreadableObjectError } from '../../sources/source-error';
import type { Clients } from '../answers/clients';
import type { Listed } from './listing';

/** Maximum number of error objects to read, newest first, and of characters to read from each. */
const maxObjects = 3;
const maxCharacters = 1024 * 1024;

/** Matches the code only, because the message beside it may quote a record. AWS spells the name in two ways. */
const errorCode = /"errorCode"\s*:\s*"([\w.-]{1,80})"/gi;

/** Errors that end the reading of an object; the codes found so far are used. */
const unreadable = [UnreadableObjectError, SourceError, DecompressionError];

type Reading = Pick<Clients, 's3Options'>;

async function textOf(
  { s3Options: options }: Reading,
  bucket: string,
  { key, etag }: Listed,
): Promise<string> {
  const opened = openObject(s3Object({ bucket, key, etag, options }));
  let text = '';
  try {
    for await (const chunk of opened.chunks) {
      text += chunk.toString('latin1'); // the codes are in ASCII
      if (text.length > maxCharacters) break;
    }
  } catch (error) {
    if (!unreadable.some((known) => error instanceof known)) throw error;
  } finally {
    opened.close();
  }
  return text;
}

/**
 * Reads the error codes in the newest error objects, most frequent first; none where the objects cannot be
 * read.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html
 */
async function readErrorCodes(
  reading: Reading,
  bucket: string,
  objects: readonly Listed[],
): Promise<string[]> {
  const newest = [...objects].sort((a, b) => b.lastModified.getTime() - a.lastModified.getTime());
  const counts = new Map<string, number>();
  for (const object of newest.slice(0, maxObjects)) {
    for (const [, code = ''] of (await textOf(reading, bucket, object)).matchAll(errorCode))
      counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([code]) => code);
}

export { readErrorCodes };
