import { z } from 'zod';
import { equals, implies, not, or } from '../cdktf/condition';
import type { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { glueName, prefix } from '../settings/forms';
import { idleUnless, needs, offUnless, overlaps, type Rule, shortPrefix, shown } from '../settings/rule';

const prefixSource = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html';

/** A valid day of this century: months of 31 and of 30 days, February, and leap days. */
const day =
  /^20([0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([02468][048]|[13579][26])-02-29)$/;

/** Settings of the catalog with which Athena reads the bucket. */
const fields = {
  catalog: field(z.boolean().default(false), {
    description:
      'Create a Glue database with tables and views of the events, and an Athena workgroup with the questions as saved queries. They cost nothing until a query scans.',
  }),
  catalogDatabase: field(glueName.schema.optional(), {
    description: 'The name of the Glue database that is created.',
    ...glueName.words,
    leftOut: '`name`, with underscores for hyphens',
  }),
  catalogFrom: field(z.string().regex(day).optional(), {
    description:
      'The first day that has events, in UTC. Athena finds nothing from before it; each day since then costs requests when a query has no condition on `dt`.',
    allowed: 'a day of the years 2000 to 2099, as yyyy-MM-dd',
    source: 'https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html',
    leftOut: 'none, so that a catalog needs it',
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
  catalogResultsPrefix: field(prefix.schema.default('athena/'), {
    description: 'Where in the bucket Athena writes results.',
    ...prefix.words,
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
      'Add a table of Parquet to the catalog, by day of event, and a saved query that fills one day of it. Nothing fills it by itself.',
  }),
  catalogParquetPrefix: field(prefix.schema.default('event-parquet/'), {
    description: "Where in the bucket that table's objects are.",
    ...prefix.words,
    source: prefixSource,
  }),
};

type Config = Configured<
  typeof fields &
    Pick<
      typeof deliveryStreamSettings.fields,
      'createStream' | 'compressionFormat' | 'dataPrefix' | 'errorPrefix' | 'parquetPrefix'
    >
>;

const rules: readonly Rule<Config>[] = [
  shortPrefix('catalogResultsPrefix'),
  shortPrefix('catalogParquetPrefix'),
  {
    setting: 'catalog',
    message:
      'is on while createStream is off: how an existing stream names its objects is not known here, and without dt=…/hour=… Athena finds none; use the construct EventCatalog if they are so named, or turn it off',
    holds: ({ catalog, createStream }) => implies(catalog, createStream),
  },
  {
    setting: 'catalog',
    message: ({ compressionFormat }) =>
      `is on while compressionFormat is ${shown(compressionFormat)}, which Athena does not know by the name of the object: set that to GZIP or UNCOMPRESSED`,
    holds: ({ catalog, compressionFormat }) =>
      implies(catalog, or(equals(compressionFormat, 'GZIP'), equals(compressionFormat, 'UNCOMPRESSED'))),
  },
  needs('catalogFrom', ({ catalog }) => catalog, 'catalog needs the first day that has events'),
  idleUnless('catalogFrom', ({ catalog }) => catalog, 'set catalog to true'),
  idleUnless('catalogDatabase', ({ catalog }) => catalog, 'set catalog to true'),
  offUnless('catalogParquet', 'catalog'),
  {
    setting: 'catalogResultsPrefix',
    message: ({ catalogResultsPrefix, dataPrefix, errorPrefix, parquetPrefix }) =>
      `is ${shown(catalogResultsPrefix)}, which overlaps dataPrefix (${shown(dataPrefix)}), errorPrefix (${shown(errorPrefix)}) or parquetPrefix (${shown(parquetPrefix)}): results are no events; choose another folder`,
    holds: ({ catalogResultsPrefix, dataPrefix, errorPrefix, parquetPrefix }) =>
      not(overlaps(catalogResultsPrefix, dataPrefix, errorPrefix, parquetPrefix)),
  },
  {
    setting: 'catalogParquetPrefix',
    message: ({ catalogParquetPrefix, dataPrefix, errorPrefix, parquetPrefix, catalogResultsPrefix }) =>
      `is ${shown(catalogParquetPrefix)}, which overlaps dataPrefix (${shown(dataPrefix)}), errorPrefix (${shown(errorPrefix)}), parquetPrefix (${shown(parquetPrefix)}) or catalogResultsPrefix (${shown(catalogResultsPrefix)}): choose another folder`,
    holds: ({ catalogParquetPrefix, dataPrefix, errorPrefix, parquetPrefix, catalogResultsPrefix }) =>
      not(overlaps(catalogParquetPrefix, dataPrefix, errorPrefix, parquetPrefix, catalogResultsPrefix)),
  },
];

const eventCatalogSettings = { title: 'Catalog for Athena', fields, rules };

export { eventCatalogSettings };
