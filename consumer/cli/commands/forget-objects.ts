import { type ForgetReport, forget } from '../../archive/erasure/forget';
import { forgetObjects } from '../../archive/objects/forget-objects';
import type { ForgetObjectsReport } from '../../archive/objects/forget-objects-report';
import { archiveOptions } from '../options/archive-options';
import type { ObjectCliOptions } from '../options/object-options';
import { tableWidth } from '../output/table-width';
import type { CommandContext } from '../process/context';
import { exitCode } from '../process/exit-code';
import { Progress } from '../progress/progress';
import { showForgetting, showForgettingObjects } from '../progress/show-progress';
import { objectsLine, objectsTables, reportFailedObjects } from '../reports/forget-objects-report';
import { forgetLine, forgetTables } from '../reports/forget-report';

interface ForgetObjectsCliOptions extends ObjectCliOptions {
  objects: string[];
  remove?: boolean;
  dryRun?: boolean;
  format?: 'table' | 'json';
}

/** The changes of the objects and of the archive, if there is one and the erasure was not interrupted before it. */
interface Reports {
  objects: ForgetObjectsReport;
  archive: ForgetReport | undefined;
}

/** Runs a step that Ctrl-C can stop before it changes anything; returns undefined then. */
async function unlessStopped<Report>(
  { signal }: CommandContext,
  work: Promise<Report>,
): Promise<Report | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error !== signal.reason) throw error;
    return undefined;
  }
}

/** Erases from the objects first: until then, the archive shows which ones contain the person. */
async function erase(
  context: CommandContext,
  address: string,
  options: ForgetObjectsCliOptions,
  hasArchive: boolean,
): Promise<Reports | undefined> {
  const { objects: places, manifest, since, allObjects, region, endpoint, remove, dryRun } = options;
  const { signal } = context;
  const { archive, ...opened } = archiveOptions(context, options);
  const progress = new Progress(context, options.progress);
  try {
    const objects = await unlessStopped(
      context,
      forgetObjects(address, places, {
        ...opened,
        ...(hasArchive && { archive }),
        ...{ manifest, since, allObjects, remove, dryRun, signal },
        s3: { region, endpoint },
        onProgress: (state) => showForgettingObjects(progress, state),
      }),
    );
    if (objects === undefined) return undefined;
    if (!hasArchive || objects.isInterrupted) return { objects, archive: undefined };
    const onProgress = (state: Parameters<typeof showForgetting>[1]) => showForgetting(progress, state);
    const found = await unlessStopped(
      context,
      forget(address, { ...opened, archive, remove, dryRun, signal, onProgress }),
    );
    // The other objects that it names were rewritten, or do not contain the person.
    const left = [...objects.elsewhere, ...objects.failed.map(({ object }) => object)];
    const named = new Set(left);
    return {
      objects,
      archive: found && { ...found, objects: found.objects.filter((object) => named.has(object)) },
    };
  } finally {
    progress.stop();
  }
}

/**
 * Erases a person from delivered objects, and from the archive if there is one.
 *
 * @param hasArchive whether there is an archive
 */
async function forgetInObjects(
  context: CommandContext,
  address: string,
  options: ForgetObjectsCliOptions,
  hasArchive: boolean,
): Promise<void> {
  const { format = context.stdout.isTTY ? 'table' : 'json' } = options;
  const reports = await erase(context, address, options, hasArchive);
  if (reports === undefined) {
    context.stderr.write('stopped: nothing was changed\n');
    return;
  }
  const { objects, archive } = reports;
  const isComplete = !objects.isInterrupted && (archive !== undefined || !hasArchive);
  if (isComplete) context.markDone();
  if (objects.failed.length > 0) context.exitCode = exitCode.failed;
  const width = tableWidth(context);
  context.stdout.write(
    format === 'table'
      ? objectsTables(objects, width) + (archive === undefined ? '' : `\n${forgetTables(archive, width)}`)
      : `${JSON.stringify(reports, undefined, 2)}\n`,
  );
  reportFailedObjects(context, objects);
  context.stderr.write(`${objectsLine(objects)}\n`);
  if (archive !== undefined) context.stderr.write(`archive: ${forgetLine(archive)}\n`);
  if (!isComplete) context.stderr.write('stopped: run the same command again to complete the erasure\n');
}

export { forgetInObjects };
