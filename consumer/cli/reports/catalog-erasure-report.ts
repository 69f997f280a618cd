import { pageAddress } from '../../pages/page-address';
import type { CatalogErasureReport } from '../../queries/erasing/forget-in-catalog';
import { formatNumber } from '../../texts/number-text';
import { terminalText } from '../../texts/terminal-text';
import { countTable } from '../output/table';

/**
 * Formats the erasure from the archive of a catalog as a table, and the objects that contain the person, one per line.
 * @param width columns of the terminal
 */
function catalogErasureTables(report: CatalogErasureReport, width?: number): string {
  const { isDryRun, pseudonym = 'pseudonyms', objects } = report;
  const table = countTable(
    [`in the archive ${isDryRun ? 'would be replaced by' : 'replaced by'} ${pseudonym}`, ''],
    [
      ['events changed', report.eventsChanged],
      ['events removed', report.eventsRemoved],
      ...(report.eventsRejected > 0 ? [['events rejected', report.eventsRejected]] : []),
    ],
    width,
  );
  if (objects.length === 0) return `${table}\n`;
  const heading = "delivered objects that can still contain the person's data:";
  return `${[table, '', heading, ...objects.map((object) => terminalText(object))].join('\n')}\n`;
}

/** Formats the erasure from the archive of a catalog as one line. */
function catalogErasureLine(report: CatalogErasureReport): string {
  const { isDryRun, eventsRejected, objects } = report;
  const events = (count: number) => formatNumber(count, 'event');
  const [change, remove, reject] = isDryRun
    ? ['dry run: would change', 'remove', 'delete']
    : ['changed', 'removed', 'deleted'];
  const done = [
    `${change} ${events(report.eventsChanged)}`,
    `${remove} ${events(report.eventsRemoved)}`,
    ...(eventsRejected > 0 ? [`${reject} ${events(eventsRejected)} that cannot be rewritten`] : []),
  ].join(', ');
  const left =
    report.unmergedFiles === 0
      ? ''
      : `; OPTIMIZE has left ${formatNumber(report.unmergedFiles, 'file')} with deleted rows: see ${pageAddress('erasing-on-athena')}`;
  if (objects.length === 0) return done + left;
  return `${done}${left}; ${formatNumber(objects.length, 'delivered object')} can still contain the person's data: add --objects`;
}

export { catalogErasureLine, catalogErasureTables };
