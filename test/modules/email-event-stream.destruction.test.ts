import { moduleBlocks } from '../../modules/terraform-module/module-blocks';
import { configurations } from './configurations';
import { type Arguments, addresses, resourceAt, synthesizeStack } from './synthesize';

type Resources = Readonly<Record<string, Record<string, Arguments>>>;

/** The dependencies of each resource: Terraform creates them before it, and destroys them after it. */
function dependencies(resource: Resources): Map<string, Set<string>> {
  const all = addresses({ resource });
  const direct = new Map(
    all.map((address) => {
      const text = JSON.stringify(resourceAt({ resource }, address));
      return [address, all.filter((other) => new RegExp(`\\b${other.replace('.', '\\.')}\\b`).test(text))];
    }),
  );
  const reach = (address: string, found: Set<string>): Set<string> => {
    for (const next of direct.get(address) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      reach(next, found);
    }
    return found;
  };
  return new Map(all.map((address) => [address, reach(address, new Set())]));
}

const isProtection = (address: string) =>
  /^aws_s3_bucket_(public_access_block|policy|ownership_controls|server_side_encryption_configuration|versioning|lifecycle_configuration|logging)\./.test(
    address,
  );

/** Resources that write objects to the bucket, read them, or send notifications about them. */
const usesBucket = (address: string) =>
  /^(aws_kinesis_firehose_delivery_stream|aws_sesv2_configuration_set_event_destination\.sets_stream|aws_s3_bucket_notification|aws_glue|aws_athena)/.test(
    address,
  );

describe.each<[string, Resources]>([
  ['a stack with everything', synthesizeStack(configurations.everything ?? {}).resource],
  ['the Terraform module', moduleBlocks().resource],
])('the order in which Terraform destroys %s', (_, resource) => {
  const after = dependencies(resource);
  const all = addresses({ resource });
  const bucket = 'aws_s3_bucket.archive';

  it('has no cycle', () => {
    expect(all.filter((address) => after.get(address)?.has(address))).toEqual([]);
  });

  it('has readers and writers of the bucket before the protections of the bucket', () => {
    const protections = all.filter(isProtection);
    expect(protections).toHaveLength(7);
    const users = all.filter(usesBucket);
    expect(users.length).toBeGreaterThan(20);
    for (const user of users) {
      expect([user, protections.filter((protection) => !after.get(user)?.has(protection))]).toEqual([
        user,
        [],
      ]);
    }
  });

  it('has the key and the configuration sets after the bucket', () => {
    expect([...(after.get(bucket) ?? [])].sort()).toEqual([
      'aws_kms_key.key',
      'aws_sesv2_configuration_set.sets',
    ]);
  });
});
