import { ArchiveError } from '../store/archive-error';

/** Messages of Node and DuckDB about a file that cannot grow, with the reason and the remedy. */
const reasons: readonly (readonly [message: RegExp, reason: string, remedy: string])[] = [
  [/\bENOSPC\b|No space left on device/, 'the disk is full', 'free disk space'],
  // DuckDB limits its spilled data to the free space of the disk.
  [/failed to offload data block/, 'the disk is full', 'free disk space'],
  [/\bEDQUOT\b|Disk quota exceeded/, "this user's disk quota is used up", 'free disk space'],
  [
    /\bEFBIG\b|File too large/,
    'a file reached the size limit of this process',
    'raise the limit (ulimit -f)',
  ],
];

/** Turns an error about a full disk into one with a remedy; undefined for other errors. */
function outOfSpace(archive: string, error: unknown): ArchiveError | undefined {
  const text = error instanceof Error ? error.message : String(error);
  const found = reasons.find(([message]) => message.test(text));
  if (found === undefined) return undefined;
  const [, reason, remedy] = found;
  return new ArchiveError(
    `cannot write the archive ${archive} or its temporary files: ${reason}; ${remedy} and run the same command ` +
      'again: it continues after the last commit',
    { cause: error },
  );
}

export { outOfSpace };
