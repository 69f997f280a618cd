import { Command } from 'commander';
import { pageAddress } from '../../pages/page-address';
import type { Basis } from '../../queries/answers/open-source';
import type { PlainValue } from '../../queries/engines/plain-value';
import type { Reading } from '../../queries/iceberg/event-source';
import type { Limit } from '../../queries/questions/parameters';
import { type Traced, type TraceStep, traced } from '../../queries/trace/steps';
import type { Timeline } from '../../queries/trace/timeline';
import { traceArchiveStatements } from '../../queries/trace/trace-archive';
import { traceStatements } from '../../queries/trace/trace-athena';
import { formatCount, formatNumber } from '../../texts/number-text';
import { terminalText } from '../../texts/terminal-text';
import type { ShownColumn } from '../answers/answer';
import { reportAnswer } from '../answers/answer-line';
import { dryRunText } from '../answers/dry-run';
import { type SourceCliOptions, withSource } from '../answers/with-source';
import { writeAnswer } from '../answers/write-answer';
import {
  type AnswerCliOptions,
  addAnswerOptions,
  answerFormat,
  checkAnswerOptions,
  workbookFormats,
} from '../options/answer-options';
import { addArchiveOptions } from '../options/archive-options';
import { addEngineOptions, checkEngineOptions } from '../options/engine-options';
import { eventFilter } from '../options/event-filter-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { limitOption } from '../options/list-options';
import { addTimeOptions, type TimeCliOptions } from '../options/time-range-options';
import { placeText } from '../output/output-file';
import type { CommandContext } from '../process/context';

interface TraceCliOptions extends SourceCliOptions, TimeCliOptions {
  limit?: Limit;
}

/** A column of the timeline, and its value for a step. */
type StepColumn = ShownColumn & { value(step: TraceStep): PlainValue };

/** Formats the recipients of a step in a message's timeline. */
function recipientText({ recipients: [first, ...others] }: TraceStep): string {
  if (first === undefined) return 'unknown';
  return others.length === 0 ? first : `${first} and ${formatNumber(others.length, 'other')}`;
}

/** Formats a step of a person's timeline, with a note where another recipient may have caused it. */
function whatText({ what, recipients, attribution }: TraceStep): string {
  if (recipients.length === 0) return `${what} (recipient unknown)`;
  return attribution === 'candidates' && recipients.length > 1
    ? `${what} (${formatCount(recipients.length)} recipients)`
    : what;
}

const time: StepColumn = { name: 'time', type: 'time', value: (step) => step.time ?? null };
const what: StepColumn = { name: 'what', isProse: true, value: (step) => step.what };
const message: StepColumn = {
  name: 'message',
  type: 'header',
  value: ({ subject, messageId }) => subject ?? messageId,
};

/** Returns the columns of a table. */
function shownColumns(of: Traced): readonly StepColumn[] {
  return 'address' in of
    ? [time, message, { ...what, value: whatText }]
    : [time, { name: 'recipient', value: recipientText }, what];
}

/** The columns for programs. Only JSON contains the occurrences, because it has lists. */
const allColumns: readonly StepColumn[] = [
  time,
  { name: 'event_type', value: (step) => step.eventType },
  what,
  { name: 'recipients', value: (step) => step.recipients },
  { name: 'attribution', value: (step) => step.attribution },
  { name: 'message_id', value: (step) => step.messageId },
  { name: 'subject', type: 'header', value: (step) => step.subject ?? null },
  { name: 'event_id', value: (step) => step.eventId },
];
const places: StepColumn = { name: 'places', value: (step) => step.places };

function columnsFor(format: AnswerCliOptions['format'], of: Traced): readonly StepColumn[] {
  if (format === 'table') return shownColumns(of);
  return format === 'json' ? [...allColumns, places] : allColumns;
}

/** Maximum number of steps in a table; the newest are shown. */
const tableLimit = 1000;

/** The form of the message ids of SES: hexadecimal groups. */
const messageIdForm = /^[\da-f]{8,}(?:-[\da-f]+)+$/i;

/** Reports that nothing was found. */
function reportNothing(
  context: CommandContext,
  text: string,
  of: Traced,
  engine: TraceCliOptions['engine'],
): void {
  const [place, check] =
    engine === 'athena'
      ? ['the scanned partitions', 'check the spelling, --since and --until']
      : ['this archive', 'check the spelling, and whether its events were ingested'];
  const isNeither = 'messageId' in of && !messageIdForm.test(of.messageId);
  const advice = isNeither ? 'this is neither a message id nor an address' : check;
  const line = `no events of ${JSON.stringify(text)} in ${place}: ${advice}`;
  context.stderr.write(`${terminalText(line)}\n`);
}

/** Returns the rows of steps, each when it is written. */
async function* rowsOf(steps: Iterable<TraceStep>, columns: readonly StepColumn[]) {
  for (const step of steps) yield [columns.map(({ value }) => value(step))];
}

/** Writes the steps of a message, or of the messages to a person, and reports the data that they are based on. */
async function writeTimeline(
  context: CommandContext,
  { text, of, timeline, basis }: { text: string; of: Traced; timeline: Timeline; basis: Basis },
  options: TraceCliOptions,
): Promise<void> {
  const format = answerFormat(context, options);
  const limit = options.limit ?? (format === 'table' ? tableLimit : 'all');
  const columns = columnsFor(format, of);
  const rows = rowsOf(timeline.newest(limit), columns);
  const { timezone } = options;
  const name = 'address' in of ? of.address : `message ${of.messageId}`;
  const head = [timezone === undefined ? name : `${name}, times in ${timezone}`, ''];
  const answer = { name: 'trace', head, columns, rows, isList: true as const, timezone };
  const written = await writeAnswer(context, answer, { ...options, format });
  const left = limit === 'all' ? 0 : timeline.count - limit;
  const older = left > 0 ? `, ${formatCount(left)} older with --limit all` : '';
  if (timeline.count === 0) reportNothing(context, text, of, options.engine);
  reportAnswer(context, written, basis, placeText(options) + older);
}

async function trace(context: CommandContext, text: string, options: TraceCliOptions): Promise<void> {
  checkAnswerOptions(options);
  checkEngineOptions(options);
  const { lookAhead } = options;
  const { since, until } = eventFilter(options);
  const of = traced(text);
  const asked = { since, until, lookAhead, withPlaces: answerFormat(context, options) === 'json' };
  if (options.dryRun === true) {
    const archive = () => traceArchiveStatements(of, asked);
    const athena = (reading: Reading) => traceStatements(of, reading, asked);
    return void context.stdout.write(dryRunText({ archive, athena }, options));
  }
  await withSource(
    context,
    options,
    (source) => source.trace(of, asked),
    (timeline, basis) => writeTimeline(context, { text, of, timeline, basis }, options),
  );
}

/** `ses-events trace`: shows the timeline of a message, or of the messages to a person. */
function traceCommand(context: CommandContext): Command {
  const command = new Command('trace')
    .description('Show the timeline of a message or recipient')
    .argument('<message-id|address>', 'message id of the send request, or address in any letter case');
  addArchiveOptions(command, context);
  addOptionGroup(command, 'filter', (filter) =>
    addTimeOptions(filter, 'events', 'the times in a table').addOption(
      limitOption('maximum number of rows (the newest are shown)', `${tableLimit} in a table, otherwise all`),
    ),
  );
  addEngineOptions(addOptionGroup(command, 'output', (output) => addAnswerOptions(output, workbookFormats)));
  return addHelpEnd(command, {
    notes: [
      'The timeline contains server responses, links, machine opens, and the time until which SES retries. It ' +
        'contains personal data.',
      '- An open or click of a message with several recipients does not identify the recipient. It is marked as ' +
        'unknown, and is in the timeline of each recipient.\n' +
        '- A legacy notification of a published event is skipped.\n' +
        '- --format json also contains the object of each event.',
      `See ${pageAddress('asking')} and ${pageAddress('athena')}`,
    ],
    examples: [
      'trace 0100019fd8754d66-b04775c3-0b2e-4496-af0b-36fb4b6474e8-000000',
      'trace ana@example.com --since 2026-03-01 --format json',
      'trace ana@example.com --since 2026-03-01 --engine athena --terraform-outputs outputs.json',
    ],
  }).action((text: string, options: TraceCliOptions) => trace(context, text, options));
}

export { traceCommand };
