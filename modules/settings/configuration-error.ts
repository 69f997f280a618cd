/** A mistake in a configuration: its place, the received value, and the allowed ones. */
interface ConfigurationIssue {
  /** The setting, as its author writes it. */
  setting: string;
  message: string;
}

/** A configuration with mistakes; the message lists all of them, one per line. */
class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    /** The configured thing. */
    readonly subject: string,
    readonly issues: readonly ConfigurationIssue[],
  ) {
    super([`${subject}:`, ...issues.map(({ setting, message }) => `  ${setting}: ${message}`)].join('\n'));
  }
}

export { ConfigurationError, type ConfigurationIssue };
