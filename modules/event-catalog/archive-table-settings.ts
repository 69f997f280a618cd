import { z } from 'zod';
import { implies, isSet, not } from '../cdktf/condition';
import type { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { prefix } from '../settings/forms';
import { falseUnless, formatValue, noEffectUnless, overlaps, type Rule, shortPrefix } from '../settings/rule';
import type { eventCatalogSettings } from './event-catalog-settings';

/** A time of day. */
const time = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

/** Settings of the archive in the catalog, a table in Iceberg format. */
const fields = {
  archiveTable: field(z.boolean().default(false), {
    description:
      'Prepare the bucket and the permissions for an archive in the catalog: the Iceberg table `event_archive`, with each event once, and the tables `archive_windows` and `archive_tombstones`. `archiveSchedule` or `ses-events compact --engine athena` creates and fills them.',
  }),
  archiveSchedule: field(z.string().regex(time).optional(), {
    description:
      'Time of day, in UTC, at which EventBridge Scheduler starts the statements of the archive: first they create the tables, then they add the events that arrived, and maintain the files. Athena charges for the data that they scan.',
    allowed: 'a time from 00:00 to 23:59, as HH:MM',
    source: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based',
    whenOmitted: 'nothing runs',
  }),
  archiveLateDays: field(z.number().int().min(1).max(14).default(2), {
    description:
      'Number of days after a day of arrival during which the schedule adds the events of this day again, each once. Each day costs two more scans of the lines of a day.',
    unit: 'days',
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/retry.html',
  }),
  archiveRetentionDays: field(z.number().int().min(15).max(36_500).optional(), {
    description:
      'Age at which the schedule deletes events from the archive, by the time of the event. `expirationDays` applies to the delivered objects only. With fewer days, the next run would add deleted events again.',
    unit: 'days',
    source: 'the minimum exceeds the maximum of archiveLateDays',
    whenOmitted: 'events are kept',
  }),
  archivePrefix: field(prefix.schema.default('archive/'), {
    description:
      'Key prefix of the files of the archive. The bucket neither moves nor expires them, because the table refers to each. Do not change it once the tables exist: they keep their location.',
    ...prefix.words,
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html',
  }),
};

type Config = Configured<
  typeof fields &
    Pick<typeof eventCatalogSettings.fields, 'catalog' | 'catalogResultsPrefix'> &
    Pick<typeof deliveryStreamSettings.fields, 'dataPrefix' | 'errorPrefix' | 'parquetPrefix'>
>;

const rules: readonly Rule<Config>[] = [
  falseUnless('archiveTable', 'catalog'),
  noEffectUnless('archiveSchedule', ({ archiveTable }) => archiveTable, 'set archiveTable to true'),
  noEffectUnless(
    'archiveRetentionDays',
    ({ archiveSchedule }) => isSet(archiveSchedule),
    'set archiveSchedule',
  ),
  shortPrefix('archivePrefix'),
  {
    setting: 'archivePrefix',
    message: ({ archivePrefix, dataPrefix, errorPrefix, parquetPrefix, catalogResultsPrefix }) =>
      `is ${formatValue(archivePrefix)}, which overlaps dataPrefix (${formatValue(dataPrefix)}), errorPrefix (${formatValue(errorPrefix)}), parquetPrefix (${formatValue(parquetPrefix)}) or catalogResultsPrefix (${formatValue(catalogResultsPrefix)}): use another folder`,
    // Without the archive, its default must not refuse an existing folder of another purpose.
    holds: ({ archiveTable, archivePrefix, dataPrefix, errorPrefix, parquetPrefix, catalogResultsPrefix }) =>
      implies(
        archiveTable,
        not(overlaps(archivePrefix, dataPrefix, errorPrefix, parquetPrefix, catalogResultsPrefix)),
      ),
  },
];

const archiveTableSettings = { title: 'Archive in the catalog', fields, rules };

export { archiveTableSettings };
