import { Command, InvalidArgumentError } from 'commander';
import { pageAddress } from '../../pages/page-address';
import {
  type FillReport,
  type FillStep,
  fillArchive,
  plannedStatements,
} from '../../queries/filling/fill-archive';
import { formatNumber } from '../../texts/number-text';
import { withAthena } from '../answers/with-athena';
import { addFillOptions, checkEngineOptions, type EngineCliOptions } from '../options/engine-options';
import { addHelpEnd } from '../options/help-text';
import { catalogOutputs } from '../options/terraform-outputs';
import { parseTime } from '../options/time-option';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';

interface CompactCliOptions extends EngineCliOptions {
  since?: Date;
  until?: Date;
  again?: boolean;
  lateDays: number;
  location?: string;
}

const dayOf = (time: Date | undefined) => time?.toISOString().slice(0, 10);

/** Maximum number of days that a line lists. */
const maxListed = 5;

/** Formats what was done, and the days whose lines are still read. */
function reportLine({ mergedDays, events, recordedDays, openDays }: FillReport): string {
  if (mergedDays === 0) return 'nothing to merge: all days are in the archive';
  const shown = openDays.slice(0, maxListed).join(', ');
  const more = openDays.length > maxListed ? ` and ${openDays.length - maxListed} more` : '';
  return [
    `${formatNumber(mergedDays, 'day')} merged${events === undefined ? '' : `, ${formatNumber(events, 'event')} added or extended`}`,
    `${formatNumber(recordedDays, 'day')} complete`,
    ...(openDays.length === 0 ? [] : [`answers also read the lines of ${shown}${more}`]),
  ].join('; ');
}

function parseLateDays(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= 14) return days;
  throw new InvalidArgumentError('Expected a whole number of days, from 1 to 14.');
}

/** @throws {UsageError} when the days are in the wrong order, or the objects of the last one are incomplete */
function checkDays(since: string | undefined, until: string | undefined, today: string): void {
  if (until !== undefined && until >= today)
    throw new UsageError(
      `--until ${until}: the last day can be yesterday, because objects of today still arrive`,
    );
  if (since === undefined) return;
  if (since >= today) throw new UsageError(`--since ${since}: the first day can be yesterday`);
  if (until !== undefined && since > until)
    throw new UsageError(`--since ${since} is after --until ${until}`);
}

/** @throws {UsageError} when the folder is not one of a bucket */
function checkedLocation(location: string | undefined): string | undefined {
  if (location === undefined) return undefined;
  if (!/^s3:\/\/[^/\s']+\/[^\s']*$/.test(location))
    throw new UsageError(
      `--location ${location}: expected a folder in a bucket, such as s3://my-bucket/archive/`,
    );
  return location.endsWith('/') ? location : `${location}/`;
}

async function compact(context: CommandContext, options: CompactCliOptions): Promise<void> {
  if (options.engine !== 'athena')
    throw new UsageError('compact requires --engine athena: the file of an archive needs no compaction');
  checkEngineOptions(options);
  const { terraformOutputs, lateDays, again } = options;
  const outputs = terraformOutputs === undefined ? undefined : catalogOutputs(terraformOutputs);
  const location = options.location ?? outputs?.archiveLocation;
  const [since, until, today] = [options.since, options.until, new Date()].map(dayOf);
  checkDays(since, until, String(today));
  const fill = { since, until, again, lateDays, location: checkedLocation(location), today: String(today) };
  if (options.dryRun === true) {
    if (since === undefined)
      throw new UsageError('--dry-run requires --since, because it does not look up the days in the archive');
    const statements = plannedStatements(fill);
    const texts = statements.map(({ text, sql }) => `-- ${text}\n${sql};\n`);
    return void context.stdout.write(texts.join('\n'));
  }
  let current: FillStep | undefined;
  const progress = () =>
    current === undefined ? '' : `${current.text} (${current.step} of ${current.steps})  `;
  await withAthena(
    context,
    options,
    (engine) =>
      fillArchive(engine, {
        ...fill,
        onStep(step) {
          current = step;
        },
      }),
    async (report) => void context.stderr.write(`${reportLine(report)}\n`),
    progress,
  );
}

/** `ses-events compact`: fills the Iceberg archive on Athena, and joins its files. */
function compactCommand(context: CommandContext): Command {
  const command = new Command('compact')
    .description('Fill the Iceberg archive on Athena')
    .option('--since <time>', 'first day of arrival (default: the first day in the archive)', parseTime)
    .option('--until <time>', 'last day of arrival (default: yesterday)', parseTime)
    .option('--again', 'also merge days that are complete, because objects arrived later')
    .option('--late-days <days>', 'days until all objects of a day have arrived', parseLateDays, 2)
    .option('--location <folder>', 'folder for new tables, such as s3://my-bucket/archive/');
  addFillOptions(command);
  return addHelpEnd(command, {
    notes: [
      'Each event is added once, however often the command runs, and whenever it was interrupted.',
      'A day is complete when all of its lines were compared with the archive. Answers read the other days from their lines.',
      'The schedule of a deployment does the same every day. The command is for earlier days, or instead of the schedule.',
      'It requires the permissions of the output catalog_writer_policy_json.',
      `See ${pageAddress('athena')}`,
    ],
    examples: [
      'compact --engine athena --terraform-outputs outputs.json --since 2026-03-01',
      'compact --engine athena --terraform-outputs outputs.json',
      'compact --engine athena --terraform-outputs outputs.json --since 2026-03-01 --dry-run',
    ],
  }).action((options: CompactCliOptions) => compact(context, options));
}

export { compactCommand };
