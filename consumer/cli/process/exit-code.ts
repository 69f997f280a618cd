import type { Correction } from './correction';

/** Exit codes of the command. */
const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Completed, but some records were rejected; with `--allow-rejects` the code is 0. */
  rejects: 3,
  /** Completed, but a check of `--fail-on` failed. */
  check: 4,
  interrupted: 130,
} as const;

/** Meanings of the exit codes, for the help and the documentation. */
const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCode.done, 'success'],
  [
    exitCode.failed,
    'failure, including a missing source or archive, or a filter by a name that does not occur',
  ],
  [exitCode.usage, 'usage or configuration error, including an invalid address or output file'],
  [exitCode.rejects, 'success, but some records were rejected (0 with --allow-rejects)'],
  [exitCode.check, 'success, but a verdict is at least that of --fail-on'],
  [exitCode.interrupted, 'interrupted'],
];

/** A mistake in the call of the command; the message contains the fix. */
class UsageError extends Error {
  override readonly name = 'UsageError';

  /** @param correct returns the arguments of the corrected call, where it is known */
  constructor(
    message: string,
    readonly correct?: Correction,
  ) {
    super(message);
  }
}

/** The output cannot be written; the message contains the fix. */
class OutputError extends Error {
  override readonly name = 'OutputError';
}

export { exitCode, exitCodeMeanings, OutputError, UsageError };
