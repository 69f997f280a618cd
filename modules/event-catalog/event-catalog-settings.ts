import { z } from 'zod';
import { glueName, prefix, prefixForm } from '../delivery-stream/delivery-stream-settings';
import { field } from '../settings/field';

const prefixSource = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html';

/** A day of this century that there is: months of 31 and of 30 days, February, and leap days. */
const day =
  /^20([0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([02468][048]|[13579][26])-02-29)$/;

/** Settings of the catalogue with which Athena reads the bucket. */
const eventCatalogFields = {
  catalog: field(z.boolean().default(false), {
    description:
      'Create a Glue database with tables and views of the events, and an Athena workgroup with the questions as saved queries. They cost nothing until a query scans.',
  }),
  catalogDatabase: field(glueName.optional(), {
    description: 'The name of the Glue database that is created.',
    allowed: '1 to 255 lower-case letters, digits and underscores',
    source: 'https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html',
    leftOut: '`name`, with underscores for hyphens',
  }),
  catalogFrom: field(z.string().regex(day).optional(), {
    description:
      'The first day that has events, in UTC. Athena finds nothing from before it; each day since then costs requests when a query has no condition on `dt`.',
    allowed: 'a day of the years 2000 to 2099, as yyyy-MM-dd',
    source: 'https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html',
    leftOut: 'none, so that a catalogue needs it',
  }),
  catalogScanLimit: field(
    z.number().int().min(10_485_760).max(1_000_000_000_000_000).default(107_374_182_400),
    {
      description:
        'What one query may scan before Athena cancels it. The default is 100 GiB: hundreds of millions of compressed events, half a dollar at 5 USD a TB.',
      unit: 'bytes',
      source: 'https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html',
    },
  ),
  catalogResultsPrefix: field(prefix.default('athena/'), {
    description: 'Where in the bucket Athena writes results.',
    allowed: prefixForm,
    source: prefixSource,
  }),
  catalogResultDays: field(z.number().int().min(1).max(36_500).default(7), {
    description:
      'When results are deleted; they hold what the query asked for. Not in an existing bucket, whose lifecycle stays as it is.',
    unit: 'days',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html',
  }),
  catalogParquet: field(z.boolean().default(false), {
    description:
      'Add a table of Parquet to the catalogue, by day of event, and a saved query that fills one day of it. Nothing fills it by itself.',
  }),
  catalogParquetPrefix: field(prefix.default('event-parquet/'), {
    description: "Where in the bucket that table's objects are.",
    allowed: prefixForm,
    source: prefixSource,
  }),
};

export { eventCatalogFields };
