/** A mistake in a configuration: its place, the received value, and the allowed ones. */
interface ConfigurationIssue {
  /** The setting, as its author writes it. */
  setting: string;
  message: string;
}

/** Formats a mistake as a sentence about the setting; a colon precedes a message with another subject. */
function sentenceOf({ setting, message }: ConfigurationIssue): string {
  return /^(?:is|has|contains|must|does|requires|would) /.test(message)
    ? `${setting} ${message}`
    : `${setting}: ${message}`;
}

/** A configuration with mistakes; the message lists all of them, one per line. */
class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    /** The configured thing. */
    readonly subject: string,
    readonly issues: readonly ConfigurationIssue[],
  ) {
    super([`${subject}:`, ...issues.map((issue) => `  ${sentenceOf(issue)}`)].join('\n'));
  }
}

export { ConfigurationError, type ConfigurationIssue };
