/** A mistake in a configuration: where it is, what was found, what is allowed. */
interface ConfigurationIssue {
  /** The setting, as its author calls it. */
  setting: string;
  message: string;
}

/** A configuration with mistakes; the message has all of them, one a line. */
class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    /** What was configured. */
    readonly subject: string,
    readonly issues: readonly ConfigurationIssue[],
  ) {
    super([`${subject}:`, ...issues.map(({ setting, message }) => `  ${setting}: ${message}`)].join('\n'));
  }
}

export { ConfigurationError, type ConfigurationIssue };
