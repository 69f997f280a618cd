import type { ForgetReport } from '../../archive/erasure/forget';
import type { PruneReport } from '../../archive/erasure/prune';
import { formatCount, formatNumber } from '../output/number-text';
import { countTable } from '../output/table';
import { terminalText } from '../output/terminal-text';

/** Formats the result of forgetting as tables, and the objects that contain the person, one per line. */
function forgetTables(report: ForgetReport): string {
  const { pseudonym, isDryRun, columns, objects } = report;
  const verb = isDryRun ? 'would become' : 'became';
  const parts = [
    countTable(
      [`${verb} ${pseudonym}`, ''],
      [
        ['events changed', report.eventsChanged],
        ['events removed', report.eventsRemoved],
        ...(report.eventsRejected > 0 ? [['events now rejects', report.eventsRejected]] : []),
        ['rejects changed', report.rejectsChanged],
        ['occurrences changed', report.occurrencesChanged],
      ],
    ),
  ];
  if (Object.keys(columns).length > 0) parts.push(countTable(['column', 'rows'], Object.entries(columns)));
  if (objects.length > 0) {
    parts.push(['these delivered objects hold the person:', ...objects.map(terminalText)].join('\n'));
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
  const what = [
    `${formatNumber(eventsChanged, 'event')} changed`,
    `${formatCount(eventsRemoved)} removed`,
    ...(eventsRejected > 0
      ? [`${formatCount(eventsRejected)} became ${eventsRejected === 1 ? 'a reject' : 'rejects'}`]
      : []),
    `${formatNumber(rejectsChanged, 'reject')} changed`,
  ].join(', ');
  const left =
    objects.length > 0
      ? `; the person is still in ${formatNumber(objects.length, 'delivered object')}: rewrite or expire ${objects.length === 1 ? 'it' : 'them'}`
      : '';
  return `${isDryRun ? 'nothing was changed; it would be: ' : ''}${what}${left}`;
}

/** Formats the result of deleting by age as a table. */
function pruneTable({ isDryRun, before, events, occurrences, rejects }: PruneReport): string {
  const head = `${isDryRun ? 'would be ' : ''}deleted, older than ${before.toISOString()}`;
  const rows = Object.entries({ events, occurrences, rejects });
  return `${countTable([head, ''], rows)}\n`;
}

/** Formats the result of deleting by age as one line. */
function pruneLine({ isDryRun, before, events, occurrences, rejects }: PruneReport): string {
  const what = [
    formatNumber(events, 'event'),
    formatNumber(occurrences, 'occurrence'),
    formatNumber(rejects, 'reject'),
  ].join(', ');
  return `${isDryRun ? 'nothing was deleted; it would be: ' : 'deleted: '}${what} from before ${before.toISOString()}`;
}

export { forgetLine, forgetTables, pruneLine, pruneTable };
