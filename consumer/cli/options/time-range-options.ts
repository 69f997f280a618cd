import { type Command, InvalidArgumentError } from 'commander';
import { parseTimeAt } from '../../queries/questions/time-text';
import { closestTimeZone, timeZoneName } from '../../queries/questions/time-zone';
import { replaceOption } from '../process/correction';
import { UsageError } from '../process/exit-code';
import { parseTime } from './time-option';

/** Parses the name of a time zone. */
function parseTimeZone(text: string): string {
  const name = timeZoneName(text);
  if (name !== undefined) return name;
  const meant = closestTimeZone(text);
  throw new InvalidArgumentError(
    `Expected UTC, or the IANA name of a time zone, such as Europe/Berlin or America/New_York.${meant === undefined ? '' : `\n(Did you mean ${meant}?)`}`,
  );
}

/** The time range of a command, and the time zone of its days. */
interface TimeCliOptions {
  since?: Date | undefined;
  until?: Date | undefined;
  /** @default 'UTC' */
  timezone?: string | undefined;
}

/** The options before `--timezone` applies to them. */
interface TimeTexts extends Pick<TimeCliOptions, 'timezone'> {
  since?: string | undefined;
  until?: string | undefined;
}

/** Checks the text of a time. It is parsed when the time zone is known, which can come after it. */
function timeText(text: string): string {
  parseTime(text);
  return text;
}

/** Replaces the texts of `--since` and `--until` with times. */
function resolveTimes(command: Command, { timezone, ...texts }: TimeTexts): void {
  const now = new Date();
  for (const [name, text] of Object.entries(texts))
    if (text !== undefined) command.setOptionValue(name, parseTimeAt(text, now, timezone));
}

/**
 * Adds the options for a time range, and for the time zone of its days. The action of the command gets
 * {@link TimeCliOptions}.
 *
 * @param data the data in the range, such as `events`
 * @param shown the output of the command that is in the time zone too; without any, `--timezone` requires a range
 */
function addTimeOptions(command: Command, data: string, shown?: string): Command {
  return command
    .option(
      '--since <time>',
      `only ${data} at or after this time: 2026-03-01, 2026-03-01T12:00Z, yesterday, or a duration before now, such as 24h or 7d (7 times 24 hours)`,
      timeText,
    )
    .option('--until <time>', `only ${data} before this time`, timeText)
    .option(
      '--timezone <zone>',
      `time zone of --since and --until${shown === undefined ? '' : `, and of ${shown}`}, such as Europe/Berlin (default: UTC)`,
      parseTimeZone,
    )
    .hook('preAction', () => {
      const { since, until, timezone } = command.opts<TimeTexts>();
      if (shown === undefined && timezone !== undefined && since === undefined && until === undefined)
        throw new UsageError('--timezone requires --since or --until', replaceOption('--timezone'));
      resolveTimes(command, { since, until, timezone });
    });
}

export { addTimeOptions, type TimeCliOptions };
