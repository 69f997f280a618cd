interface StartOptions {
  /** Environment variables beside those that every run has. */
  env?: NodeJS.ProcessEnv;
  /** @default - the folder of this package */
  cwd?: string;
}

interface RunOptions extends StartOptions {
  /** What the command finds on standard input; nothing by default. */
  stdin?: string | Uint8Array;
}

interface CommandResult {
  /** Null when a signal ended the process. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Without what would change the output on a developer's or a CI machine; and with no way to AWS. */
function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const shaping = /^(AWS_|SES_EVENTS_|CI$|NO_COLOR$|FORCE_COLOR$|COLUMNS$|TZ$)/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !shaping.test(name))),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...more,
  };
}

export { type CommandResult, environment, type RunOptions, type StartOptions };
