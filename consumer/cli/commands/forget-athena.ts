import type { Command } from 'commander';
import { forgetObjectsOf } from '../../archive/objects/forget-objects';
import { defaultManifest } from '../../archive/objects/forget-objects-options';
import type { ForgetObjectsReport } from '../../archive/objects/forget-objects-report';
import { Manifest } from '../../archive/objects/manifest';
import type { AthenaEngine } from '../../queries/engines/athena/athena-engine';
import {
  type CatalogErasureReport,
  forgetAgainInCatalog,
  forgetInCatalog,
} from '../../queries/erasing/forget-in-catalog';
import { type Sought, soughtInCatalog, storeTombstone } from '../../queries/erasing/tombstone-rows';
import { formatNumber } from '../../texts/number-text';
import { withAthena } from '../answers/with-athena';
import type { EngineCliOptions } from '../options/engine-options';
import type { ObjectCliOptions } from '../options/object-options';
import { tableWidth } from '../output/table-width';
import type { CommandContext } from '../process/context';
import { exitCode, UsageError } from '../process/exit-code';
import { catalogErasureLine, catalogErasureTables } from '../reports/catalog-erasure-report';
import { objectsLine, objectsTables, reportFailedObjects } from '../reports/forget-objects-report';

interface ForgetAthenaCliOptions extends ObjectCliOptions, Omit<EngineCliOptions, 'engine' | 'source'> {
  again?: boolean;
  olderThan?: string;
  remove?: boolean;
  format?: 'table' | 'json';
}

/** The changes of the objects, if places were given, and of the archive, unless the objects were interrupted. */
interface Reports {
  objects: ForgetObjectsReport | undefined;
  archive: CatalogErasureReport | undefined;
}

type OnStep = (text: string) => void;

/** Erases from the objects, with the tombstone of the catalog. */
function eraseObjects(
  { signal }: CommandContext,
  { tombstone, tombstones: { salt } }: Sought,
  options: ForgetAthenaCliOptions & { objects: string[] },
  onStep: OnStep,
): Promise<ForgetObjectsReport> {
  const { objects: places, manifest, since, dryRun, region, endpoint } = options;
  const person = { tombstones: { salt, people: [tombstone] }, pseudonym: tombstone.pseudonym };
  return forgetObjectsOf(person, places, {
    ...{ manifest, since, dryRun, signal },
    s3: { region, endpoint },
    onProgress: ({ examinedObjects, erasedObjects }) =>
      onStep(`${formatNumber(examinedObjects, 'object')} examined, ${erasedObjects} with the person`),
  });
}

/** Whether an object was examined, and does not contain the person any more. */
function isErased(
  object: string,
  report: ForgetObjectsReport | undefined,
  { objects: places = [], since, dryRun = false }: ForgetAthenaCliOptions,
): boolean {
  if (report === undefined || dryRun || report.failed.some((failed) => failed.object === object))
    return false;
  const isExamined = since === undefined && places.some((place) => object.startsWith(place));
  return isExamined || report.erased.some((erased) => erased.object === object);
}

/** Erases a person: first stores the tombstone, whose pseudonym the objects and the archive have. */
async function erase(
  context: CommandContext,
  engine: AthenaEngine,
  address: string,
  options: ForgetAthenaCliOptions,
  onStep: OnStep,
): Promise<Reports> {
  const { objects: places, manifest: path = defaultManifest, remove = false, dryRun = false } = options;
  const found = await soughtInCatalog(engine, address, remove);
  const sought = dryRun ? found : await storeTombstone(engine, found);
  const objects = places && (await eraseObjects(context, sought, { ...options, objects: places }, onStep));
  if (objects?.isInterrupted === true) return { objects, archive: undefined };
  const { newIds } = new Manifest(path);
  const archive = await forgetInCatalog(engine, address, sought, { isDryRun: dryRun, newIds, onStep });
  const left = archive.objects.filter((object) => !isErased(object, objects, options));
  return { objects, archive: { ...archive, objects: left } };
}

function write(context: CommandContext, { objects, archive }: Reports, format: 'table' | 'json'): void {
  const width = tableWidth(context);
  const tables = [
    ...(objects === undefined ? [] : [objectsTables(objects, width)]),
    ...(archive === undefined ? [] : [catalogErasureTables(archive, width)]),
  ];
  const json = objects === undefined ? archive : { objects, archive };
  context.stdout.write(format === 'table' ? tables.join('\n') : `${JSON.stringify(json, undefined, 2)}\n`);
  if (objects !== undefined) {
    if (objects.failed.length > 0) context.exitCode = exitCode.failed;
    reportFailedObjects(context, objects);
    context.stderr.write(`${objectsLine(objects)}\n`);
  }
  if (archive !== undefined) context.stderr.write(`archive: ${catalogErasureLine(archive)}\n`);
}

/** @throws {UsageError} for options of the archive file, and for `--again` with an address or without */
function checkAthenaOptions(
  command: Command,
  address: string | undefined,
  { again, olderThan, objects, remove, allObjects }: ForgetAthenaCliOptions,
): void {
  if (command.getOptionValueSource('archive') === 'cli')
    throw new UsageError('--archive cannot be combined with --engine athena: run the command twice');
  if (allObjects === true)
    throw new UsageError(
      '--all-objects requires an archive file: with --engine athena, all objects are read',
    );
  if (olderThan !== undefined)
    throw new UsageError(
      '--older-than cannot be combined with --engine athena: set archiveRetentionDays in the deployment',
    );
  if (again === true && (address !== undefined || objects !== undefined || remove === true))
    throw new UsageError('--again takes no address, --objects or --remove: it repeats all erasures');
  if (again !== true && address === undefined)
    throw new UsageError('an address or --again is required, such as ana@example.com');
}

/**
 * Erases a person from the Iceberg archive on Athena, and from delivered objects if places were given.
 *
 * @param address undefined with `--again`, for all erased people
 */
async function forgetOnAthena(
  context: CommandContext,
  address: string | undefined,
  options: ForgetAthenaCliOptions,
): Promise<void> {
  const { format = context.stdout.isTTY ? 'table' : 'json', dryRun: isDryRun } = options;
  let step = '';
  const onStep = (text: string) => {
    step = text;
  };
  let isComplete = false;
  await withAthena(
    context,
    { ...options, engine: 'athena' },
    async (engine): Promise<Reports> =>
      address === undefined
        ? { objects: undefined, archive: await forgetAgainInCatalog(engine, { isDryRun, onStep }) }
        : erase(context, engine, address, options, onStep),
    async (reports) => {
      write(context, reports, format);
      isComplete = reports.archive !== undefined;
    },
    () => (step === '' ? '' : `${step}  `),
  );
  if (!isComplete && isDryRun !== true)
    context.stderr.write('run the same command again to complete the erasure\n');
}

export { checkAthenaOptions, type ForgetAthenaCliOptions, forgetOnAthena };
