interface StartOptions {
  /** Environment variables in addition to those of every run. */
  env?: NodeJS.ProcessEnv;
  /** @default - the folder of this package */
  cwd?: string;
}

interface RunOptions extends StartOptions {
  /** Standard input of the command; empty by default. */
  stdin?: string | Uint8Array;
}

interface CommandResult {
  /** Null when a signal ended the process. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Returns the environment without variables that change the output, and without access to AWS. Without `TERM`, a terminal
 * has no colors.
 */
function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const shaping =
    /^(AWS_|SES_EVENTS_|CI$|CI_NAME$|TERM|COLORTERM$|TMUX$|NO_COLOR$|NODE_DISABLE_COLORS$|FORCE_COLOR$|COLUMNS$|TZ$)/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !shaping.test(name))),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...more,
  };
}

export { type CommandResult, environment, type RunOptions, type StartOptions };
