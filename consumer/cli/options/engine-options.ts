import { type Command, Option } from 'commander';
import { type AthenaOptions, defaultCatalog } from '../../queries/engines/athena/athena-engine';
import { listPrice } from '../../queries/engines/athena/scan-cost';
import { defaultLookAhead } from '../../queries/prelude/partition-filter';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { parseCount, parsePrice } from './option-values';
import { catalogOutputs } from './terraform-outputs';

/** Options of every command that queries one of the engines. */
interface EngineCliOptions {
  engine: 'duckdb' | 'athena';
  workgroup?: string;
  database?: string;
  catalog?: string;
  terraformOutputs?: string;
  region?: string;
  endpoint?: string;
  /** Days. */
  lookAhead?: number;
  /** USD. */
  pricePerTerabyte?: number;
  progress: boolean;
}

/** The options that only apply to Athena, and their flags. */
const athenaFlags = {
  workgroup: '--workgroup',
  database: '--database',
  catalog: '--catalog',
  terraformOutputs: '--terraform-outputs',
  region: '--region',
  endpoint: '--endpoint',
  lookAhead: '--look-ahead',
  pricePerTerabyte: '--price-per-terabyte',
} as const;

/** Adds the options of every command that queries one of the engines. */
function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--engine <engine>', 'duckdb: the archive; athena: the bucket itself (docs/athena.md)')
        .choices(['duckdb', 'athena'])
        .default('duckdb'),
    )
    .option('--workgroup <name>', 'athena: the workgroup (or SES_EVENTS_ATHENA_WORKGROUP)')
    .option('--database <name>', 'athena: the database of the catalog (or SES_EVENTS_ATHENA_DATABASE)')
    .option(
      '--terraform-outputs <file>',
      'athena: take both from what terraform output -json or cdktf output --outputs-file wrote',
    )
    .option('--catalog <name>', `athena: the data catalog (default: ${defaultCatalog})`)
    .option('--region <region>', 'athena: the region (default: AWS_REGION, or what the SDK finds)')
    .option('--endpoint <url>', 'athena: another server that speaks its protocol (or AWS_ENDPOINT_URL)')
    .option(
      '--look-ahead <days>',
      `athena: read partitions up to so many days after --until (default: ${defaultLookAhead}, or all where later events count)`,
      parseCount,
    )
    .option(
      '--price-per-terabyte <usd>',
      `athena: what scanning costs (default: ${listPrice}, the list price of us-east-1)`,
      parsePrice,
    )
    .option('--no-progress', 'athena: no progress line on the terminal');
}

/**
 * Checks that options of Athena are only given with Athena.
 * @param own Athena options that only this command has, with their flags
 * @throws {UsageError} when one is given for the other engine
 */
function checkEngineOptions<Options extends EngineCliOptions>(
  options: Options,
  own: Partial<Record<keyof Options, string>> = {},
): void {
  if (options.engine === 'athena') return;
  for (const [name, flag] of Object.entries({ ...athenaFlags, ...own })) {
    // Object.entries loses the key type
    if (options[name as keyof Options] !== undefined)
      throw new UsageError(`${flag} is for Athena: add --engine athena, or leave it out`);
  }
}

/**
 * Returns the settings for Athena, from the options, their file of outputs, and the environment.
 * @throws {UsageError} when the workgroup or the database is missing
 */
function athenaOptions({ env }: Pick<CommandContext, 'env'>, options: EngineCliOptions): AthenaOptions {
  const { catalog, region, endpoint, terraformOutputs } = options;
  const { SES_EVENTS_ATHENA_WORKGROUP, SES_EVENTS_ATHENA_DATABASE } = env;
  const isComplete = options.workgroup !== undefined && options.database !== undefined;
  const outputs = terraformOutputs === undefined || isComplete ? undefined : catalogOutputs(terraformOutputs);
  const missing = (what: string, flag: string, variable: string) =>
    new UsageError(
      `athena: no ${what} is named: give ${flag}, ${variable} or --terraform-outputs; the catalog has one (docs/catalog.md)`,
    );
  const workgroup = options.workgroup ?? outputs?.workgroup ?? SES_EVENTS_ATHENA_WORKGROUP;
  if (!workgroup) throw missing('workgroup', '--workgroup', 'SES_EVENTS_ATHENA_WORKGROUP');
  const database = options.database ?? outputs?.database ?? SES_EVENTS_ATHENA_DATABASE;
  if (!database) throw missing('database', '--database', 'SES_EVENTS_ATHENA_DATABASE');
  return { workgroup, database, catalog, region, endpoint };
}

export { addEngineOptions, athenaOptions, checkEngineOptions, type EngineCliOptions };
