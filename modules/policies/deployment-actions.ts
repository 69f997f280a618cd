/**
 * Things that an action names as its resource, with their ARNs. `{partition}`, `{region}` and `{account}` are those of
 * the deployment, and `{name}` is the name of the thing.
 */
const targetArns = {
  any: ['*'],
  bucket: ['arn:{partition}:s3:::{name}'],
  objects: ['arn:{partition}:s3:::{name}/*'],
  stream: ['arn:{partition}:firehose:{region}:{account}:deliverystream/{name}'],
  configurationSet: ['arn:{partition}:ses:{region}:{account}:configuration-set/{name}'],
  role: ['arn:{partition}:iam::{account}:role/{name}'],
  key: ['arn:{partition}:kms:{region}:{account}:key/{name}'],
  alias: ['arn:{partition}:kms:{region}:{account}:alias/{name}'],
  // Most actions name a log group with `:*`, and the actions on tags without it.
  logGroup: [
    'arn:{partition}:logs:{region}:{account}:log-group:{name}',
    'arn:{partition}:logs:{region}:{account}:log-group:{name}:*',
  ],
  alarm: ['arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}'],
  dashboard: ['arn:{partition}:cloudwatch::{account}:dashboard/{name}'],
  queue: ['arn:{partition}:sqs:{region}:{account}:{name}'],
  // Glue checks every level. To delete a database is to delete all that is in it.
  database: [
    'arn:{partition}:glue:{region}:{account}:catalog',
    'arn:{partition}:glue:{region}:{account}:database/{name}',
    'arn:{partition}:glue:{region}:{account}:table/{name}/*',
    'arn:{partition}:glue:{region}:{account}:userDefinedFunction/{name}/*',
  ],
  workgroup: ['arn:{partition}:athena:{region}:{account}:workgroup/{name}'],
  scheduleGroup: ['arn:{partition}:scheduler:{region}:{account}:schedule-group/{name}'],
  // All schedules of a group
  schedules: ['arn:{partition}:scheduler:{region}:{account}:schedule/{name}/*'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A kind of thing that an action names as its resource. */
type Target = keyof typeof targetArns;

/** Actions on one thing. */
interface ActionGrant {
  readonly on: Target;
  /** Actions that create, read and delete. */
  readonly actions: readonly string[];
  /** Actions that only change an existing resource. */
  readonly changes?: readonly string[];
  /**
   * Attribute that must have a value: without it, the provider does not call these actions.
   * @default - the actions are always required
   */
  readonly when?: 'tags' | 'force_destroy' | 'permissions_boundary';
}

/** The grants of a type, and the attribute with the name of the thing that the actions are on. */
interface TypeActions {
  /** Attribute with the name. In a first plan, that of a part is unknown; its owner has it then. */
  readonly name: string;
  readonly owner?: string;
  readonly grants: readonly ActionGrant[];
}

/** The actions on a part of a bucket. */
function ofBucket(...actions: readonly string[]): TypeActions {
  // The provider first checks whether the bucket exists.
  return {
    name: 'bucket',
    owner: 'aws_s3_bucket',
    grants: [{ on: 'bucket', actions: ['s3:ListBucket', ...actions] }],
  };
}

/** The actions on a policy of a queue, which is one of its attributes. */
const ofQueuePolicy: TypeActions = {
  name: 'queue_url',
  owner: 'aws_sqs_queue',
  grants: [{ on: 'queue', actions: ['sqs:GetQueueAttributes', 'sqs:SetQueueAttributes'] }],
};

/**
 * The actions of IAM with which the AWS provider creates, reads, changes and deletes each type of resource that the
 * constructs create. `iam:PassRole` and `kms:CreateGrant` follow from the configuration of a stream or event destination.
 *
 * The tests compare the actions and their resources with AWS's reference, and with the calls of the provider.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const deploymentActions: Readonly<Record<string, TypeActions>> = {
  aws_athena_named_query: {
    name: 'workgroup',
    grants: [
      {
        on: 'workgroup',
        actions: ['athena:CreateNamedQuery', 'athena:GetNamedQuery', 'athena:DeleteNamedQuery'],
      },
    ],
  },
  aws_athena_workgroup: {
    name: 'name',
    grants: [
      {
        on: 'workgroup',
        actions: [
          'athena:CreateWorkGroup',
          'athena:GetWorkGroup',
          'athena:DeleteWorkGroup',
          'athena:ListTagsForResource',
        ],
        changes: ['athena:UpdateWorkGroup'],
      },
      { on: 'workgroup', when: 'tags', actions: ['athena:TagResource'], changes: ['athena:UntagResource'] },
    ],
  },
  aws_cloudwatch_dashboard: {
    name: 'dashboard_name',
    grants: [
      {
        on: 'dashboard',
        actions: ['cloudwatch:PutDashboard', 'cloudwatch:GetDashboard', 'cloudwatch:DeleteDashboards'],
      },
    ],
  },
  aws_cloudwatch_log_group: {
    name: 'name',
    grants: [
      {
        on: 'logGroup',
        actions: [
          'logs:CreateLogGroup',
          'logs:DeleteLogGroup',
          'logs:ListTagsForResource',
          'logs:PutRetentionPolicy',
        ],
        changes: ['logs:DeleteRetentionPolicy', 'logs:AssociateKmsKey', 'logs:DisassociateKmsKey'],
      },
      { on: 'logGroup', when: 'tags', actions: ['logs:TagResource'], changes: ['logs:UntagResource'] },
      { on: 'any', actions: ['logs:DescribeLogGroups'] },
    ],
  },
  aws_cloudwatch_log_stream: {
    name: 'log_group_name',
    grants: [
      {
        on: 'logGroup',
        actions: ['logs:CreateLogStream', 'logs:DeleteLogStream', 'logs:DescribeLogStreams'],
      },
    ],
  },
  aws_cloudwatch_metric_alarm: {
    name: 'alarm_name',
    grants: [
      {
        on: 'alarm',
        actions: [
          'cloudwatch:PutMetricAlarm',
          'cloudwatch:DescribeAlarms',
          'cloudwatch:DeleteAlarms',
          'cloudwatch:ListTagsForResource',
        ],
      },
      {
        on: 'alarm',
        when: 'tags',
        actions: ['cloudwatch:TagResource'],
        changes: ['cloudwatch:UntagResource'],
      },
    ],
  },
  aws_glue_catalog_database: {
    name: 'name',
    grants: [
      {
        on: 'database',
        actions: ['glue:CreateDatabase', 'glue:GetDatabase', 'glue:DeleteDatabase', 'glue:GetTags'],
        changes: ['glue:UpdateDatabase'],
      },
      { on: 'database', when: 'tags', actions: ['glue:TagResource'], changes: ['glue:UntagResource'] },
    ],
  },
  aws_glue_catalog_table: {
    name: 'database_name',
    grants: [
      {
        on: 'database',
        actions: ['glue:CreateTable', 'glue:GetTable', 'glue:DeleteTable', 'glue:GetPartitionIndexes'],
        changes: ['glue:UpdateTable'],
      },
    ],
  },
  aws_iam_role: {
    name: 'name',
    grants: [
      {
        on: 'role',
        actions: [
          'iam:CreateRole',
          'iam:GetRole',
          'iam:DeleteRole',
          'iam:ListRolePolicies',
          'iam:ListAttachedRolePolicies',
          'iam:ListInstanceProfilesForRole',
        ],
        changes: ['iam:UpdateAssumeRolePolicy', 'iam:UpdateRole', 'iam:UpdateRoleDescription'],
      },
      {
        on: 'role',
        when: 'permissions_boundary',
        actions: [],
        changes: ['iam:PutRolePermissionsBoundary', 'iam:DeleteRolePermissionsBoundary'],
      },
      { on: 'role', when: 'tags', actions: ['iam:TagRole'], changes: ['iam:UntagRole'] },
    ],
  },
  aws_iam_role_policy: {
    name: 'role',
    owner: 'aws_iam_role',
    grants: [{ on: 'role', actions: ['iam:PutRolePolicy', 'iam:GetRolePolicy', 'iam:DeleteRolePolicy'] }],
  },
  aws_kinesis_firehose_delivery_stream: {
    name: 'name',
    grants: [
      {
        on: 'stream',
        actions: [
          'firehose:CreateDeliveryStream',
          'firehose:DescribeDeliveryStream',
          'firehose:DeleteDeliveryStream',
          'firehose:ListTagsForDeliveryStream',
          'firehose:StartDeliveryStreamEncryption',
        ],
        changes: ['firehose:StopDeliveryStreamEncryption', 'firehose:UpdateDestination'],
      },
      {
        on: 'stream',
        when: 'tags',
        actions: ['firehose:TagDeliveryStream'],
        changes: ['firehose:UntagDeliveryStream'],
      },
    ],
  },
  aws_kms_alias: {
    name: 'name',
    grants: [
      { on: 'alias', actions: ['kms:CreateAlias', 'kms:DeleteAlias'], changes: ['kms:UpdateAlias'] },
      { on: 'any', actions: ['kms:ListAliases'] },
    ],
  },
  aws_kms_key: {
    name: 'key_id',
    grants: [
      { on: 'any', actions: ['kms:CreateKey'] },
      {
        on: 'key',
        actions: [
          'kms:DescribeKey',
          'kms:GetKeyPolicy',
          'kms:GetKeyRotationStatus',
          'kms:ListResourceTags',
          'kms:EnableKeyRotation',
          'kms:PutKeyPolicy',
          'kms:ScheduleKeyDeletion',
          // The alias of the key
          'kms:CreateAlias',
          'kms:DeleteAlias',
        ],
        changes: ['kms:UpdateKeyDescription', 'kms:UpdateAlias'],
      },
      { on: 'key', when: 'tags', actions: ['kms:TagResource'], changes: ['kms:UntagResource'] },
    ],
  },
  aws_s3_bucket: {
    name: 'bucket',
    grants: [
      {
        on: 'bucket',
        actions: [
          's3:CreateBucket',
          's3:DeleteBucket',
          's3:ListBucket',
          's3:GetAccelerateConfiguration',
          's3:GetBucketAcl',
          's3:GetBucketCORS',
          's3:GetBucketLogging',
          's3:GetBucketObjectLockConfiguration',
          's3:GetBucketPolicy',
          's3:GetBucketRequestPayment',
          's3:GetBucketTagging',
          's3:GetBucketVersioning',
          's3:GetBucketWebsite',
          's3:GetEncryptionConfiguration',
          's3:GetLifecycleConfiguration',
          's3:GetReplicationConfiguration',
        ],
      },
      { on: 'bucket', when: 'tags', actions: ['s3:PutBucketTagging'] },
      { on: 'bucket', when: 'force_destroy', actions: ['s3:ListBucketVersions'] },
      // Every object has a version, which is `null` in a bucket without versioning.
      { on: 'objects', when: 'force_destroy', actions: ['s3:DeleteObjectVersion'] },
    ],
  },
  aws_s3_bucket_lifecycle_configuration: ofBucket(
    's3:GetLifecycleConfiguration',
    's3:PutLifecycleConfiguration',
  ),
  aws_s3_bucket_logging: ofBucket('s3:GetBucketLogging', 's3:PutBucketLogging'),
  aws_s3_bucket_notification: ofBucket('s3:GetBucketNotification', 's3:PutBucketNotification'),
  aws_s3_bucket_object_lock_configuration: ofBucket(
    's3:GetBucketObjectLockConfiguration',
    's3:PutBucketObjectLockConfiguration',
  ),
  aws_s3_bucket_ownership_controls: ofBucket(
    's3:GetBucketOwnershipControls',
    's3:PutBucketOwnershipControls',
  ),
  aws_s3_bucket_policy: ofBucket('s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'),
  aws_s3_bucket_public_access_block: ofBucket(
    's3:GetBucketPublicAccessBlock',
    's3:PutBucketPublicAccessBlock',
  ),
  aws_s3_bucket_server_side_encryption_configuration: ofBucket(
    's3:GetEncryptionConfiguration',
    's3:PutEncryptionConfiguration',
  ),
  aws_s3_bucket_versioning: ofBucket('s3:GetBucketVersioning', 's3:PutBucketVersioning'),
  aws_scheduler_schedule: {
    name: 'group_name',
    grants: [
      {
        on: 'schedules',
        actions: ['scheduler:CreateSchedule', 'scheduler:GetSchedule', 'scheduler:DeleteSchedule'],
        changes: ['scheduler:UpdateSchedule'],
      },
    ],
  },
  aws_scheduler_schedule_group: {
    name: 'name',
    grants: [
      {
        on: 'scheduleGroup',
        actions: [
          'scheduler:CreateScheduleGroup',
          'scheduler:GetScheduleGroup',
          'scheduler:DeleteScheduleGroup',
          'scheduler:ListTagsForResource',
        ],
      },
      {
        on: 'scheduleGroup',
        when: 'tags',
        actions: ['scheduler:TagResource'],
        changes: ['scheduler:UntagResource'],
      },
    ],
  },
  aws_sesv2_configuration_set: {
    name: 'configuration_set_name',
    grants: [
      {
        on: 'configurationSet',
        actions: [
          'ses:CreateConfigurationSet',
          'ses:GetConfigurationSet',
          'ses:DeleteConfigurationSet',
          'ses:ListTagsForResource',
        ],
        changes: [
          'ses:PutConfigurationSetDeliveryOptions',
          'ses:PutConfigurationSetReputationOptions',
          'ses:PutConfigurationSetSendingOptions',
          'ses:PutConfigurationSetSuppressionOptions',
          'ses:PutConfigurationSetTrackingOptions',
          'ses:PutConfigurationSetVdmOptions',
        ],
      },
      { on: 'configurationSet', when: 'tags', actions: ['ses:TagResource'], changes: ['ses:UntagResource'] },
    ],
  },
  aws_sesv2_configuration_set_event_destination: {
    name: 'configuration_set_name',
    grants: [
      {
        on: 'configurationSet',
        actions: [
          'ses:CreateConfigurationSetEventDestination',
          'ses:GetConfigurationSetEventDestinations',
          'ses:DeleteConfigurationSetEventDestination',
        ],
        changes: ['ses:UpdateConfigurationSetEventDestination'],
      },
    ],
  },
  aws_sqs_queue: {
    name: 'name',
    grants: [
      {
        on: 'queue',
        actions: ['sqs:CreateQueue', 'sqs:GetQueueAttributes', 'sqs:DeleteQueue', 'sqs:ListQueueTags'],
        changes: ['sqs:SetQueueAttributes'],
      },
      { on: 'queue', when: 'tags', actions: ['sqs:TagQueue'], changes: ['sqs:UntagQueue'] },
    ],
  },
  aws_sqs_queue_policy: ofQueuePolicy,
  aws_sqs_queue_redrive_allow_policy: ofQueuePolicy,
};

export { type ActionGrant, deploymentActions, type Target, targetArns };
