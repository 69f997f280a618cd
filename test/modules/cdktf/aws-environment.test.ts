import { ref, Token } from 'cdktf';
import { ArchiveBucket } from '../../../modules/archive-bucket/archive-bucket';
import { EmailEventStream } from '../../../modules/email-event-stream';
import type { StreamProps } from '../../../modules/settings/stream-props.generated';
import { resourceAt, type Synthesized, synthesizeStream, synthesizeWith } from '../synthesize';

const place = { accountId: '111122223333', region: 'eu-central-1', partition: 'aws' };
const bucketOf = (stack: Synthesized, address = 'aws_s3_bucket.archive') => resourceAt(stack, address).bucket;

interface Lifecycle {
  postcondition: { condition: string; error_message: string }[];
}

/** Conditions that compare data sources with given values. */
const comparisons = ({ data }: Synthesized) =>
  Object.values(data).flatMap(({ email_events: source }) =>
    ((source?.lifecycle as Lifecycle | undefined)?.postcondition ?? []).map(({ condition }) => condition),
  );

describe('the environment of a stream', () => {
  it('is read by Terraform, without a comparison, if it is not given', () => {
    const stack = synthesizeStream();
    expect(bucketOf(stack)).toBe(
      'email-events-${data.aws_caller_identity.email_events.account_id}-${data.aws_region.email_events.id}',
    );
    expect(comparisons(stack)).toEqual([]);
    expect(stack).not.toHaveProperty('locals');
  });

  it('is known in every name, ARN and policy if it is given', () => {
    const everything: StreamProps = {
      ...place,
      encryption: 'new-key',
      objectQueue: true,
      catalog: true,
      catalogFrom: '2026-03-01',
      alarms: true,
      alarmsWithoutActions: true,
    };
    const stack = synthesizeStream(everything);
    expect(bucketOf(stack)).toBe('email-events-111122223333-eu-central-1');
    expect(JSON.stringify(stack.resource)).not.toContain('data.aws_');
  });

  it.each([
    ['aws-cn', 'cn-north-1', 's3.cn-north-1.amazonaws.com.cn'],
    ['aws-us-gov', 'us-gov-west-1', 's3.us-gov-west-1.amazonaws.com'],
    ['aws-iso', 'us-iso-east-1', 's3.us-iso-east-1.${data.aws_partition.email_events.dns_suffix}'],
  ])(
    'has the DNS suffix of its partition, which Terraform reads for other partitions: %s',
    (partition, region, service) => {
      const stack = synthesizeStream({ encryption: 'new-key', region, partition });
      expect(resourceAt(stack, 'aws_iam_role_policy.stream_delivery_key').policy).toContain(service);
    },
  );

  it('is compared with the values of the provider', () => {
    const stack = synthesizeStream(place);
    expect(comparisons(stack)).toEqual([
      '${("111122223333" == self.account_id)}',
      '${("eu-central-1" == self.id)}',
      '${("aws" == self.partition)}',
    ]);
  });

  it('can be given to some of several streams', () => {
    const stack = synthesizeWith((scope) => {
      new EmailEventStream(scope, 'one', { name: 'one', ...place });
      new EmailEventStream(scope, 'two', { name: 'two' });
      new EmailEventStream(scope, 'three', { name: 'three', ...place });
    });
    expect(bucketOf(stack, 'aws_s3_bucket.one_archive')).toBe('one-111122223333-eu-central-1');
    expect(bucketOf(stack, 'aws_s3_bucket.two_archive')).toContain('two-${data.aws_caller_identity');
    expect(bucketOf(stack, 'aws_s3_bucket.three_archive')).toBe('three-111122223333-eu-central-1');
    expect(comparisons(stack)).toHaveLength(3);
  });

  it('can be a token, with a separate local for each', () => {
    const stack = synthesizeWith((scope) => {
      for (const name of ['one', 'two']) {
        const region = Token.asString(ref(`var.${name}`));
        new EmailEventStream(scope, name, { name, region });
      }
    });
    expect(bucketOf(stack, 'aws_s3_bucket.one_archive')).toContain('-${local.email_events_region}');
    expect(bucketOf(stack, 'aws_s3_bucket.two_archive')).toContain('-${local.email_events_region_2}');
    expect(stack).toMatchObject({
      locals: {
        email_events_region: '${coalesce(var.one, data.aws_region.email_events.id)}',
        email_events_region_2: '${coalesce(var.two, data.aws_region.email_events.id)}',
      },
    });
  });

  it('also applies to a standalone construct', () => {
    const stack = synthesizeWith((scope) => new ArchiveBucket(scope, 'archive', place));
    expect(bucketOf(stack)).toBe('email-events-111122223333-eu-central-1');
  });
});
