import { scheduledStatements } from '../consumer/queries/iceberg/scheduled-statements';
import { streamSettings } from '../modules/stream-settings';
import { fillDollars } from './archive-costs';
import { keptResults } from './kept-results';
import { table } from './markdown-table';
import { pricedFor, prices } from './prices';

/** Emails per month in the table: a message to three recipients is three. */
const volumes = [10_000, 1_000_000, 100_000_000];

/** Assumptions about the events. `test/docs/costs.test.ts` compares them with the bundled sample. */
const assumed = {
  /** Events for each email: Send, Delivery, and some opens and clicks. */
  eventsPerEmail: 3,
  /** KB of a record as SES writes it. */
  recordKilobytes: 2,
  /** The factor of gzip. */
  compression: 8,
  /** Alarms with `alarms`: five of the stream, four of the account, and four of one configuration set. */
  alarms: 13,
  /** Requests of a queue for each object: send, receive, delete. */
  queueRequestsPerObject: 3,
  /** KMS requests of the stream, the bucket and the queue for each object. */
  keyRequestsPerObject: 10,
} as const;

const bytesPer = { kilobyte: 1024, megabyte: 1024 ** 2, gigabyte: 1024 ** 3, terabyte: 1024 ** 4 } as const;
const secondsPerMonth = 30 * 24 * 60 * 60;

/** Monthly quantities, from which the costs follow. */
interface Usage {
  emails: number;
  events: number;
  /** GB that Firehose bills: each record is rounded up to a multiple of 5 KB. */
  billedGigabytes: number;
  /** Objects in S3. */
  objects: number;
  /** GB in S3 of one month, compressed. */
  storedGigabytes: number;
}

/** The default of a setting. */
function defaultOf(name: 'bufferingInterval' | 'bufferingSize' | 'archiveLateDays'): number {
  return streamSettings.fields[name].parse(undefined);
}

/** @param emails number of emails per month, evenly distributed */
function usageOf(emails: number): Usage {
  const events = emails * assumed.eventsPerEmail;
  const billedKilobytes = 5 * Math.ceil(assumed.recordKilobytes / 5);
  const bytes = events * assumed.recordKilobytes * bytesPer.kilobyte;
  // Firehose writes an object after the interval if there are records, or when the buffer is full.
  const byTime = Math.min(events, secondsPerMonth / defaultOf('bufferingInterval'));
  const bySize = bytes / (defaultOf('bufferingSize') * bytesPer.megabyte);
  return {
    emails,
    events,
    billedGigabytes: (events * billedKilobytes * bytesPer.kilobyte) / bytesPer.gigabyte,
    objects: Math.ceil(Math.max(byTime, bySize)),
    storedGigabytes: bytes / assumed.compression / bytesPer.gigabyte,
  };
}

/** A line of the table: a cost per month, with its formula. */
interface CostLine {
  name: string;
  formula: string;
  dollars: (usage: Usage) => number;
}

const always: readonly CostLine[] = [
  {
    name: 'Firehose',
    formula: 'events × 5 KB × price of a GB',
    dollars: ({ billedGigabytes }) => billedGigabytes * prices.firehoseGigabyte.dollars,
  },
  {
    name: 'S3, written objects',
    formula: 'objects × price of a PUT',
    dollars: ({ objects }) => objects * prices.putRequest.dollars,
  },
  {
    name: 'S3, storage of 12 months',
    formula: '12 × compressed GB of a month × price of a GB',
    dollars: ({ storedGigabytes }) => 12 * storedGigabytes * prices.storedGigabyte.dollars,
  },
];

/** Statements that the schedules of the archive start in 30 days. */
const startsPerMonth = 30 * scheduledStatements({ location: '', lateDays: 2 }).length;

const optional: readonly CostLine[] = [
  {
    name: '`encryption: "new-key"`',
    formula: `1 key + objects × ${assumed.keyRequestsPerObject} KMS requests`,
    dollars: ({ objects }) =>
      prices.key.dollars + objects * assumed.keyRequestsPerObject * prices.keyRequest.dollars,
  },
  {
    name: '`alarms`',
    formula: `${assumed.alarms} alarms`,
    dollars: () => assumed.alarms * prices.alarm.dollars,
  },
  {
    name: '`dashboard`',
    formula: '1 dashboard; the first three of an account are free',
    dollars: () => prices.dashboard.dollars,
  },
  {
    name: '`objectQueue`',
    formula: `objects × ${assumed.queueRequestsPerObject} requests`,
    dollars: ({ objects }) => objects * assumed.queueRequestsPerObject * prices.queueRequest.dollars,
  },
  {
    name: '`ask --engine athena`, one question about one month',
    formula:
      'compressed GB of a month × 2: the answer, and the count of unreadable lines; at least 10 MB for each',
    dollars: ({ storedGigabytes }) => {
      const scanned = Math.max(storedGigabytes * bytesPer.gigabyte, 10 * bytesPer.megabyte);
      return 2 * (scanned / bytesPer.terabyte) * prices.scannedTerabyte.dollars;
    },
  },
  {
    name: '`archiveSchedule`',
    formula: `${startsPerMonth} starts + events × [measured bytes](performance-scale.md#bytes), at least 10 MB for each query`,
    dollars: ({ events }) =>
      startsPerMonth * prices.scheduledStart.dollars +
      fillDollars(keptResults(), events / 30, defaultOf('archiveLateDays')),
  },
];

const sum = (lines: readonly CostLine[], usage: Usage) =>
  lines.reduce((total, { dollars }) => total + dollars(usage), 0);

/** Formats dollars with two digits, and amounts below a cent as such. */
function money(dollars: number): string {
  if (dollars < 0.005) return '< $0.01';
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** Formats a quantity with one digit, and less than a tenth as such. */
function count(value: number): string {
  return value < 0.05 ? '< 0.1' : value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** Returns the page about costs. */
function costsPage(): string {
  const usages = volumes.map(usageOf);
  const head = ['each month', 'formula', ...volumes.map((emails) => `${count(emails)} emails`)];
  const quantity = (name: string, formula: string, of: (usage: Usage) => number) => [
    name,
    formula,
    ...usages.map((usage) => count(of(usage))),
  ];
  const cost = ({ name, formula, dollars }: CostLine) => [
    name,
    formula,
    ...usages.map((usage) => money(dollars(usage))),
  ];
  return [
    '<!-- Generated by `npm run generate` from docs/costs.ts and docs/prices.ts: change those, not this file. -->\n',
    '# Costs\n',
    `Estimates in US dollars for ${pricedFor.region}, from list prices of ${pricedFor.month}. **Check the prices** in the`,
    'table below before you rely on an amount: AWS changes them, and other regions differ. Free tiers, taxes, and what you',
    'pay for sending are not included.\n',
    table([
      head,
      quantity('events', `emails × ${assumed.eventsPerEmail}`, ({ events }) => events),
      quantity('GB that Firehose bills', 'events × 5 KB', ({ billedGigabytes }) => billedGigabytes),
      quantity('objects in S3', 'one for each interval or full buffer', ({ objects }) => objects),
      quantity(
        'GB in S3, compressed',
        `events × ${assumed.recordKilobytes} KB ÷ ${assumed.compression}`,
        (usage) => usage.storedGigabytes,
      ),
      ...always.map(cost),
      ['**default stack**', 'the sum', ...usages.map((usage) => `**${money(sum(always, usage))}**`)],
      ...optional.map(cost),
      [
        'for comparison: SES itself',
        'emails × price of an email',
        ...usages.map(({ emails }) => money(emails * prices.email.dollars)),
      ],
    ]),
    'The table assumes emails at all times of the day, and the default settings.\n',
    '- **Firehose rounds each record up to 5 KB.** SES puts each event in its own record, so an event of 2 KB costs as much as',
    '  one of 5 KB. Fewer `eventTypes` cost less, smaller events do not. An event above 5 KB counts twice.',
    `- **\`bufferingInterval\`** determines the number of objects: at most ${count(secondsPerMonth / defaultOf('bufferingInterval'))} in 30 days at ${defaultOf('bufferingInterval')} seconds, and five`,
    '  times as many at 60. `bufferingSize` matters only for large volumes.',
    '- **Storage** is that of a year in S3 Standard. It is less with the transition after `transitionDays`, and it grows without',
    '  `expirationDays`.',
    '- **KMS.** The number of requests is an estimate: AWS does not document how often Firehose requests a data key.',
    '- **Athena** scans all kinds of event of the days in a question. `catalogScanLimit` limits a single query.',
    '- **The archive in the catalog** also stores its own files, which the table does not include. Questions over it scan less',
    '  ([performance](performance-scale.md#costs)).',
    '- **CloudWatch Logs** receives errors of delivery only.\n',
    '## Prices\n',
    table([
      ['item', 'dollars', 'per'],
      ...Object.values(prices).map(({ item, dollars, per, source }) => [
        `[${item}](${source})`,
        dollars < 0.001 ? dollars.toFixed(9).replace(/0+$/, '') : String(dollars),
        per,
      ]),
    ]),
  ].join('\n');
}

export { assumed, costsPage, usageOf };
