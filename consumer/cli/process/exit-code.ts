/** Exit codes of the command. */
const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Done, but some records were rejected; with `--allow-rejects` the code is 0. */
  rejects: 3,
  interrupted: 130,
} as const;

/** Meanings of the exit codes, for the help and the documentation. */
const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCode.done, 'done'],
  [exitCode.failed, 'failed, or asked about a name that nothing has'],
  [exitCode.usage, 'wrong usage or configuration'],
  [exitCode.rejects, 'done, but some records were rejected (0 with --allow-rejects)'],
  [exitCode.interrupted, 'interrupted'],
];

/** A mistake in the call of the command; the message contains the fix. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The output cannot be written; the message contains the fix. */
class OutputError extends Error {
  override readonly name = 'OutputError';
}

export { exitCode, exitCodeMeanings, OutputError, UsageError };
