import { Command } from 'commander';
import { createClients } from '../../doctor/answers/clients';
import { examine } from '../../doctor/examine';
import { type Check, type Finding, notChecked, type Status } from '../../doctor/findings/finding';
import { sendAndWait } from '../../doctor/send/send';
import { findingFormats, hasColors } from '../formats/finding-format';
import { writeLines } from '../formats/line-format';
import { plainListFormats } from '../formats/registry';
import { addDoctorOptions, type DoctorCliOptions } from '../options/doctor-options';
import { formatOption, usualFormat } from '../options/list-options';
import { parseCount } from '../options/option-values';
import { formatDuration, formatNumber } from '../output/number-text';
import { Output } from '../output/output';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';
import { exitCode, UsageError } from '../process/exit-code';
import { Progress } from '../progress/progress';

interface DoctorCommandOptions extends DoctorCliOptions {
  send?: boolean;
  from?: string;
  wait?: number;
  format?: 'table' | 'json' | 'ndjson';
  progress: boolean;
}

/** @throws {UsageError} when the options cannot be combined */
function checkOptions({ send, from, wait }: DoctorCommandOptions): void {
  if (send === true && from === undefined)
    throw new UsageError('--send needs an address of a verified identity to send from: add --from');
  if (send !== true && from !== undefined) throw new UsageError('--from is for a test message: add --send');
  if (send !== true && wait !== undefined)
    throw new UsageError('--wait is for the events of a test message: add --send');
}

/** Checks whose failures do not concern mail that is sent now. */
const ofThePast: readonly Check[] = ['arrivals', 'errors'];

/** Runs all checks; the finding of the test message comes last. */
async function* findings(
  context: CommandContext,
  options: DoctorCommandOptions,
): AsyncGenerator<Finding, void> {
  const { configurationSet, from, wait } = options;
  const clients = await createClients(options);
  const examination = examine(clients, configurationSet, new Date());
  let isBroken = false;
  let step = await examination.next();
  for (; step.done !== true; step = await examination.next()) {
    const { status, check } = step.value;
    isBroken ||= status === 'failure' && !ofThePast.includes(check);
    yield step.value;
  }
  if (from === undefined) return;
  if (isBroken || step.value === undefined) {
    yield notChecked('send', 'nothing was sent: what failed above has to be right first');
    return;
  }
  const progress = new Progress(context, options.progress);
  const finding = await sendAndWait(clients, step.value, {
    from,
    waitSeconds: wait,
    signal: context.signal,
    onWait: (messageId, seconds, state) => {
      const most = formatDuration(seconds * 1000);
      context.stderr.write(
        `sent message ${terminalText(messageId)}; waiting for its events, up to ${most}\n`,
      );
      progress.showLine((passed) => `${state()}  ${formatDuration(passed * 1000)}`);
    },
  }).finally(() => progress.stop());
  yield finding;
}

async function* counted(
  all: AsyncIterable<Finding>,
  counts: Record<Status, number>,
): AsyncGenerator<Finding, void> {
  for await (const finding of all) {
    counts[finding.status]++;
    yield finding;
  }
}

async function doctor(context: CommandContext, options: DoctorCommandOptions): Promise<void> {
  checkOptions(options);
  const isTerminal = context.stdout.isTTY === true;
  const { format = usualFormat(context) } = options;
  const counts: Record<Status, number> = { ok: 0, warning: 0, failure: 0, 'not-checked': 0 };
  const lines = findingFormats(hasColors(context))[format];
  // A table is already safe for terminals, and its colors must take effect.
  const isRaw = isTerminal && format !== 'table';
  const written = writeLines(
    context,
    counted(findings(context, options), counts),
    lines,
    new Output(context.stdout),
    isRaw,
  );
  await context.untilInterrupted(written.then(() => {})); // a request to AWS may take long
  const { ok, warning, failure, 'not-checked': rest } = counts;
  context.stderr.write(
    `${formatNumber(ok + warning + failure + rest, 'check')}: ${ok} ok, ${formatNumber(warning, 'warning')}, ` +
      `${formatNumber(failure, 'failure')}, ${rest} not checked\n`,
  );
  if (counts.failure > 0 && !context.isInterrupted) context.exitCode = exitCode.failed;
}

/** `ses-events doctor`: finds the reason why no events arrive. */
function doctorCommand(context: CommandContext): Command {
  const command = new Command('doctor')
    .summary('find out why no events arrive')
    .description(
      'Looks at everything that an event passes on its way, from the configuration set to the newest object in the ' +
        'bucket, and says of each what is wrong with it and what to do. It changes nothing.',
    );
  return addDoctorOptions(command, 'the configuration set whose events should arrive')
    .option(
      '--send',
      'send a message to the mailbox simulator as well, and wait until its Send and Delivery are in the bucket',
    )
    .option('--from <address>', 'with --send: the address to send from, of a verified identity')
    .option(
      '--wait <seconds>',
      'with --send: how long to wait (default: as long as the stream gathers records, and 120 more)',
      parseCount,
    )
    .addOption(formatOption(plainListFormats))
    .option('--no-progress', 'no progress line on the terminal')
    .addHelpText(
      'after',
      '\nExit code 1 means that something failed. What the credentials need to be allowed stands in docs/doctor.md: ' +
        'what may not be looked at is a warning.\n' +
        '\nExamples:\n' +
        '  $ ses-events doctor --configuration-set newsletter --region eu-west-1\n' +
        '  $ ses-events doctor --configuration-set newsletter --send --from news@example.com\n',
    )
    .action((options: DoctorCommandOptions) => doctor(context, options));
}

export { doctorCommand };
