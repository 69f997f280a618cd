/** A list price of AWS. */
interface Price {
  readonly item: string;
  /** US dollars for each `per`. */
  readonly dollars: number;
  readonly per: string;
  readonly source: string;
}

/**
 * The region and month of the prices. They are list prices without free tiers, discounts and taxes. To update them, compare
 * each with its source, and change the month.
 */
const pricedFor = { region: 'us-east-1', month: '2025-06' } as const;

/** List prices in `pricedFor.region`, first tier. */
const prices = {
  firehoseGigabyte: {
    item: 'Firehose, Direct PUT: data ingested, each record rounded up to 5 KB',
    dollars: 0.029,
    per: 'GB',
    source: 'https://aws.amazon.com/firehose/pricing/',
  },
  putRequest: {
    item: 'S3 Standard: PUT requests',
    dollars: 0.005 / 1_000,
    per: 'request',
    source: 'https://aws.amazon.com/s3/pricing/',
  },
  storedGigabyte: {
    item: 'S3 Standard: storage',
    dollars: 0.023,
    per: 'GB and month',
    source: 'https://aws.amazon.com/s3/pricing/',
  },
  key: {
    item: 'KMS: customer-managed key, before its first rotation',
    dollars: 1,
    per: 'month',
    source: 'https://aws.amazon.com/kms/pricing/',
  },
  keyRequest: {
    item: 'KMS: requests',
    dollars: 0.03 / 10_000,
    per: 'request',
    source: 'https://aws.amazon.com/kms/pricing/',
  },
  alarm: {
    item: 'CloudWatch: alarm on one metric',
    dollars: 0.1,
    per: 'month',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  dashboard: {
    item: 'CloudWatch: dashboard, after the first three of an account',
    dollars: 3,
    per: 'month',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  queueRequest: {
    item: 'SQS, standard queue: requests',
    dollars: 0.4 / 1_000_000,
    per: 'request',
    source: 'https://aws.amazon.com/sqs/pricing/',
  },
  scheduledStart: {
    item: 'EventBridge Scheduler: invocations, after the first 14 million of a month',
    dollars: 1 / 1_000_000,
    per: 'invocation',
    source: 'https://aws.amazon.com/eventbridge/pricing/',
  },
  scannedTerabyte: {
    item: 'Athena: data scanned, at least 10 MB for each query',
    dollars: 5,
    per: 'TB',
    source: 'https://aws.amazon.com/athena/pricing/',
  },
  email: {
    item: 'SES: outgoing email, for comparison',
    dollars: 0.1 / 1_000,
    per: 'email',
    source: 'https://aws.amazon.com/ses/pricing/',
  },
} as const satisfies Readonly<Record<string, Price>>;

export { pricedFor, prices };
