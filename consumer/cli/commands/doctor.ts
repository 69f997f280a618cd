import { Command } from 'commander';
import { createClients } from '../../doctor/answers/clients';
import { examine } from '../../doctor/examine';
import { type Check, type Finding, notChecked, type Status } from '../../doctor/findings/finding';
import { sendAndWait } from '../../doctor/send/send';
import { pageAddress } from '../../pages/page-address';
import { formatDuration, formatNumber } from '../../texts/number-text';
import { terminalText } from '../../texts/terminal-text';
import { findingFormats } from '../formats/finding-format';
import { writeLines } from '../formats/line-format';
import { plainListFormats } from '../formats/registry';
import { addDoctorOptions, type DoctorCliOptions } from '../options/doctor-options';
import { addHelpEnd, addReplacedOption } from '../options/help-text';
import { formatOption, usualFormat } from '../options/list-options';
import { parseConfigurationSet, parseSeconds } from '../options/option-values';
import { hasColors } from '../output/colors';
import { Output } from '../output/output';
import type { CommandContext } from '../process/context';
import { insertBefore, replaceOption } from '../process/correction';
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
    throw new UsageError('--send requires --from ADDRESS, with an address of a verified identity');
  if (send !== true && from !== undefined)
    throw new UsageError('--from requires --send', insertBefore('--from', '--send'));
  if (send !== true && wait !== undefined)
    throw new UsageError('--wait requires --send', insertBefore('--wait', '--send'));
}

/** Checks of earlier events, whose failures do not affect a message that is sent now. */
const checksOfHistory: readonly Check[] = ['arrivals', 'errors'];

/** Runs all checks; the finding of the test message comes last. */
async function* findings(
  context: CommandContext,
  configurationSet: string,
  options: DoctorCommandOptions,
): AsyncGenerator<Finding, void> {
  const { from, wait } = options;
  const clients = await createClients(options);
  const examination = examine(clients, configurationSet, new Date());
  let isBroken = false;
  let step = await examination.next();
  for (; step.done !== true; step = await examination.next()) {
    const { status, check } = step.value;
    isBroken ||= status === 'failure' && !checksOfHistory.includes(check);
    yield step.value;
  }
  if (from === undefined) return;
  if (isBroken || step.value === undefined) {
    yield notChecked('send', 'no message was sent: fix the failures above first');
    return;
  }
  const progress = new Progress(context, options.progress);
  const finding = await sendAndWait(clients, step.value, {
    from,
    waitSeconds: wait,
    signal: context.signal,
    onWait: (messageId, seconds, state) => {
      const longest = formatDuration(seconds * 1000);
      context.stderr.write(
        `sent message ${terminalText(messageId)}; waiting up to ${longest} for its events\n`,
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

async function doctor(
  context: CommandContext,
  configurationSet: string,
  options: DoctorCommandOptions,
): Promise<void> {
  checkOptions(options);
  const isTerminal = context.stdout.isTTY === true;
  const { format = usualFormat(context) } = options;
  const counts: Record<Status, number> = { ok: 0, warning: 0, failure: 0, 'not-checked': 0 };
  const lines = findingFormats(hasColors(context))[format];
  // A table is already safe for terminals, and its colors must take effect.
  const isRaw = isTerminal && format !== 'table';
  const written = writeLines(
    context,
    counted(findings(context, configurationSet, options), counts),
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
    .description('Find out why no events arrive')
    .argument('<configuration-set>', 'name of the configuration set to check', parseConfigurationSet);
  addDoctorOptions(command)
    .option('--send', 'send a message to the mailbox simulator, and wait for its events in the bucket')
    .option('--from <address>', 'sender of the test message, of a verified identity; requires --send')
    .option(
      '--wait <seconds>',
      'maximum seconds to wait for the events of the test message; requires --send (default: the buffering interval of the stream plus 120)',
      parseSeconds,
    )
    .addOption(formatOption(plainListFormats))
    .option('--no-progress', 'hide the progress line');
  addReplacedOption(command, '--configuration-set <set>', {
    message: '--configuration-set was replaced by the argument <configuration-set>',
    correct: replaceOption('--configuration-set', (name) => [name]),
  });
  return addHelpEnd(command, {
    notes: [
      'Checks every step from the configuration set to the newest object in the bucket, and whether alarms notify ' +
        'somebody. Each problem is reported with a fix. Without --send, nothing is changed or sent.',
      'The exit code is 1 if a check fails. A check that lacks a permission gives a warning. ' +
        `See ${pageAddress('doctor')}`,
    ],
    examples: ['doctor newsletter --region eu-west-1', 'doctor newsletter --send --from news@example.com'],
  }).action((configurationSet: string, options: DoctorCommandOptions) =>
    doctor(context, configurationSet, options),
  );
}

export { doctorCommand };
