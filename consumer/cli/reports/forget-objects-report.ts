import type { ErasedObject } from '../../archive/objects/erase-object';
import type { ForgetObjectsReport } from '../../archive/objects/forget-objects-report';
import { formatCount, formatNumber } from '../../texts/number-text';
import { terminalText } from '../../texts/terminal-text';
import { shownPath } from '../output/shown-path';
import { countTable } from '../output/table';
import type { CommandContext } from '../process/context';

const nameText = (object: string) => terminalText(shownPath(object));

const sum = (objects: readonly ErasedObject[], count: (object: ErasedObject) => number) =>
  objects.reduce((total, object) => total + count(object), 0);

/** The objects to rewrite, the records to change in them, and the versions to delete. */
function totals({ erased }: ForgetObjectsReport) {
  return {
    rewritten: erased.filter(({ records }) => records > 0).length,
    records: sum(erased, ({ records }) => records),
    versions: sum(erased, ({ deletedVersions }) => deletedVersions.length),
  };
}

function erasedLine({ object, records, deletedVersions }: ErasedObject): string {
  const versions =
    deletedVersions.length === 0
      ? ''
      : `; versions ${deletedVersions.map((version) => terminalText(version)).join(', ')}`;
  return `${nameText(object)}: ${formatNumber(records, 'record')}${versions}`;
}

/**
 * Formats the erasure from objects as a table, and the objects, one per line.
 * @param width columns of the terminal
 */
function objectsTables(report: ForgetObjectsReport, width?: number): string {
  const { isDryRun, pseudonym = 'a pseudonym', erased } = report;
  const { rewritten, records, versions } = totals(report);
  const table = countTable(
    [`in objects ${isDryRun ? 'would be replaced by' : 'replaced by'} ${pseudonym}`, ''],
    [
      ['objects rewritten', rewritten],
      ['records changed', records],
      ['versions deleted', versions],
      ['objects failed', report.failed.length],
      ['objects examined', report.examinedObjects],
      ['objects skipped', report.skippedObjects],
      ['objects not from Firehose', report.foreignObjects],
    ],
    width,
  );
  if (erased.length === 0) return `${table}\n`;
  const heading = isDryRun ? 'objects that contain the person:' : 'objects that contained the person:';
  return `${[table, '', heading, ...erased.map(erasedLine)].join('\n')}\n`;
}

/** Formats the erasure from objects as one line. */
function objectsLine(report: ForgetObjectsReport): string {
  const { rewritten, records, versions } = totals(report);
  const [rewrite, remove] = report.isDryRun ? ['dry run: would rewrite', 'delete'] : ['rewrote', 'deleted'];
  const done = [
    `${rewrite} ${formatNumber(rewritten, 'object')} with ${formatNumber(records, 'record')} about the person`,
    ...(versions > 0 ? [`${remove} ${formatNumber(versions, 'older version')}`] : []),
    `examined ${formatNumber(report.examinedObjects, 'object')}`,
    `skipped ${formatCount(report.skippedObjects + report.foreignObjects)}`,
  ];
  return done.join(', ');
}

/** Reports the objects that still contain the person, or may contain the person. */
function reportFailedObjects(context: CommandContext, { failed }: ForgetObjectsReport): void {
  for (const { object, message } of failed)
    context.stderr.write(`${nameText(object)} could not be erased: ${terminalText(message)}\n`);
  if (failed.length > 0)
    context.stderr.write(
      `${formatNumber(failed.length, 'object')} can still contain the person: run the same command again after the fix\n`,
    );
}

export { objectsLine, objectsTables, reportFailedObjects };
