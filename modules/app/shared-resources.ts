import { partitionOf } from '../policies/policy-documents';
import type { ConfigurationIssue } from '../settings/configuration-error';
import { type Configured, withDefaults } from '../settings/configure';
import type { StreamProps } from '../settings/stream-props.generated';
import { streamSettings } from '../stream-settings';
import type { deploymentFields } from './deployment-settings';

/** The deployment of one environment: its target, and the stream's settings. */
interface Deployment {
  /** The environment's name: staging, production. */
  stage: string;
  target: Configured<typeof deploymentFields>;
  stream: StreamProps;
}

/** A name that only one environment can have. */
interface Claim {
  /** The setting that contains the name. */
  setting: keyof StreamProps | 'stateKey';
  /** The noun for it in a message, such as `the bucket of`. */
  role: string;
  name: string;
  /** Whether the setting is omitted, so that the name follows from other settings. */
  isDefault: boolean;
  /** Whether names only need to be unique per account and region. @default false, because S3's names are global */
  isLocal?: boolean;
  /**
   * Folders that the environment writes to. Two environments can share the name when their folders do not overlap,
   * unless both create the resource.
   * @default - it cannot be shared
   */
  folders?: readonly string[];
  isCreated?: boolean;
}

/** A name that an environment cannot use, because another one uses it. */
interface SharedName extends ConfigurationIssue {
  stage: string;
}

/** Returns the key of an environment's state in its bucket. */
function stateKeyOf({ stage, target: { stateKey } }: Pick<Deployment, 'stage' | 'target'>): string {
  return stateKey ?? `email-events/${stage}.tfstate`;
}

/**
 * Returns the exclusive names of an environment: those of its resources, and of the existing sets whose
 * events it records.
 */
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
  // The default name of a bucket requires the account.
  const bucket = bucketName ?? (accountId && `${name}-${accountId}-${region}`);
  const { dataPrefix, errorPrefix, parquetPrefix } = config;
  return [
    local('name', 'the name of', name),
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

/** Returns the first folder that is inside a folder of the other list, or contains one. */
function sharedFolder(folders: readonly string[], others: readonly string[]): string | undefined {
  return folders.find((folder) => others.some((one) => one.startsWith(folder) || folder.startsWith(one)));
}

/** Returns text about the conflict of two claims; undefined without a conflict. */
function conflict(claim: Claim, other: Claim): string | undefined {
  if (claim.role !== other.role || claim.name !== other.name) return undefined;
  // Two default names conflict only if `name` conflicts, which is reported.
  if (claim.isDefault && other.isDefault) return undefined;
  if (claim.folders === undefined || (claim.isCreated === true && other.isCreated === true)) return '';
  const folder = sharedFolder(claim.folders, other.folders ?? []);
  return folder === undefined ? undefined : `, and both write to "${folder}"`;
}

/** Returns text about the account and region that two environments share; undefined when they differ. */
function samePlace(one: Deployment, other: Deployment): string | undefined {
  if (one.target.region !== other.target.region) return undefined;
  if (one.target.accountId === other.target.accountId) return ', in the same account and region';
  const unknown = [one, other].find(({ target }) => target.accountId === undefined);
  if (unknown === undefined) return undefined;
  return `, in the same region and possibly in the same account, because ${unknown.stage} has no accountId`;
}

function sharedBy(one: Deployment, other: Deployment): SharedName[] {
  const local = samePlace(one, other);
  const isOnePartition = partitionOf(one.target.region) === partitionOf(other.target.region);
  return claimsOf(one).flatMap((claim) =>
    claimsOf(other).flatMap((otherClaim): SharedName[] => {
      const place = claim.isLocal === true ? local : isOnePartition ? '' : undefined;
      const shared = place === undefined ? undefined : conflict(claim, otherClaim);
      if (shared === undefined) return [];
      const remedy =
        place?.includes('possibly') === true ? 'use another one, or set accountId' : 'use another one';
      const message = `"${claim.name}" is also ${claim.role} ${other.stage}${shared}${place}: ${remedy}`;
      return [{ stage: one.stage, setting: claim.setting, message }];
    }),
  );
}

/**
 * Finds names that two environments cannot both have: state objects, buckets, configuration sets, streams,
 * databases. Environments in one region count as one account unless both have a different `accountId`, because a
 * wrong guess would break a deployment.
 * @param others environments that are not deployed now, but are compared too
 */
function sharedNames(environments: readonly Deployment[], others: readonly Deployment[]): SharedName[] {
  return environments.flatMap((environment, index) =>
    [...environments.slice(0, index), ...others].flatMap((other) => sharedBy(environment, other)),
  );
}

export { type Deployment, sharedNames, stateKeyOf };
