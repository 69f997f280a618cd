import { z } from 'zod';
import { equals, implies, not, or } from '../cdktf/condition';
import type { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { glueName, prefix } from '../settings/forms';
import { formatValue, noEffectUnless, overlaps, type Rule, requiredIf, shortPrefix } from '../settings/rule';

const prefixSource = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html';

/** A valid day of this century: months of 31 and of 30 days, February, and leap days. */
const day =
  /^20([0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([02468][048]|[13579][26])-02-29)$/;

/** Settings of the catalog with which Athena reads the bucket. */
const fields = {
  catalog: field(z.boolean().default(false), {
    description:
      'Create a Glue database with tables and views of the events, and an Athena workgroup with the questions as saved queries. Athena charges for the data that a query scans.',
  }),
  catalogDatabase: field(glueName.schema.optional(), {
    description: 'Name of the created Glue database.',
    ...glueName.words,
    whenOmitted: '`name`, with underscores instead of hyphens',
  }),
  catalogFrom: field(z.string().regex(day).optional(), {
    description:
      'First day that has events, in UTC. Athena does not find older events. A query without a condition on `dt` costs S3 requests for every day since then.',
    allowed: 'a date from 2000 to 2099, as yyyy-MM-dd',
    source: 'https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html',
    whenOmitted: 'none, but required if `catalog` is true',
  }),
  catalogScanLimit: field(
    z.number().int().min(10_485_760).max(1_000_000_000_000_000).default(107_374_182_400),
    {
      description:
        'Maximum amount of data that a query can scan before Athena cancels it. The default is 100 GiB: hundreds of millions of compressed events, or 0.50 USD at 5 USD per TB.',
      unit: 'bytes',
      source: 'https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html',
    },
  ),
  catalogResultsPrefix: field(prefix.schema.default('athena/'), {
    description: 'Key prefix of query results in the bucket.',
    ...prefix.words,
    source: prefixSource,
  }),
  catalogResultDays: field(z.number().int().min(1).max(36_500).default(7), {
    description:
      'Age at which query results are deleted, because they can contain personal data. Not applied to an existing bucket, whose lifecycle is not changed.',
    unit: 'days',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html',
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
  {
    setting: 'catalog',
    message:
      'must be false if createStream is false, because Athena only finds objects under dt=…/hour=…, and an existing stream can use other folders. If it uses these, use the construct EventCatalog',
    holds: ({ catalog, createStream }) => implies(catalog, createStream),
  },
  {
    setting: 'catalog',
    message: ({ compressionFormat }) =>
      `does not support compressionFormat ${formatValue(compressionFormat)}, because Athena cannot detect it from the name of an object: set compressionFormat to GZIP or UNCOMPRESSED`,
    holds: ({ catalog, compressionFormat }) =>
      implies(catalog, or(equals(compressionFormat, 'GZIP'), equals(compressionFormat, 'UNCOMPRESSED'))),
  },
  requiredIf(
    'catalogFrom',
    ({ catalog }) => catalog,
    'if catalog is true: set it to the first day that has events',
  ),
  noEffectUnless('catalogFrom', ({ catalog }) => catalog, 'set catalog to true'),
  noEffectUnless('catalogDatabase', ({ catalog }) => catalog, 'set catalog to true'),
  {
    setting: 'catalogResultsPrefix',
    message: ({ catalogResultsPrefix, dataPrefix, errorPrefix, parquetPrefix }) =>
      `is ${formatValue(catalogResultsPrefix)}, which overlaps dataPrefix (${formatValue(dataPrefix)}), errorPrefix (${formatValue(errorPrefix)}) or parquetPrefix (${formatValue(parquetPrefix)}): use another folder, because results are not events`,
    holds: ({ catalogResultsPrefix, dataPrefix, errorPrefix, parquetPrefix }) =>
      not(overlaps(catalogResultsPrefix, dataPrefix, errorPrefix, parquetPrefix)),
  },
];

const eventCatalogSettings = { title: 'Catalog for Athena', fields, rules };

export { eventCatalogSettings };
