import { partitionOf } from '../policies/policy-documents';
import type { ConfigurationIssue } from '../settings/configuration-error';
import { type Configured, withDefaults } from '../settings/configure';
import type { StreamProps } from '../settings/stream-props.generated';
import { streamSettings } from '../stream-settings';
import type { deploymentFields } from './deployment-settings';

/** The deployment of one environment: where it goes, and the stream's settings. */
interface Deployment {
  /** The environment's name: staging, production. */
  stage: string;
  target: Configured<typeof deploymentFields>;
  stream: StreamProps;
}

/** Something that an environment has to itself. */
interface Claim {
  /** The setting that names it. */
  setting: keyof StreamProps | 'stateKey';
  /** What it is to an environment: the bucket of. */
  role: string;
  name: string;
  /** Whether the setting is left out, so that the name follows from other settings. */
  isDefault: boolean;
  /** Whether each account and region can have one of the name. @default false, S3's names are global */
  isLocal?: boolean;
  /** What two environments that do not both create it can share it by. @default - they cannot */
  folders?: readonly string[];
  isCreated?: boolean;
}

/** A name that an environment cannot have, because another has it. */
interface SharedName extends ConfigurationIssue {
  stage: string;
}

/** Where the state of an environment is kept in its bucket. */
function stateKeyOf({ stage, target: { stateKey } }: Pick<Deployment, 'stage' | 'target'>): string {
  return stateKey ?? `email-events/${stage}.tfstate`;
}

/** What an environment has to itself: what it creates, and the existing sets that it takes events from. */
function claimsOf({ stage, target, stream }: Deployment): Claim[] {
  const config = withDefaults(streamSettings.fields, { ...stream });
  const { name, bucketName, configurationSets, existingConfigurationSets } = config;
  const { accountId, region, stateBucket } = target;
  const local = (setting: Claim['setting'], role: string, chosen: string | undefined): Claim => ({
    ...{ setting, role, name: chosen ?? name, isDefault: chosen === undefined, isLocal: true },
  });
  const sets = (setting: Claim['setting'], names: readonly (string | undefined)[]) =>
    names.map((set) => local(setting, 'a configuration set of', set));
  const database = config.catalogDatabase ?? name.replaceAll('-', '_');
  // The default name of a bucket is known with the account only.
  const bucket = bucketName ?? (accountId && `${name}-${accountId}-${region}`);
  const { dataPrefix, errorPrefix, parquetPrefix } = config;
  return [
    local('name', 'the name in', name),
    ...sets('configurationSets', configurationSets ?? [undefined]),
    ...sets('existingConfigurationSets', existingConfigurationSets),
    ...(config.createStream === true ? [local('streamName', 'the stream of', config.streamName)] : []),
    ...(config.catalog === true
      ? [
          {
            ...local('catalogDatabase', 'the Glue database of', config.catalogDatabase),
            name: database,
          },
        ]
      : []),
    ...(config.createStream === true && bucket !== undefined
      ? [
          {
            ...{ setting: 'bucketName' as const, role: 'the bucket of', name: bucket },
            isDefault: bucketName === undefined,
            isCreated: config.createBucket === true,
            folders: [dataPrefix, errorPrefix, ...(config.parquetConversion === true ? [parquetPrefix] : [])],
          },
        ]
      : []),
    ...(stateBucket === undefined
      ? []
      : [
          {
            ...{ setting: 'stateKey' as const, role: 'the state object of', isDefault: false },
            name: `${stateBucket}/${stateKeyOf({ stage, target })}`,
          },
        ]),
  ];
}

/** The first folder that lies in a folder of the other list, or around one. */
function sharedFolder(folders: readonly string[], others: readonly string[]): string | undefined {
  return folders.find((folder) => others.some((one) => one.startsWith(folder) || folder.startsWith(one)));
}

/** What two claims have in common, in words; undefined when both can be met. */
function conflict(claim: Claim, other: Claim): string | undefined {
  if (claim.role !== other.role || claim.name !== other.name) return undefined;
  // What both leave out follows from the name, which is told.
  if (claim.isDefault && other.isDefault) return undefined;
  if (claim.folders === undefined || (claim.isCreated === true && other.isCreated === true)) return '';
  const folder = sharedFolder(claim.folders, other.folders ?? []);
  return folder === undefined ? undefined : `, and both write below "${folder}"`;
}

/** In which place two environments are the same, in words; undefined when they are in two. */
function samePlace(one: Deployment, other: Deployment): string | undefined {
  if (one.target.region !== other.target.region) return undefined;
  if (one.target.accountId === other.target.accountId) return ', in the same account and region';
  const unsaid = [one, other].find(({ target }) => target.accountId === undefined);
  if (unsaid === undefined) return undefined;
  return `, in the same region and perhaps in the same account, because ${unsaid.stage} has no accountId`;
}

function sharedBy(one: Deployment, other: Deployment): SharedName[] {
  const local = samePlace(one, other);
  const isOnePartition = partitionOf(one.target.region) === partitionOf(other.target.region);
  return claimsOf(one).flatMap((claim) =>
    claimsOf(other).flatMap((theirs): SharedName[] => {
      const place = claim.isLocal === true ? local : isOnePartition ? '' : undefined;
      const shared = place === undefined ? undefined : conflict(claim, theirs);
      if (shared === undefined) return [];
      const remedy = place?.includes('perhaps') === true ? 'choose another, or set it' : 'choose another';
      const message = `"${claim.name}" is ${claim.role} ${other.stage} too${shared}${place}: ${remedy}`;
      return [{ stage: one.stage, setting: claim.setting, message }];
    }),
  );
}

/**
 * Names that two environments cannot both have: state objects, buckets, configuration sets, streams, databases.
 * Environments of one region are of one account unless both say otherwise: to say it costs a line, and to be wrong a
 * deployment.
 * @param others environments that are not deployed now, and are compared all the same
 */
function sharedNames(environments: readonly Deployment[], others: readonly Deployment[]): SharedName[] {
  return environments.flatMap((environment, index) =>
    [...environments.slice(0, index), ...others].flatMap((other) => sharedBy(environment, other)),
  );
}

export { type Deployment, sharedNames, stateKeyOf };
