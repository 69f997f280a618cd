import { eventKinds } from '../events';
import type { SkipReason } from '../records/outcome';
import { formatCount, formatShare } from './format';
import type { Summary } from './summary';
import { drawTable } from './table';

/** SES reviews an account at these rates. */
const reviewBounceRate = '5 %';
const reviewComplaintRate = '0.1 %';

type Row = readonly [label: string, count: string, note?: string];

function table(head: Row, rows: readonly Row[]): string {
  const cells = (row: Row) => row.map((cell = '') => cell);
  return drawTable(rows.map(cells), { head: cells(head), isRight: [false, true, false] });
}

function kindRows({ kinds }: Summary): Row[] {
  const total = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const unknown = Object.keys(kinds).filter((kind) => kind.startsWith('Unknown'));
  const named = [...eventKinds, ...unknown.sort()].filter((kind) => kinds[kind] !== undefined);
  return named.map((kind) => [kind, formatCount(kinds[kind] ?? 0), formatShare(kinds[kind] ?? 0, total)]);
}

function deliverabilityRows(summary: Summary): Row[] {
  const of = (kind: string) => summary.kinds[kind] ?? 0;
  const sent = of('Send');
  const delivered = of('Delivery');
  return [
    ['sent', formatCount(sent), 'messages that SES accepted'],
    ['delivered', formatCount(delivered), 'Delivery events; one for each recipient or group of them'],
    [
      'bounce rate',
      formatShare(summary.hardBounces, sent),
      `permanent bounces of sent; SES reviews at ${reviewBounceRate}`,
    ],
    [
      'complaint rate',
      formatShare(summary.spamComplaints, sent),
      `without not-spam, of sent; SES reviews at ${reviewComplaintRate}`,
    ],
    [
      'opens, clicks',
      formatCount(of('Open') + of('Click')),
      `${formatCount(summary.likelyBots)} of them likely a machine's`,
    ],
  ];
}

function rejectRows({ rejects }: Summary): Row[] {
  return Object.entries(rejects).flatMap(([reason, { count, example }]): Row[] => [
    [reason, formatCount(count), example.message],
    ['', '', `${count > 1 ? 'first: ' : ''}${example.object} byte ${example.offset}`],
  ]);
}

/**
 * The summary as tables for a person, with text from records made safe for the terminal.
 *
 * @param skipped records in order that are no email events, by reason
 * @param howCounted whether an event that was delivered twice counts twice; rates are left out without it
 */
function summaryTables(
  summary: Summary,
  skipped: Partial<Record<SkipReason, number>>,
  howCounted?: string,
): string {
  const parts = [table(['event', 'count', 'share'], kindRows(summary))];
  // Rates need sends: a reading of other kinds only has none.
  if (summary.kinds.Send !== undefined && howCounted !== undefined) {
    parts.push(table(['deliverability', '', howCounted], deliverabilityRows(summary)));
  }
  const rejects = rejectRows(summary);
  if (rejects.length > 0) parts.push(table(['rejected', 'count', 'why and where'], rejects));
  const leftOut = Object.entries(skipped).map(([reason, count]): Row => [reason, formatCount(count)]);
  if (leftOut.length > 0) parts.push(table(['left out', 'count'], leftOut));
  return `${parts.join('\n\n')}\n`;
}

export { summaryTables };
