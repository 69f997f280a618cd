import {
  dependable,
  type ITerraformDependable,
  TerraformOutput,
  type TerraformResource,
  TerraformStack,
  Token,
} from 'cdktf';
import { Construct } from 'constructs';
import { ArchiveBucket, archiveBucketNames } from './archive-bucket/archive-bucket';
import { isSet, or, when } from './cdktf/condition';
import { ConfigurationSet, configurationSetNames } from './configuration-set/configuration-set';
import { DeliveryStream, deliveryStreamNames } from './delivery-stream/delivery-stream';
import { objectKey } from './delivery-stream/object-key';
import { EncryptionKey } from './encryption-key/encryption-key';
import { EventCatalog } from './event-catalog/event-catalog';
import { ObjectQueue, objectQueueNames } from './object-queue/object-queue';
import { SesStreamRole } from './ses-stream-role/ses-stream-role';
import { ConfigurationError } from './settings/configuration-error';
import { configure } from './settings/configure';
import type { StreamProps } from './settings/stream-props.generated';
import { StreamAlarms } from './stream-alarms/stream-alarms';
import { StreamDashboard } from './stream-dashboard/stream-dashboard';
import { arnRegionIssues, streamSettings } from './stream-settings';

/**
 * Versions of the AWS provider that the resources here support. The constructs of `@cdktf/provider-aws`
 * require 6.x, but 5.100 supports all arguments written here, and has the retry that a new role needs.
 */
const providerVersions = '>= 5.100, < 7';

/** All settings of an email event stream, and its dependencies. docs/configuration.md lists the settings. */
interface EmailEventStreamProps extends StreamProps {
  /**
   * Resources that the stream and the event destinations depend on, such as the permissions of an existing
   * role that the same app creates.
   * @default - none
   */
  readonly dependsOn?: readonly TerraformResource[];
}

/** An output of a deployed part; undefined, or null in Terraform, where the part does not exist. */
interface EmailEventStreamOutput {
  description: string;
  value: string | readonly string[] | undefined;
  /** Resources that users of the value wait for. */
  dependsOn?: ITerraformDependable[];
}

/**
 * Creates all resources that stream email events from SES into S3:
 * - configuration sets with their event destination
 * - the role that SES assumes
 * - the Firehose stream with its role and log
 * - the bucket
 *
 * If requested, it also creates a customer-managed key, a queue of new objects, a catalog for Athena, alarms and a
 * dashboard.
 *
 * Below a stack with the id `Default` its resources have short addresses, `aws_s3_bucket.archive`; another id
 * is a prefix of the addresses.
 *
 * @example new EmailEventStream(stack, 'Default', { name: 'shop-events', expirationDays: 400 })
 * @throws {ConfigurationError} with every mistake in the props
 */
class EmailEventStream extends Construct {
  readonly encryptionKey: EncryptionKey;
  readonly archiveBucket: ArchiveBucket;
  readonly deliveryStream: DeliveryStream;
  readonly sesStreamRole: SesStreamRole;
  readonly configurationSet: ConfigurationSet;
  readonly objectQueue: ObjectQueue;
  readonly eventCatalog: EventCatalog;
  readonly streamAlarms: StreamAlarms;
  readonly streamDashboard: StreamDashboard;
  /** The setting `name`. */
  private readonly name: string;
  /** ARNs and names of all parts, by output name. */
  readonly outputs: Readonly<Record<string, EmailEventStreamOutput>>;

  constructor(scope: Construct, id: string, props: EmailEventStreamProps = {}) {
    super(scope, id);
    const { dependsOn = [], ...settings } = props;
    const config = configure(this.node.path, streamSettings, settings, true);
    const regionIssues = config.region === undefined ? [] : arnRegionIssues(settings, config.region);
    if (regionIssues.length > 0) throw new ConfigurationError(this.node.path, regionIssues);
    this.name = config.name;
    this.requireOwnName();
    this.encryptionKey = new EncryptionKey(this, 'key', {
      ...config,
      logGroupArn: deliveryStreamNames(this, config).logGroupArn,
      bucketArn: archiveBucketNames(this, config).bucketArn,
    });
    const { isCustomerManaged, keyArn } = this.encryptionKey;
    const encryption = { isCustomerManaged, keyArn };

    this.archiveBucket = new ArchiveBucket(this, 'archive', {
      ...config,
      ...encryption,
      dependsOn: this.encryptionKey.key.dependables,
    });
    this.deliveryStream = new DeliveryStream(this, 'stream', {
      ...config,
      ...encryption,
      bucketArn: this.archiveBucket.bucketArn,
      bucketAccountId: this.archiveBucket.bucketAccountId,
      isInOtherAccount: this.archiveBucket.isInOtherAccount,
      dependsOn: [...this.archiveBucket.dependables, ...dependsOn],
    });
    this.sesStreamRole = new SesStreamRole(this, 'ses', {
      ...config,
      ...encryption,
      streamArn: this.deliveryStream.streamArn,
      configurationSetNames: configurationSetNames(config),
    });
    this.configurationSet = new ConfigurationSet(this, 'sets', {
      ...config,
      streamArn: this.deliveryStream.streamArn,
      roleArn: this.sesStreamRole.roleArn,
      dependsOn: [...this.sesStreamRole.dependables, ...dependsOn],
    });
    // When S3 rejects the destruction of the bucket, the sets must still exist: SES rejects mail that names a
    // missing set.
    if (this.configurationSet.sets !== undefined)
      this.archiveBucket.bucket.waitFor(this.configurationSet.sets);
    const { bucketName, bucketArn, dependables } = this.archiveBucket;
    const bucket = { bucketName, bucketArn, dependsOn: dependables };
    this.objectQueue = new ObjectQueue(this, 'objects', { ...config, ...encryption, ...bucket });
    const objects = objectKey(config, encryption);
    const { bucketAccountId } = this.archiveBucket;
    this.eventCatalog = new EventCatalog(this, 'catalog', {
      ...{ ...config, ...objects, ...bucket, bucketAccountId },
    });
    const { streamName, logGroupName } = this.deliveryStream;
    const watched = { ...config, streamName, logGroupName, ...objectQueueNames(config) };
    const { reputationSetNames } = this.configurationSet;
    this.streamAlarms = new StreamAlarms(this, 'alarms', { ...watched, reputationSetNames });
    this.streamDashboard = new StreamDashboard(this, 'dashboard', watched);
    const { deliveryStream: stream } = this;
    const hasBucket = or(config.createBucket, isSet(config.bucketName));
    const { queue, deadLetterQueue } = this.objectQueue;
    const { database, workgroup, readerPolicyJson, writerPolicyJson, archiveTableLocation } =
      this.eventCatalog;
    const output = (description: string, value: EmailEventStreamOutput['value']) => ({ description, value });
    this.outputs = {
      configuration_set_names: {
        ...output(
          'Names of the configuration sets. Send mail with one of them.',
          this.configurationSet.names,
        ),
        // An identity with the set waits for it, and is destroyed before it.
        dependsOn: [this.configurationSet.eventDestinations].flatMap((resource) =>
          // CDKTF writes the reference of a resource as an expression, which Terraform refuses here.
          resource === undefined ? [] : [{ fqn: dependable(resource) }],
        ),
      },
      stream_arn: output('ARN of the Firehose stream.', stream.streamArn),
      stream_name: output('Name of the Firehose stream.', stream.streamName),
      ses_role_arn: output('ARN of the role that SES assumes.', this.sesStreamRole.roleArn),
      delivery_role_arn: output(
        'ARN of the role with which the stream writes to the bucket.',
        when(config.createStream, stream.deliveryRole.roleArn),
      ),
      log_group_name: output(
        "Name of the log group for the stream's errors.",
        when(config.createStream, stream.logGroupName),
      ),
      log_group_arn: output(
        "ARN of the log group for the stream's errors.",
        when(config.createStream, stream.logGroupArn),
      ),
      bucket_name: output('Name of the bucket.', when(hasBucket, bucketName)),
      bucket_arn: output('ARN of the bucket.', when(hasBucket, bucketArn)),
      events_location: output(
        'S3 location of the events, for `ses-events read`.',
        when(hasBucket, `s3://${bucketName}/${config.dataPrefix}`),
      ),
      errors_location: output(
        'S3 location of the records that Firehose could not process.',
        when(hasBucket, `s3://${bucketName}/${config.errorPrefix}`),
      ),
      kms_key_arn: output('ARN of the customer-managed key.', when(isCustomerManaged, keyArn)),
      queue_url: output('URL of the queue of new objects.', queue.attribute('url')),
      queue_arn: output('ARN of the queue of new objects.', queue.attribute('arn')),
      dead_letter_queue_arn: output('ARN of the dead-letter queue.', deadLetterQueue.attribute('arn')),
      dead_letter_queue_url: output('URL of the dead-letter queue.', deadLetterQueue.attribute('url')),
      catalog_database: output(
        'Name of the Glue database with the tables and views.',
        database.attribute('name'),
      ),
      athena_workgroup: output('Name of the Athena workgroup for queries.', workgroup.attribute('name')),
      central_bucket_policy_json: output(
        'Policy that the owner of a bucket in another account attaches to it, as JSON.',
        stream.deliveryRole.centralBucketPolicyJson,
      ),
      central_bucket_key_policy_json: output(
        'Policy of the key that encrypts that bucket, as JSON.',
        stream.deliveryRole.centralBucketKeyPolicyJson,
      ),
      catalog_reader_policy_json: output(
        'IAM policy for users of the catalog, as JSON. It is not attached to a user or role.',
        readerPolicyJson,
      ),
      archive_table_location: output(
        'Folder of the tables of the archive in the catalog.',
        archiveTableLocation,
      ),
      catalog_writer_policy_json: output(
        'IAM policy for those who fill the archive in the catalog, as JSON. It is not attached to a user or role.',
        writerPolicyJson,
      ),
    };
  }

  /**
   * Adds a Terraform output for each of `outputs` whose part exists, with its description. Call it for one stream of a
   * stack, because the names of outputs have no prefix.
   * @example new EmailEventStream(stack, 'Default', { name: 'shop-events' }).addOutputs(stack)
   */
  addOutputs(stack: TerraformStack): void {
    for (const [name, { value, ...rest }] of Object.entries(this.outputs)) {
      if (value !== undefined) new TerraformOutput(stack, name, { value, ...rest });
    }
  }

  /**
   * Refuses the name of another stream in the stack: AWS would refuse the second resource of each name in the middle
   * of the apply.
   */
  private requireOwnName(): void {
    if (Token.isUnresolved(this.name)) return;
    const other = TerraformStack.of(this)
      .node.findAll()
      .find((found) => found instanceof EmailEventStream && found !== this && found.name === this.name);
    if (other === undefined) return;
    const message = `is "${this.name}", which is also the name of ${other.node.path}: use another name`;
    throw new ConfigurationError(this.node.path, [{ setting: 'name', message }]);
  }
}

export { EmailEventStream, type EmailEventStreamOutput, type EmailEventStreamProps, providerVersions };
