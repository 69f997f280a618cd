import type { ForgetReport } from '../../archive/erasure/forget';
import type { PruneReport } from '../../archive/erasure/prune';
import { formatNumber } from '../../texts/number-text';
import { terminalText } from '../../texts/terminal-text';
import { shownPath } from '../output/shown-path';
import { countTable } from '../output/table';

/**
 * Formats the result of forgetting as tables, and the objects that contain the person, one per line.
 * @param width columns of the terminal
 */
function forgetTables(report: ForgetReport, width?: number): string {
  const { pseudonym, isDryRun, columns, objects } = report;
  const verb = isDryRun ? 'would be replaced by' : 'replaced by';
  const parts = [
    countTable(
      [`${verb} ${pseudonym}`, ''],
      [
        ['events changed', report.eventsChanged],
        ['events removed', report.eventsRemoved],
        ...(report.eventsRejected > 0 ? [['events rejected', report.eventsRejected]] : []),
        ['rejects changed', report.rejectsChanged],
        ['occurrences changed', report.occurrencesChanged],
      ],
      width,
    ),
  ];
  if (Object.keys(columns).length > 0)
    parts.push(countTable(['column', 'rows'], Object.entries(columns), width));
  if (objects.length > 0) {
    parts.push(
      [
        "delivered objects that still contain the person's data:",
        ...objects.map((object) => terminalText(shownPath(object))),
      ].join('\n'),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

/** Formats the result of forgetting as one line. */
function forgetLine({
  isDryRun,
  eventsChanged,
  eventsRemoved,
  eventsRejected,
  rejectsChanged,
  objects,
}: ForgetReport): string {
  const events = (count: number) => formatNumber(count, 'event');
  const [change, remove, reject] = isDryRun
    ? ['dry run: would change', 'remove', 'reject']
    : ['changed', 'removed', 'rejected'];
  const done = [
    `${change} ${events(eventsChanged)} and ${formatNumber(rejectsChanged, 'reject')}`,
    `${remove} ${events(eventsRemoved)}`,
    ...(eventsRejected > 0 ? [`${reject} ${events(eventsRejected)}`] : []),
  ].join(', ');
  if (objects.length === 0) return done;
  const [contain, them] = objects.length === 1 ? ['contains', 'it'] : ['contain', 'them'];
  return `${done}; ${formatNumber(objects.length, 'delivered object')} still ${contain} the person's data: rewrite or expire ${them}`;
}

/**
 * Formats the result of deleting by age as a table.
 * @param width columns of the terminal
 */
function pruneTable({ isDryRun, before, events, occurrences, rejects }: PruneReport, width?: number): string {
  const head = `${isDryRun ? 'would be deleted' : 'deleted'}, older than ${before.toISOString()}`;
  const rows = Object.entries({ events, occurrences, rejects });
  return `${countTable([head, ''], rows, width)}\n`;
}

/** Formats the result of deleting by age as one line. */
function pruneLine({ isDryRun, before, events, occurrences, rejects }: PruneReport): string {
  const counts = [
    formatNumber(events, 'event'),
    formatNumber(occurrences, 'occurrence'),
    formatNumber(rejects, 'reject'),
  ].join(', ');
  return `${isDryRun ? 'dry run: would delete' : 'deleted'} ${counts} older than ${before.toISOString()}`;
}

export { forgetLine, forgetTables, pruneLine, pruneTable };
