import { median } from '../bench/run';
import { growthCells, questionCells, questionHead, seconds, verdict } from '../bench/scale/figures';
import { growthOf, ratiosOf, slowestFirst, targets } from '../bench/scale/ratios';
import type { ScaleGrowth, ScaleResult } from '../bench/scale/scale-result';
import { streamSettings } from '../modules/stream-settings';
import { bytesPerEvent, monthlyCosts } from './archive-costs';
import { assumed } from './costs';
import { keptFiles, keptGrowth, keptResults } from './kept-results';
import { table } from './markdown-table';
import { pricedFor, prices } from './prices';

/** Emails per day in the table of costs: a message to three recipients is three. */
const volumes = [1_000_000, 10_000_000, 100_000_000];

const whole = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
const money = (dollars: number) =>
  dollars < 0.01
    ? `$${dollars.toPrecision(1)}`
    : `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

/** The ratios of all questions. */
function questionsTable({ questions }: ScaleResult): string {
  const rows = questions.map((result) => [`\`${result.question}\``, ...questionCells(result)]);
  return table([['question', ...questionHead], ...rows]);
}

/** The targets, and what was reached. */
function targetsTable({ fill, questions }: ScaleResult, [slowest]: readonly ScaleGrowth[]): string {
  if (slowest === undefined) throw new Error(`${keptFiles.growth} has no question`);
  const ratios = questions.map(ratiosOf);
  const [bytes, time] = [ratios.map((ratio) => ratio.bytes), ratios.map((ratio) => ratio.time)];
  const again = fill.again.cpuTimeMillis / fill.first.cpuTimeMillis;
  const atLeast = (name: string, value: number, target: number) => [
    name,
    value.toFixed(1),
    `at least ${target}: ${verdict(value >= target)}`,
  ];
  const atMost = (name: string, value: number, target: number) => [
    name,
    value.toFixed(value < 1 ? 2 : 1),
    `at most ${target}: ${verdict(value <= target)}`,
  ];
  return table([
    ['ratio', 'result', 'target'],
    atLeast('bytes, median of the questions', median(bytes), targets.bytes),
    atLeast('processor time, median of the questions', median(time), targets.time),
    atLeast('bytes, worst question', Math.min(...bytes), targets.each),
    atLeast('processor time, worst question', Math.min(...time), targets.each),
    atMost('processor time, second merge of the largest day divided by the first', again, targets.again),
    atMost(
      `processor time, \`${slowest.question}\` with ten times as many events`,
      growthOf(slowest),
      targets.growth,
    ),
  ]);
}

/** How many times more work the slowest questions require in a larger archive. */
function growthTable(slowest: readonly ScaleGrowth[]): string {
  const rows = slowest.slice(0, 8).map((result) => [`\`${result.question}\``, ...growthCells(result)]);
  return table([['question', '1,000,000 events, s', '10,000,000 events, s', 'ratio'], ...rows]);
}

/** The question whose work grows most, which can be a fast one. */
function largestGrowth(slowest: readonly ScaleGrowth[]): string {
  const [most] = slowest.toSorted((one, other) => growthOf(other) - growthOf(one));
  if (most === undefined) return '';
  return `The target is for the slowest question. \`${most.question}\` grows most: ${growthOf(most).toFixed(1)} times, to ${seconds(most.large.cpuTimeMillis)} s.\n`;
}

/** The bytes for each event. */
function bytesTable(results: ScaleResult): string {
  const { lines, archive, merge, again, record, join: joined } = bytesPerEvent(results);
  const rows: readonly (readonly [string, number])[] = [
    ['lines, compressed', lines],
    ['archive', archive],
    ['read by the merge of a day', merge],
    ['read by another merge of that day', again],
    ['read to record a day', record],
    ['read to combine the files of a day', joined],
  ];
  return table([['bytes for each event', ''], ...rows.map(([name, bytes]) => [name, whole(bytes)])]);
}

/** What a month costs, by emails per day. */
function costsTable(results: ScaleResult, lateDays: number): string {
  const months = volumes.map((emails) => monthlyCosts(results, emails * assumed.eventsPerEmail, lateDays));
  const row = (name: string, of: (month: (typeof months)[number]) => number) => [
    name,
    ...months.map((month) => money(of(month))),
  ];
  return table([
    ['a month of events', ...volumes.map((emails) => `${whole(emails)} emails a day`)],
    row('store the lines for a month', ({ storedLines }) => storedLines),
    row('store the archive for a month', ({ storedArchive }) => storedArchive),
    row('merge, record and combine files, every day', ({ filled }) => filled),
    row('ask the archive, median question', ({ askedArchive }) => askedArchive.median),
    row('ask the archive, most expensive question', ({ askedArchive }) => askedArchive.most),
    row('ask the lines, median question', ({ askedLines }) => askedLines.median),
    row('ask the lines, most expensive question', ({ askedLines }) => askedLines.most),
  ]);
}

/** Returns the page about the archive in the catalog. */
function scalePage(): string {
  const results = keptResults();
  const slowest = slowestFirst(keptGrowth());
  const { fill } = results;
  const lateDays = streamSettings.fields.archiveLateDays.parse(undefined);
  return [
    `<!-- Generated by \`npm run generate\` from docs/performance-scale.ts, ${keptFiles.scale} and ${keptFiles.growth}: change those, not this file. -->\n`,
    '# Performance of the archive on Athena\n',
    '`npm run bench -- --suite scale` fills the Iceberg tables of an [archive in the catalog](athena.md) on a real Trino 476, which',
    'Athena is based on, and answers every question from the archive and from the lines. Nothing here was measured on AWS.',
    'Compare the ratios: the absolute figures depend on the machine, which had two processors.\n',
    `The archive has ${whole(fill.size.rows)} distinct events of ${fill.days} days of arrival. Bytes are those that Trino reads from files, and`,
    'seconds are its processor time without planning. Questions over the lines are measured for the largest day, and scaled to',
    'all days: each line is parsed by itself.\n',
    targetsTable(results, slowest),
    '## Questions\n',
    questionsTable(results),
    'The slowest questions over the archive, with 1,000,000 and 10,000,000 events:\n',
    growthTable(slowest),
    largestGrowth(slowest),
    '## Bytes\n',
    bytesTable(results),
    '## Costs\n',
    `List prices of ${pricedFor.region} from ${pricedFor.month}. **Check the prices** before you rely on an amount. Athena costs $${prices.scannedTerabyte.dollars} for a scanned`,
    `TB, at least 10 MB for each query; S3 Standard costs $${prices.storedGigabyte.dollars} for a GB and month. Requests and starts of schedules are negligible.`,
    `The amounts are computed from the bytes above, not measured at these volumes: ${assumed.eventsPerEmail} events for each email as in`,
    `[costs](costs.md), 30 days, and ${lateDays} merges of each day (\`archiveLateDays\`). A question reads all events of the month; a question`,
    'about fewer days costs less. `ask` also counts the lines that it cannot read: over lines, it reads them once more.\n',
    '**From 10 million emails a day, raise [`catalogScanLimit`](choosing-settings.md#archive-in-the-catalog):** by default, Athena cancels',
    'questions over a month of lines, and with 100 million also merges.\n',
    costsTable(results, lateDays),
    notes,
  ].join('\n');
}

/** What the figures depend on, and what was tried. Measured by hand, so without the results of the benchmark. */
const notes = `## Notes

- **Settings of Trino.** By default, Trino reads Parquet files below 3 MB whole, and joins reads that are less than 1 MB apart. Both
  hide in small files that a question reads few columns. The tests set \`parquet.small-file-threshold=0B\` and
  \`parquet.max-merge-distance=16kB\`. The settings of Athena are not known. The files of a busy stream are larger, so this matters
  less there.
- **Emails.** A question that counts emails or messages reads the id of each message, which is random: about 25 of its 28 to 38 bytes
  for each event. So it cannot read 20 times fewer bytes than the 195 of a compressed line. Questions about one kind of event can,
  because the files are divided by kind.
- **Merges.** A day is merged by two statements: one for the events with times around the day, one for the others. Both read the lines
  of the day, and the archive around it. A third statement records the day, and reads the lines once more. Another merge reads as
  many bytes, but parses only lines that the archive does not have. What they read does not grow with the archive, except for a
  day that has events from other times: 135 MB for a day of 78,000 events, with 272,000 and with 1,088,000 events in the archive
  ([decision 25](decisions/0025-iceberg-archive.md)).
- **Memory.** With 10,000,000 events on one node, \`campaigns\` failed with 3.3 GB of memory, because it keeps the tags of each message.
  It was measured with 10 GB.

## Tried

Bytes for each event of the archive, 185,589 events of two days. The first column is the table as it is, the second is divided by
\`bucket(17, event_type)\`, the third is sorted by kind and message, and the last is sorted by message and not divided by kind. Only
Trino can sort a table, Athena cannot:

${table([
  ['question', 'now', '17 buckets', 'sorted', 'by message only'],
  ['`bounces`', '5.3', '2.4', '5.1', '16.6'],
  ['`complaints`', '2.7', '0.4', '2.6', '41.8'],
  ['`rendering-failures`', '12.9', '5.0', '12.4', '20.2'],
  ['`suppression`', '7.3', '2.9', '7.3', '28.0'],
  ['`delivery-times`', '6.3', '6.3', '6.2', '12.2'],
  ['`kinds`', '29.4', '29.9', '28.9', '15.3'],
  ['`statuses`', '26.6', '', '26.0', '11.5'],
  ['`configuration-sets`', '34.4', '', '33.6', '16.7'],
])}
- **17 buckets** put Bounce with Click instead of Open, but a day has seven partitions instead of five. Athena writes at most 100 in
  a statement.
- **By message only**, the events of a message are beside each other, and its id is stored once. Questions that count emails read half,
  the others three to fifteen times as much.
- **Recipients as rows** instead of JSON objects took a third to a half of the processor time, with the same answers: 731 ms instead of
  1763 for \`configuration-sets\`, 201 instead of 665 for \`delivery-times\`. This is in use.
`;

export { scalePage };
