import { account, configurations, key } from '../modules/configurations';
import { addresses, synthesizeStack } from '../modules/synthesize';
import { type AppliedResource, applyMocked, stackFiles } from './applied';
import { describeWithTerraform } from './describe-with-terraform';
import { bucketRefuses, deliveryRolePermits, sesMayAssume, sesRolePermits } from './permissions';

const otherAccount = '999999999999';

describeWithTerraform('the synthesized stack', () => {
  describe.each(Object.entries(configurations))('%s', (_, props) => {
    const stack = synthesizeStack(props);
    const { createSesRole, createStream, createDeliveryRole, createBucket, encryption } = props;
    const { name = 'email-events', streamName = name, trustMode } = props;
    const sets = [...(props.configurationSets ?? [name]), ...(props.existingConfigurationSets ?? [])];
    const streamArn =
      createStream === false
        ? `arn:aws:firehose:eu-west-1:${account}:deliverystream/${streamName}`
        : `arn:aws:firehose:eu-west-1:${account}:deliverystream/made-stream`;
    let applied: AppliedResource[] = [];

    beforeAll(() => {
      applied = applyMocked(stackFiles(stack));
    });

    it('is what Terraform and the provider accept, and makes every resource', () => {
      const made = new Set(applied.map(({ address }) => address.replace(/\[.*$/, '')));
      expect([...made].sort()).toEqual(addresses(stack));
    });

    it('lets SES assume the role for its own account and sets only', () => {
      const isOurs = createSesRole !== false;
      for (const set of sets) {
        expect(sesMayAssume(applied, account, set)).toBe(isOurs);
        expect(sesMayAssume(applied, otherAccount, set)).toBe(false);
      }
      expect(sesMayAssume(applied, account, 'another')).toBe(isOurs && trustMode === 'external-id');
    });

    it('lets the role put into its own stream only, and use the key if there is one', () => {
      const isOurs = createSesRole !== false;
      expect(sesRolePermits(applied, 'firehose:PutRecordBatch', streamArn)).toBe(isOurs);
      expect(sesRolePermits(applied, 'firehose:DescribeDeliveryStream', streamArn)).toBe(isOurs);
      expect(sesRolePermits(applied, 'firehose:PutRecordBatch', `${streamArn}-2`)).toBe(false);
      expect(sesRolePermits(applied, 'firehose:DeleteDeliveryStream', streamArn)).toBe(false);
      const hasKey = isOurs && encryption !== undefined;
      expect(sesRolePermits(applied, 'kms:GenerateDataKey', key)).toBe(hasKey);
      expect(sesRolePermits(applied, 'kms:Decrypt', key)).toBe(hasKey);
      expect(sesRolePermits(applied, 'kms:CreateGrant', key)).toBe(false);
    });

    it('lets the stream write to its own bucket only', () => {
      const isOurs = createStream !== false && createDeliveryRole !== false;
      expect(deliveryRolePermits(applied, 's3:PutObject', 'arn:aws:s3:::made-bucket/events/one')).toBe(
        isOurs,
      );
      expect(deliveryRolePermits(applied, 's3:PutObject', 'arn:aws:s3:::another/events/one')).toBe(false);
      expect(deliveryRolePermits(applied, 's3:DeleteObject', 'arn:aws:s3:::made-bucket/events/one')).toBe(
        false,
      );
    });

    it('refuses what does not come over TLS, where the bucket is ours', () => {
      expect(bucketRefuses(applied, false)).toBe(createBucket !== false);
      expect(bucketRefuses(applied, true)).toBe(false);
    });
  });
});
