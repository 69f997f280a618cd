/** What the command tells its caller when it ends. */
const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Done, but some records were rejected; `--allow-rejects` makes it 0. */
  rejects: 3,
  interrupted: 130,
} as const;

/** What each exit code means, for the help and the documentation. */
const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCode.done, 'done'],
  [exitCode.failed, 'failed, or asked about a name that nothing has'],
  [exitCode.usage, 'wrong usage or configuration'],
  [exitCode.rejects, 'done, but some records were rejected (0 with --allow-rejects)'],
  [exitCode.interrupted, 'interrupted'],
];

/** A mistake in how the command was called; the message says what to do. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for cannot be written; the message says what to do. */
class OutputError extends Error {
  override readonly name = 'OutputError';
}

export { exitCode, exitCodeMeanings, OutputError, UsageError };
