import { type Command, InvalidArgumentError } from 'commander';
import { type EventKind, eventKinds, parseTimestamp } from '../../events';
import { UsageError } from '../process/exit-code';

/** Options of every command that filters events. */
interface EventFilterCliOptions {
  kind?: EventKind[];
  since?: Date;
  until?: Date;
}

const kindNames = new Map(eventKinds.map((kind) => [kind.toLowerCase().replaceAll(/[ _-]/g, ''), kind]));

/**
 * Parses a kind into AWS's spelling, from any common spelling: `rendering-failure`, `RENDERING_FAILURE`,
 * `bounce`.
 */
function parseKinds(text: string, previous: EventKind[] = []): EventKind[] {
  const kinds = text.split(',').map((name) => {
    const kind = kindNames.get(name.toLowerCase().replaceAll(/[ _-]/g, ''));
    if (kind === undefined)
      throw new InvalidArgumentError(`no such kind; the kinds are ${eventKinds.join(', ')}`);
    return kind;
  });
  return [...previous, ...kinds];
}

/** Parses a time, or a day, which means its first moment in UTC. A time without a zone is in UTC. */
function parseTime(text: string): Date {
  const time = parseTimestamp(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time === undefined)
    throw new InvalidArgumentError('write a day or a time such as 2026-03-01 or 2026-03-01T12:00Z');
  return time;
}

/**
 * Adds the options of every command that filters events.
 * @param notes texts of the command that follow the common description of an option
 */
function addEventFilterOptions(command: Command, notes: { kind?: string; since?: string } = {}): Command {
  return command
    .option(
      '-k, --kind <kind>',
      `only events of this kind, in any spelling: ${eventKinds.join(', ')}; several by comma or repetition${notes.kind ?? ''}`,
      parseKinds,
    )
    .option(
      '--since <time>',
      `only events that happened at or after this day or time (UTC), such as 2026-03-01 or 2026-03-01T12:00Z${notes.since ?? ''}`,
      parseTime,
    )
    .option('--until <time>', 'only events that happened before this day or time (UTC)', parseTime);
}

/**
 * Returns the event filter of the options.
 * @throws {UsageError} when no event can match
 */
function eventFilter({ kind, since, until }: EventFilterCliOptions) {
  if (since !== undefined && until !== undefined && since >= until) {
    throw new UsageError('--since is not before --until: nothing could be read');
  }
  return { ...(kind && { kinds: kind }), ...(since && { since }), ...(until && { until }) };
}

export { addEventFilterOptions, type EventFilterCliOptions, eventFilter, parseTime };
