import { type Command, InvalidArgumentError, Option } from 'commander';
import { type EventKind, eventKinds, parseTimestamp } from '../events';
import type { S3Options } from '../sources/s3-options';

/** Options of every command that reads delivered objects. */
interface SourceCliOptions {
  kind?: EventKind[];
  since?: Date;
  until?: Date;
  endpoint?: string;
  region?: string;
  allowRejects?: boolean;
  progress: boolean;
}

const kindNames = new Map(eventKinds.map((kind) => [kind.toLowerCase().replaceAll(/[ _-]/g, ''), kind]));

/** A kind as AWS spells it, from any common spelling: `rendering-failure`, `RENDERING_FAILURE`, `bounce`. */
function parseKinds(text: string, previous: EventKind[] = []): EventKind[] {
  const kinds = text.split(',').map((name) => {
    const kind = kindNames.get(name.toLowerCase().replaceAll(/[ _-]/g, ''));
    if (kind === undefined)
      throw new InvalidArgumentError(`no such kind; the kinds are ${eventKinds.join(', ')}`);
    return kind;
  });
  return [...previous, ...kinds];
}

/** A day (its first moment, UTC) or a time; one without a zone is UTC. */
function parseTime(text: string): Date {
  const time = parseTimestamp(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time === undefined)
    throw new InvalidArgumentError('write a day or a time such as 2026-03-01 or 2026-03-01T12:00Z');
  return time;
}

/** Adds the options that every command has which reads delivered objects. */
function addSourceOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-k, --kind <kind>',
        `only events of this kind, in any spelling: ${eventKinds.join(', ')}; several by comma or repetition; other lines are not examined and cannot be rejected`,
      ).argParser(parseKinds),
    )
    .addOption(
      new Option(
        '--since <time>',
        'only events that happened at or after this day or time (UTC), such as 2026-03-01 or 2026-03-01T12:00Z; partitions wholly before it are not read',
      ).argParser(parseTime),
    )
    .addOption(
      new Option('--until <time>', 'only events that happened before this day or time (UTC)').argParser(
        parseTime,
      ),
    )
    .option(
      '--endpoint <url>',
      'another server that speaks S3; buckets are addressed by path (or AWS_ENDPOINT_URL)',
    )
    .option('--region <region>', 'region of the bucket (default: AWS_REGION, or what the SDK finds)')
    .option('--allow-rejects', 'exit with 0 even when records were rejected')
    .option('--no-progress', 'no progress bar on the terminal');
}

/** How to reach S3, from the options. */
function s3Options({ endpoint, region }: SourceCliOptions): S3Options {
  return { endpoint, region };
}

/** Which events are wanted, from the options. */
function recordFilter({ kind, since, until }: SourceCliOptions) {
  return { ...(kind && { kinds: kind }), ...(since && { since }), ...(until && { until }) };
}

export { addSourceOptions, recordFilter, type SourceCliOptions, s3Options };
