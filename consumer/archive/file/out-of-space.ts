import { ArchiveError } from '../store/archive-error';

/** What Node and DuckDB write when a file cannot grow, and what it means. */
const reasons: readonly (readonly [message: RegExp, reason: string, remedy: string])[] = [
  [/\bENOSPC\b|No space left on device/, 'the disk is full', 'make room'],
  // DuckDB lets what it spills grow to the room that the disk had left.
  [/failed to offload data block/, 'the disk is full', 'make room'],
  [/\bEDQUOT\b|Disk quota exceeded/, "this user's disk quota is used up", 'make room'],
  [/\bEFBIG\b|File too large/, 'a file reached the size that this process may write', 'raise it (ulimit -f)'],
];

/** An error that came of a full disk, in our words; undefined when it came of something else. */
function outOfSpace(archive: string, error: unknown): ArchiveError | undefined {
  const text = error instanceof Error ? error.message : String(error);
  const found = reasons.find(([message]) => message.test(text));
  if (found === undefined) return undefined;
  const [, reason, remedy] = found;
  return new ArchiveError(
    `cannot write the archive ${archive} or what is staged beside it: ${reason}; ${remedy} and run the same command ` +
      'again: what was committed is kept, and the rest is read then',
    { cause: error },
  );
}

export { outOfSpace };
