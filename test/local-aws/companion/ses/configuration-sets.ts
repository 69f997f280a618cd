import { z } from 'zod';
import { type Route, route } from './route';
import { SesError } from './ses-error';
import { tagList, tagsOf } from './tags';

const options = z.record(z.string(), z.unknown());

/** Groups of options: the member that contains them, and the path that replaces them. */
const optionGroups = {
  TrackingOptions: 'tracking-options',
  DeliveryOptions: 'delivery-options',
  ReputationOptions: 'reputation-options',
  SendingOptions: 'sending',
  SuppressionOptions: 'suppression-options',
  VdmOptions: 'vdm-options',
  ArchivingOptions: 'archiving-options',
} as const;

const creation = z.looseObject({
  ConfigurationSetName: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  Tags: tagList.optional(),
  ...Object.fromEntries(Object.keys(optionGroups).map((group) => [group, options.optional()])),
});

const folder = '/v2/email/configuration-sets';
const one = `${folder}/{ConfigurationSetName}`;

/** Defaults of SES for a new set. */
const defaults = {
  SendingOptions: { SendingEnabled: true },
  ReputationOptions: { ReputationMetricsEnabled: false },
};

/** Groups that an empty replacement removes. In other groups, an absent option is false. */
const removable: readonly string[] = [
  'TrackingOptions',
  'DeliveryOptions',
  'SuppressionOptions',
  'VdmOptions',
];

/**
 * Replaces the options of a set. The options of Virtual Deliverability Manager have an additional level
 * in the call that replaces them.
 */
function replaceOptions(kept: Record<string, unknown>, group: string, input: Record<string, unknown>): void {
  const options = group === 'VdmOptions' ? (input.VdmOptions ?? {}) : input;
  if (removable.includes(group) && Object.keys(options).length === 0) delete kept[group];
  else kept[group] = options;
}

/**
 * Operations on configuration sets.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSet.html
 */
const configurationSetRoutes: readonly Route[] = [
  route('POST', folder, creation, ({ region, input }) => {
    const { ConfigurationSetName: name, Tags, ...rest } = input;
    if (region.configurationSets.has(name)) {
      throw new SesError('AlreadyExistsException', `Configuration set <${name}> already exists.`);
    }
    region.configurationSets.set(name, {
      name,
      arn: region.arn('configuration-set', name),
      options: { ...defaults, ...rest },
      tags: tagsOf(Tags),
      destinations: new Map(),
    });
  }),
  route('GET', one, z.unknown(), ({ region, path }) => {
    const { name, options: kept, tags } = region.configurationSet(path.ConfigurationSetName ?? '');
    return { ConfigurationSetName: name, ...kept, Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
  }),
  route('DELETE', one, z.unknown(), ({ region, path }) => {
    region.configurationSets.delete(region.configurationSet(path.ConfigurationSetName ?? '').name);
  }),
  ...Object.entries(optionGroups).map(([group, path]) =>
    route('PUT', `${one}/${path}`, options, ({ region, path: parts, input }) => {
      replaceOptions(region.configurationSet(parts.ConfigurationSetName ?? '').options, group, input);
    }),
  ),
  // SDKs of 2026 use the second path.
  ...(
    [
      ['GET', folder],
      ['POST', '/v2/email/list-configuration-sets'],
    ] as const
  ).map(([method, path]) =>
    route(method, path, z.unknown(), ({ region }) => ({
      ConfigurationSets: [...region.configurationSets.keys()],
    })),
  ),
];

export { configurationSetRoutes };
