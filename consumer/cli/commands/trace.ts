import { Command } from 'commander';
import type { PlainValue } from '../../queries/engines/plain-value';
import type { Limit } from '../../queries/questions/parameters';
import { type Traced, type TraceStep, traced } from '../../queries/trace/steps';
import { traceArchive } from '../../queries/trace/trace-archive';
import { traceAthena, traceStatements } from '../../queries/trace/trace-athena';
import type { ShownColumn } from '../answers/answer';
import { answerLine, archiveFacts, withArchive } from '../answers/ask-archive';
import { type AthenaCliOptions, reportAthenaAnswer } from '../answers/ask-athena';
import { athenaDryRun, withAthena } from '../answers/with-athena';
import { constantRows, writeAnswer } from '../answers/write-answer';
import { listFormats } from '../formats/registry';
import {
  type AnswerCliOptions,
  addAnswerOptions,
  answerFormat,
  checkAnswerOptions,
} from '../options/answer-options';
import { type ArchiveCliOptions, addArchiveOptions } from '../options/archive-options';
import { addEngineOptions, checkEngineOptions } from '../options/engine-options';
import { eventFilter, parseTime } from '../options/event-filter-options';
import { limitOption } from '../options/list-options';
import { formatCount, formatNumber } from '../output/number-text';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';

interface TraceCliOptions extends ArchiveCliOptions, AthenaCliOptions {
  since?: Date;
  until?: Date;
  limit?: Limit;
}

/** A column of the timeline, and its value for a step. */
type StepColumn = ShownColumn & { value(step: TraceStep): PlainValue };

/** Formats the recipients of a step in a message's timeline; unknown recipients are named as such. */
function whom({ recipients: [first, ...others] }: TraceStep): string {
  if (first === undefined) return 'not told';
  return others.length === 0 ? first : `${first} and ${formatNumber(others.length, 'other')}`;
}

/** Formats a step of a person's timeline, with a note where another recipient may have caused it. */
function perhaps({ what, recipients, attribution }: TraceStep): string {
  if (recipients.length === 0) return `${what} (by which recipient is not told)`;
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
    ? [time, message, { ...what, value: perhaps }]
    : [time, { name: 'recipient', value: whom }, what];
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

/** Writes the steps, and returns text about the older ones that are omitted; undefined when interrupted. */
async function writeTimeline(
  context: CommandContext,
  of: Traced,
  steps: readonly TraceStep[],
  options: TraceCliOptions,
) {
  const format = answerFormat(context, options);
  const limit = options.limit ?? (format === 'table' ? tableLimit : 'all');
  const shown = limit === 'all' ? steps : steps.slice(Math.max(steps.length - limit, 0));
  const columns = columnsFor(format, of);
  const rows = constantRows(shown.map((step) => columns.map(({ value }) => value(step))));
  const name = 'address' in of ? of.address : `message ${of.messageId}`;
  const written = await writeAnswer(
    context,
    { head: [name, ''], columns, rows, isList: true },
    { ...options, format },
  );
  const left = steps.length - shown.length;
  return (
    written && {
      written,
      older: left > 0 ? `, ${formatCount(left)} older left out: --limit all has them` : '',
    }
  );
}

function tellNothing(context: CommandContext, text: string, place: string): void {
  const line = `nothing of ${JSON.stringify(text)} is in ${place}`;
  context.stderr.write(`${terminalText(line)}\n`);
}

async function run(context: CommandContext, text: string, options: TraceCliOptions): Promise<void> {
  checkAnswerOptions(options);
  checkEngineOptions(options, { dryRun: '--dry-run' });
  const { since, until } = eventFilter(options);
  const of = traced(text);
  if (options.engine === 'athena') return runOnAthena(context, text, of, options);
  const withPlaces = answerFormat(context, options) === 'json';
  await withArchive(context, options, async (database) => {
    const facts = await archiveFacts(database);
    const steps = await traceArchive(database, of, { since, until, withPlaces });
    if (context.isInterrupted) return;
    const timeline = await writeTimeline(context, of, steps, options);
    if (steps.length === 0)
      tellNothing(context, text, 'this archive: is it spelled so, and was what is about it ingested?');
    if (timeline !== undefined)
      context.stderr.write(`${answerLine(timeline.written, facts, timeline.older)}\n`);
  });
}

async function runOnAthena(
  context: CommandContext,
  text: string,
  of: Traced,
  options: TraceCliOptions,
): Promise<void> {
  const { since, until, lookAhead } = options;
  if (options.dryRun === true) {
    context.stdout.write(athenaDryRun(traceStatements(of, { since, until, lookAhead })));
    return;
  }
  await withAthena(
    context,
    options,
    (engine) => traceAthena(engine, of, { since, until, lookAhead }),
    async ({ steps, unreadable }) => {
      const timeline = await writeTimeline(context, of, steps, options);
      if (steps.length === 0)
        tellNothing(context, text, 'what was read: is it spelled so, and do --since and --until hold it?');
      if (timeline !== undefined && !context.isInterrupted)
        reportAthenaAnswer(context, timeline.written, timeline.older, unreadable, options);
    },
  );
}

/** `ses-events trace`: shows the timeline of a message, or of the messages to a person. */
function traceCommand(context: CommandContext): Command {
  const command = new Command('trace')
    .summary('tell what happened to a message, or to the messages to a person')
    .description(
      'Tells what happened to a message, or to every message to an address, in the order of time: with what ' +
        'servers answered, links, machines, and until when SES goes on trying. It holds personal data.',
    )
    .argument('<message-id|address>', 'the id that the send call returned, or an address in any letter case')
    .option('--since <time>', 'only what happened at or after this day or time (UTC)', parseTime)
    .option('--until <time>', 'only what happened before this day or time (UTC)', parseTime)
    .addOption(limitOption('only the newest so many', `${tableLimit} in a table, otherwise all`));
  addAnswerOptions(addArchiveOptions(command, context), listFormats);
  return addEngineOptions(command)
    .option('--dry-run', 'athena: print the SQL instead of running it')
    .addHelpText(
      'after',
      '\nAn open or a click of a message with several recipients does not say whose it was: it is marked, and of ' +
        'an address everything is shown that may be about it.\n' +
        'A legacy notification of what event publishing tells as well is left out. json has the places where each ' +
        'event was found.\n' +
        '\nExamples:\n' +
        '  $ ses-events trace 0100019fd8754d66-b04775c3-0b2e-4496-af0b-36fb4b6474e8-000000\n' +
        '  $ ses-events trace ana@example.com --since 2026-03-01 --format json\n' +
        '  $ ses-events trace ana@example.com --since 2026-03-01 --engine athena --terraform-outputs outputs.json\n',
    )
    .action((text: string, options: TraceCliOptions) => run(context, text, options));
}

export { traceCommand };
