import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Fn, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { AwsEnvironment } from '../cdktf/aws-environment';
import { and, type Condition, choose, defined, equals, isSet, not, when } from '../cdktf/condition';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import type { PolicyDocument } from '../policies/policy-documents';
import { combine, configure } from '../settings/configure';
import { type CustomerKeyProps, customerKey } from '../settings/customer-key';
import { namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { centralBucketKeyPolicy, centralBucketPolicy } from './central-bucket-policies';
import {
  deliveryKeyPermissionsPolicy,
  deliveryParquetPermissionsPolicy,
  deliveryPermissionsPolicy,
  deliveryProcessorPermissionsPolicy,
  deliverySchemaPermissionsPolicy,
  firehoseTrustPolicy,
} from './delivery-policies';
import { deliveryStreamSettings } from './delivery-stream-settings';
import { hasOwnKey, objectKey, regionOfKey } from './object-key';

const settings = combine(namingSettings, deliveryStreamSettings);

/** Settings of a stream's role, and the resources that it accesses. */
interface DeliveryRoleProps extends Pick<StreamProps, keyof typeof settings.fields>, CustomerKeyProps {
  readonly bucketArn: string;
  /**
   * The account that owns the bucket.
   * @default - any
   */
  readonly bucketAccountId?: string | undefined;
  /**
   * Whether the bucket is in another account than the stream; set it where only Terraform can evaluate this.
   * @default - whether `bucketAccountId` is another account
   */
  readonly isInOtherAccount?: Condition | undefined;
  readonly logGroupArn: string;
}

/**
 * The role with which the stream writes to the bucket, with only the permissions that its configuration
 * needs.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
class DeliveryRole extends Construct {
  readonly roleArn: string;
  /** The role's resource, where it is created. */
  readonly role: OptionalResource<IamRole>;
  /** The permissions; the stream must depend on them. */
  readonly dependables: readonly TerraformResource[];
  /** A policy that the owner of a bucket in another account attaches to it, as JSON. */
  readonly centralBucketPolicyJson: string | undefined;
  /** A policy of the key of that bucket, as JSON, if there is a key. */
  readonly centralBucketKeyPolicyJson: string | undefined;

  constructor(scope: Construct, id: string, props: DeliveryRoleProps) {
    super(scope, id);
    const config = configure(this.node.path, settings, props);
    const { accountId, region, partition, dnsSuffix } = AwsEnvironment.of(this, config);
    const { permissionsBoundaryArn: permissionsBoundary, tags, parquetDatabase, parquetTable } = config;
    const { bucketArn, bucketAccountId = '*', logGroupArn } = props;
    const { dataPrefix, errorPrefix, parquetPrefix } = config;
    const isInOtherAccount =
      props.isInOtherAccount ?? and(isSet(props.bucketAccountId), not(equals(bucketAccountId, accountId)));
    const target = { bucketArn, bucketAccountId, isInOtherAccount };
    const { isCustomerManaged, keyArn } = objectKey(config, customerKey(this.node.path, props));
    const isOwnKey = hasOwnKey(config);
    const bucketRegion = choose(isOwnKey, regionOfKey(config.bucketKmsKeyArn ?? ''), region);
    const created = and(config.createStream, config.createDeliveryRole);

    const resource = optionalResources(this, created);
    this.role = resource(
      (count) =>
        new IamRole(this, 'role', {
          ...count,
          name: `${config.name}-delivery-${region}`,
          description: `Allows Firehose to deliver the events of ${config.name} to S3`,
          assumeRolePolicy: Fn.jsonencode(firehoseTrustPolicy({ accountId })),
          path: config.rolePath,
          ...defined({ permissionsBoundary }),
          tags,
          lifecycle: { ignoreChanges: ['name'] },
        }),
    );
    const permit = (name: string, needed: Condition, document: PolicyDocument, suffix?: string) =>
      optionalResources(this, and(created, needed))(
        (count) =>
          new IamRolePolicy(this, name, {
            ...count,
            role: this.role.existingAttribute('id'),
            name,
            policy: Fn.jsonencode(document),
          }),
        suffix,
      );
    const database = parquetDatabase ?? '';
    const table = parquetTable ?? '';
    this.dependables = [
      permit(
        'deliver',
        true,
        deliveryPermissionsPolicy({ ...target, prefixes: [dataPrefix, errorPrefix], logGroupArn }),
      ),
      permit(
        'deliver-parquet',
        config.parquetConversion,
        deliveryParquetPermissionsPolicy({ ...target, parquetPrefix }),
        'parquet',
      ),
      permit(
        'use-key',
        isCustomerManaged,
        deliveryKeyPermissionsPolicy({ keyArn, bucketArn, region: bucketRegion, dnsSuffix }),
        'key',
      ),
      permit(
        'process',
        config.processRecords,
        deliveryProcessorPermissionsPolicy({ functionArn: config.processorFunctionArn ?? '' }),
        'processor',
      ),
      permit(
        'read-schema',
        config.parquetConversion,
        deliverySchemaPermissionsPolicy({ partition, region, accountId, database, table }),
        'schema',
      ),
    ].flatMap(({ dependables }) => dependables);
    this.roleArn = choose(
      config.createDeliveryRole,
      this.role.attribute('arn') ?? '',
      config.deliveryRoleArn ?? '',
    );

    const isCentral = and(config.createStream, isInOtherAccount);
    const central = { bucketArn, roleArn: this.roleArn };
    const prefixes = choose<readonly string[]>(
      config.parquetConversion,
      [dataPrefix, errorPrefix, parquetPrefix],
      [dataPrefix, errorPrefix],
    );
    this.centralBucketPolicyJson = when(
      isCentral,
      Fn.jsonencode(centralBucketPolicy({ ...central, prefixes })),
    );
    this.centralBucketKeyPolicyJson = when(
      and(isCentral, isOwnKey),
      Fn.jsonencode(
        centralBucketKeyPolicy({
          ...{ ...central, partition, dnsSuffix, region: bucketRegion, accountId: bucketAccountId },
        }),
      ),
    );
  }
}

export { DeliveryRole, type DeliveryRoleProps };
