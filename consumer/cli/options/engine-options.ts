import { type Command, Option } from 'commander';
import { pageAddress } from '../../pages/page-address';
import { type AthenaOptions, defaultCatalog } from '../../queries/engines/athena/athena-engine';
import { listPrice } from '../../queries/engines/athena/scan-cost';
import type { EventSource } from '../../queries/iceberg/event-source';
import { defaultLookAhead } from '../../queries/prelude/partition-filter';
import type { CommandContext } from '../process/context';
import { type Correction, inOrder, insertBefore, replaceOption } from '../process/correction';
import { UsageError } from '../process/exit-code';
import { addOptionGroup } from './help-text';
import { parseCount, parsePrice } from './option-values';
import { regionText } from './source-options';
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
  source?: EventSource;
  /** Days. */
  lookAhead?: number;
  /** USD. */
  pricePerTerabyte?: number;
  dryRun?: boolean;
  progress: boolean;
}

/** The options that require Athena, and their flags. */
const athenaFlags = {
  workgroup: '--workgroup',
  database: '--database',
  catalog: '--catalog',
  terraformOutputs: '--terraform-outputs',
  region: '--region',
  endpoint: '--endpoint',
  source: '--source',
  lookAhead: '--look-ahead',
  pricePerTerabyte: '--price-per-terabyte',
} as const;

/** The option of every command that runs SQL. */
const dryRunOption = ['--dry-run', 'print the SQL, and run nothing'] as const;

/** Adds the options that name the catalog of Athena. */
function addCatalogOptions(command: Command): Command {
  return command
    .option('--workgroup <name>', 'workgroup (env: SES_EVENTS_ATHENA_WORKGROUP)')
    .option('--database <name>', 'database of the catalog (env: SES_EVENTS_ATHENA_DATABASE)')
    .option(
      '--terraform-outputs <file>',
      'read workgroup and database from the output of terraform output -json or cdktf output --outputs-file',
    )
    .option('--catalog <name>', `data catalog (default: ${defaultCatalog})`);
}

/** The option for the tables that Athena reads. */
const sourceOption = () =>
  new Option(
    '--source <source>',
    'lines reads the delivered lines, archive the Iceberg table, both the table and the lines of days that are not complete in it (default: both; lines without a table)',
  ).choices(['lines', 'archive', 'both']);

/** Adds the options that name the place of the workgroup. */
function addPlaceOptions(command: Command): Command {
  return command
    .option('--region <region>', regionText('the workgroup'))
    .option('--endpoint <url>', 'endpoint of an Athena-compatible server (env: AWS_ENDPOINT_URL)');
}

/** Adds the options that name the data of Athena, and where it is. */
function addAthenaDataOptions(command: Command): Command {
  return addPlaceOptions(addCatalogOptions(command))
    .addOption(sourceOption())
    .option(
      '--look-ahead <days>',
      `days after --until to scan for late events (default: ${defaultLookAhead}; all days for questions by send time, gaps and late-events)`,
      parseCount,
    );
}

/** Adds the option of the cost of Athena. */
function addPriceOption(command: Command): Command {
  return command.option(
    '--price-per-terabyte <usd>',
    `price of scanned data in USD per TB (default: ${listPrice}, the list price in us-east-1)`,
    parsePrice,
  );
}

/** Adds the options of the cost and the progress of Athena. */
function addCostOptions(command: Command): Command {
  return addPriceOption(command).option('--no-progress', 'hide the progress line');
}

/** Adds the options that require Athena. */
function addAthenaOptions(command: Command): Command {
  return addCostOptions(addAthenaDataOptions(command));
}

/** The option for the engine. */
const engineOption = (text = 'duckdb queries the archive, athena the bucket') =>
  new Option('--engine <engine>', text).choices(['duckdb', 'athena']).default('duckdb');

/** Adds the options of a command that changes data of Athena. */
function addFillOptions(command: Command): Command {
  command.addOption(engineOption()).option(...dryRunOption);
  return addOptionGroup(command, 'athena', (athena) =>
    addCostOptions(addPlaceOptions(addCatalogOptions(athena))),
  );
}

/**
 * Adds the options of every command that queries one of the engines.
 * @param addOwn adds the Athena options that only this command has
 */
function addEngineOptions(command: Command, addOwn: (command: Command) => Command = (same) => same): Command {
  command.addOption(engineOption()).option(...dryRunOption);
  return addOptionGroup(command, 'athena', (athena) => addOwn(addAthenaOptions(athena)));
}

/** Adds `--engine athena` before an option that requires it, instead of another engine. */
function withAthenaEngine(flag: string): Correction {
  const insert = insertBefore(flag, '--engine', 'athena');
  return (args) => {
    const hasEngine = args.some((arg) => arg === '--engine' || arg.startsWith('--engine='));
    return (hasEngine ? inOrder(replaceOption('--engine'), insert) : insert)(args);
  };
}

/**
 * Checks that the options of Athena are only given with Athena.
 * @param own Athena options that only this command has, with their flags
 * @throws {UsageError} when one is given for another engine
 */
function checkEngineOptions<Options extends EngineCliOptions>(
  options: Options,
  own: Partial<Record<keyof Options, string>> = {},
): void {
  if (options.engine === 'athena') return;
  for (const [name, flag] of Object.entries({ ...athenaFlags, ...own })) {
    // Object.entries loses the key type
    if (options[name as keyof Options] !== undefined)
      throw new UsageError(`${flag} requires --engine athena`, withAthenaEngine(flag));
  }
}

/**
 * Returns the settings for Athena, from the options, their file of outputs, and the environment.
 * @throws {UsageError} when the workgroup or the database is missing
 */
function athenaOptions({ env }: Pick<CommandContext, 'env'>, options: EngineCliOptions): AthenaOptions {
  const { catalog, region, endpoint, source, terraformOutputs } = options;
  const { SES_EVENTS_ATHENA_WORKGROUP, SES_EVENTS_ATHENA_DATABASE } = env;
  const isComplete = options.workgroup !== undefined && options.database !== undefined;
  const outputs = terraformOutputs === undefined || isComplete ? undefined : catalogOutputs(terraformOutputs);
  const missing = (what: string, flag: string, variable: string) =>
    new UsageError(
      `Athena requires a ${what}: add ${flag} or --terraform-outputs, or set ${variable}. See ${pageAddress('athena')}`,
    );
  const workgroup = options.workgroup ?? outputs?.workgroup ?? SES_EVENTS_ATHENA_WORKGROUP;
  if (!workgroup) throw missing('workgroup', '--workgroup', 'SES_EVENTS_ATHENA_WORKGROUP');
  const database = options.database ?? outputs?.database ?? SES_EVENTS_ATHENA_DATABASE;
  if (!database) throw missing('database', '--database', 'SES_EVENTS_ATHENA_DATABASE');
  return { workgroup, database, catalog, region, endpoint, source };
}

export {
  addAthenaDataOptions,
  addCatalogOptions,
  addEngineOptions,
  addFillOptions,
  addPriceOption,
  athenaOptions,
  checkEngineOptions,
  dryRunOption,
  type EngineCliOptions,
  engineOption,
  sourceOption,
};
