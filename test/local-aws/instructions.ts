import type { SentSample } from './sample-mail';

/** A running local AWS with a deployed stack. */
interface RunningStack {
  /** Environment variables of processes that use the local AWS. */
  environment: Readonly<NodeJS.ProcessEnv>;
  /** Default archive of the commands. It ends with the local AWS. */
  archive: string;
  configurationSet: string;
  eventsLocation: string;
  sent: SentSample;
}

/** The environment variables that a user of the local AWS requires, in this order. */
const exported = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

/** Quotes a value for a shell if necessary. */
function shellWord(value: string): string {
  return /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/** Returns the text about a running local AWS: its contents, the commands to paste into another terminal, and its end. */
function instructions({
  environment,
  archive,
  configurationSet,
  eventsLocation,
  sent,
}: RunningStack): string {
  const variables: [name: string, value: string][] = [
    ...exported.map((name): [string, string] => [name, environment[name] ?? '']),
    ['SES_EVENTS_ARCHIVE', archive],
  ];
  return `
The stack is deployed, and ${sent.messages} messages have ${sent.events} events in ${eventsLocation}
To use it, paste these lines into another terminal, in this folder (bash or zsh):

unset AWS_PROFILE AWS_SESSION_TOKEN
${variables.map(([name, value]) => `export ${name}=${shellWord(value)}\n`).join('')}ses-events() { npx tsx consumer/cli/ses-events.ts "$@"; }

Then, for example:

ses-events doctor ${configurationSet}
ses-events read ${eventsLocation} --kind Bounce
ses-events ingest ${eventsLocation}
ses-events ask health
ses-events trace ana@example.com

To send another message, use an SES client with these variables, the sender orders@shop.example and the
configuration set ${configurationSet}. Its events arrive within a few seconds.
Press Ctrl-C here to stop. Everything is deleted then, the archive included.
`;
}

export { instructions, type RunningStack };
