import { eventTypes } from '../../../consumer/doctor/event-destination';
import type { Finding } from '../../../consumer/doctor/findings/finding';
import { sesPermissionsPolicy, sesTrustPolicy } from '../../../modules/policies/policy-documents';
import { describeWithMoto } from '../../queue/describe-with-moto';
import { accountId, arns, type Deployment, names, useDeployment, where } from './deployment';
import { answering, answeringXml, denied, listedAt, unknownAction } from './overrides';

/** A fault of the deployment, and the finding that reports it. */
interface Breakage {
  broken: string;
  breakIt(deployment: Deployment): Promise<unknown>;
  finding: Pick<Finding, 'check' | 'status'> & { text: string; fix: string };
  /** Checks that are not made because of the fault. */
  notChecked?: readonly string[];
}

const failure = (check: Finding['check'], text: string, fix: string): Breakage['finding'] => ({
  ...{ check, status: 'failure', text, fix },
});
const warning = (check: Finding['check'], text: string, fix: string): Breakage['finding'] => ({
  ...{ check, status: 'warning', text, fix },
});

const account = { SendingEnabled: true, EnforcementStatus: 'HEALTHY', ProductionAccessEnabled: true };
const accountPath = { method: 'GET', path: '/v2/email/account' };
const afterStream = ['delivery-role', 'delivery-permissions', 'bucket', 'bucket-key', 'arrivals', 'errors'];
const assumeRole = { Effect: 'Allow', Action: 'sts:AssumeRole' };

/** Creates a key with a statement in its policy, for the stream or the bucket. */
async function createKey({ kms }: Deployment, statement: object): Promise<string> {
  const administered = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Put*', Resource: '*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [administered, statement] });
  const { KeyMetadata } = await kms.createKey({ Policy });
  return KeyMetadata?.Arn ?? '';
}
const byAccount = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
  Action: 'kms:*',
  Resource: '*',
};
const byNobody = { ...byAccount, Principal: { AWS: `arn:aws:iam::${accountId}:role/somebody` } };

/** Encrypts the stream with a key that has a statement in its policy. */
async function encryptStream(deployment: Deployment, statement: object): Promise<void> {
  await deployment.firehose.startDeliveryStreamEncryption({
    DeliveryStreamName: names.stream,
    DeliveryStreamEncryptionConfigurationInput: {
      KeyType: 'CUSTOMER_MANAGED_CMK',
      KeyARN: await createKey(deployment, statement),
    },
  });
}

/** Encrypts the bucket by default with a key that has a statement in its policy. */
async function encryptBucket(deployment: Deployment, statement: object): Promise<void> {
  const KMSMasterKeyID = await createKey(deployment, statement);
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } as const;
  await deployment.s3.putBucketEncryption({
    Bucket: names.bucket,
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault }] },
  });
}

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);

const errorRecord = `${JSON.stringify({
  attemptsMade: 4,
  arrivalTimestamp: 1,
  errorCode: 'Lambda.FunctionError',
  errorMessage: 'ana@example.com',
  rawData: 'e30=',
})}\n`;

const breakages: readonly Breakage[] = [
  {
    broken: 'the configuration set does not exist',
    breakIt: ({ sesv2 }) => sesv2.deleteConfigurationSet({ ConfigurationSetName: names.set }),
    finding: failure(
      'configuration-set',
      'the configuration set newsletter does not exist in eu-west-1',
      'create-configuration-set',
    ),
    notChecked: [
      ...['event-destination', 'kinds', 'tracking', 'duplicates', 'ses-role', 'ses-trust', 'ses-permissions'],
      ...['stream', 'stream-key', ...afterStream, 'use', 'alarms', 'alarm-topics'],
    ],
  },
  {
    broken: 'sending of the set is paused',
    breakIt: ({ sesv2 }) =>
      sesv2.putConfigurationSetSendingOptions({ ConfigurationSetName: names.set, SendingEnabled: false }),
    finding: failure('configuration-set', 'sending is paused', 'put-configuration-set-sending-options'),
  },
  {
    broken: 'sending of the account is paused',
    breakIt: async ({ overrides }) =>
      overrides.push(answering(accountPath, { ...account, SendingEnabled: false })),
    finding: failure('account', 'sending is paused for this account', 'put-account-sending-attributes'),
  },
  {
    broken: 'the account is shut down',
    breakIt: async ({ overrides }) =>
      overrides.push(answering(accountPath, { ...account, EnforcementStatus: 'SHUTDOWN' })),
    finding: failure('account', 'AWS has paused sending', 'Support Center'),
  },
  {
    broken: 'the account is in the sandbox',
    breakIt: async ({ overrides }) =>
      overrides.push(answering(accountPath, { ...account, ProductionAccessEnabled: false })),
    finding: warning('sandbox', 'in the sandbox in eu-west-1', 'request production access'),
  },
  {
    broken: 'there is no event destination',
    breakIt: ({ sesv2 }) =>
      sesv2.deleteConfigurationSetEventDestination({
        ConfigurationSetName: names.set,
        EventDestinationName: names.destination,
      }),
    finding: failure('event-destination', 'has no event destination', 'docs/aws-cli.md'),
    notChecked: ['kinds', 'ses-role', 'ses-trust', 'ses-permissions', 'stream', 'stream-key', ...afterStream],
  },
  {
    broken: 'the event destination is disabled',
    breakIt: (deployment) => deployment.updateDestination({ Enabled: false }),
    finding: failure(
      'event-destination',
      'archive is disabled',
      'aws sesv2 update-configuration-set-event-destination',
    ),
  },
  {
    broken: 'kinds are missing',
    breakIt: (deployment) =>
      deployment.updateDestination({ MatchingEventTypes: eventTypes.filter((type) => !type.includes('_')) }),
    finding: warning(
      'kinds',
      'kinds of event not recorded: RENDERING_FAILURE, DELIVERY_DELAY',
      'RENDERING_FAILURE',
    ),
  },
  {
    broken: 'the stream of the event destination is in another region',
    breakIt: (deployment) =>
      deployment.updateDestination({
        KinesisFirehoseDestination: {
          IamRoleArn: arns.sesRole,
          DeliveryStreamArn: arns.stream.replace('eu-west-1', 'us-east-1'),
        },
      }),
    finding: failure(
      'event-destination',
      'is in us-east-1, but the configuration set is in eu-west-1',
      'use a stream in the account and region',
    ),
    notChecked: ['ses-permissions', 'stream', 'stream-key', ...afterStream],
  },
  {
    broken: 'the role of SES does not exist',
    breakIt: async ({ iam }) => {
      await iam.deleteRolePolicy({ RoleName: names.sesRole, PolicyName: 'only' });
      await iam.deleteRole({ RoleName: names.sesRole });
    },
    finding: failure('ses-role', 'the role ses-events of the event destination does not exist', 'create it'),
    notChecked: ['ses-trust', 'ses-permissions'],
  },
  {
    broken: 'the role trusts another account',
    breakIt: (deployment) =>
      deployment.setTrust(
        names.sesRole,
        sesTrustPolicy({ mode: 'source-arn', accountId: '999988887777', configurationSetArns: [arns.set] }),
      ),
    finding: failure('ses-trust', 'only with aws:SourceAccount 999988887777', 'ses-events policy trust'),
  },
  {
    broken: 'the role trusts another configuration set',
    breakIt: (deployment) =>
      deployment.setTrust(
        names.sesRole,
        sesTrustPolicy({
          ...{ mode: 'source-arn', accountId },
          configurationSetArns: [arns.set.replace('newsletter', 'receipts')],
        }),
      ),
    finding: failure('ses-trust', 'configuration-set/receipts', 'ses-events policy trust'),
  },
  {
    broken: 'the role trusts Pinpoint',
    breakIt: (deployment) =>
      deployment.setTrust(names.sesRole, {
        Version: '2012-10-17',
        Statement: { ...assumeRole, Principal: { Service: 'pinpoint.amazonaws.com' } },
      }),
    finding: failure(
      'ses-trust',
      'sts:AssumeRole is allowed only for pinpoint.amazonaws.com',
      'ses-events policy trust',
    ),
  },
  {
    broken: 'the role trusts SES without a condition',
    breakIt: (deployment) =>
      deployment.setTrust(names.sesRole, {
        Version: '2012-10-17',
        Statement: { ...assumeRole, Principal: { Service: 'ses.amazonaws.com' } },
      }),
    finding: warning('ses-trust', 'without a condition', 'ses-events policy trust'),
  },
  {
    broken: 'the role has no permissions',
    breakIt: ({ iam }) => iam.deleteRolePolicy({ RoleName: names.sesRole, PolicyName: 'only' }),
    finding: failure(
      'ses-permissions',
      'no statement allows firehose:PutRecordBatch',
      'ses-events policy permissions',
    ),
  },
  {
    broken: 'the role can put records into another stream only',
    breakIt: (deployment) =>
      deployment.permit(
        names.sesRole,
        sesPermissionsPolicy({ streamArn: arns.stream.replace('email-events', 'other') }),
      ),
    finding: failure('ses-permissions', 'deliverystream/other', 'ses-events policy permissions'),
  },
  {
    broken: 'a permissions boundary does not allow it',
    breakIt: async ({ iam }) => {
      const document = {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      };
      const PolicyDocument = JSON.stringify(document);
      const { Policy } = await iam.createPolicy({ PolicyName: 'boundary', PolicyDocument });
      await iam.putRolePermissionsBoundary({ RoleName: names.sesRole, PermissionsBoundary: Policy?.Arn });
    },
    finding: failure('ses-permissions', 'the permissions boundary', 'ses-events policy permissions'),
  },
  {
    broken: 'the stream does not exist',
    breakIt: ({ firehose }) => firehose.deleteDeliveryStream({ DeliveryStreamName: names.stream }),
    finding: failure(
      'stream',
      'the stream email-events of the event destination does not exist',
      'deploy it',
    ),
    notChecked: ['stream-key', ...afterStream],
  },
  {
    broken: 'the stream could not be created',
    breakIt: async ({ overrides }) =>
      overrides.push(
        answering(
          { operation: 'DescribeDeliveryStream' },
          {
            DeliveryStreamDescription: {
              DeliveryStreamName: names.stream,
              DeliveryStreamStatus: 'CREATING_FAILED',
              FailureDescription: { Type: 'KMS_ACCESS_DENIED', Details: 'the key' },
              Destinations: [],
            },
          },
        ),
      ),
    finding: failure(
      'stream',
      'its status is CREATING_FAILED (KMS_ACCESS_DENIED: the key)',
      'create the stream again',
    ),
    notChecked: afterStream,
  },
  {
    broken: "the policy of the stream's key allows neither the role nor the account",
    breakIt: async (deployment) => {
      await encryptStream(deployment, byNobody);
      await deployment.permit(
        names.sesRole,
        sesPermissionsPolicy({
          streamArn: arns.stream,
          key: { ...where, keyArn: `arn:aws:kms:eu-west-1:${accountId}:key/*`, dnsSuffix: 'amazonaws.com' },
        }),
      );
    },
    finding: failure(
      'stream-key',
      'cannot use the key of the stream: kms:GenerateDataKey is allowed only for',
      '--key',
    ),
  },
  {
    broken: "the role has no permission for the stream's key",
    breakIt: (deployment) => encryptStream(deployment, byAccount),
    finding: failure('stream-key', 'no statement allows kms:GenerateDataKey (role policies)', '--key'),
  },
  {
    broken: 'the role of Firehose trusts SES',
    breakIt: (deployment) =>
      deployment.setTrust(names.deliveryRole, {
        Version: '2012-10-17',
        Statement: { ...assumeRole, Principal: { Service: 'ses.amazonaws.com' } },
      }),
    finding: failure(
      'delivery-role',
      'sts:AssumeRole is allowed only for ses.amazonaws.com',
      'firehose.amazonaws.com',
    ),
  },
  {
    broken: 'the role of Firehose cannot put objects',
    breakIt: (deployment) =>
      deployment.permit(names.deliveryRole, {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: ['s3:Get*', 's3:List*', 's3:Abort*'], Resource: '*' },
      }),
    finding: failure('delivery-permissions', 'no statement allows s3:PutObject', 'docs/security.md'),
  },
  {
    broken: 'another account owns the bucket',
    breakIt: async ({ overrides }) =>
      overrides.push(async ({ service, method, headers }) =>
        service === 's3' && method === 'HEAD' && headers['x-amz-expected-bucket-owner'] === accountId
          ? { status: 403, headers: {}, body: '' }
          : undefined,
      ),
    finding: failure(
      'delivery-permissions',
      `s3:PutObject is allowed only with aws:ResourceAccount ${accountId}`,
      'docs/security.md',
    ),
  },
  {
    broken: 'the policy of the bucket denies access to Firehose',
    breakIt: async ({ s3 }) => {
      const statement = {
        Sid: 'KeepOut',
        Effect: 'Deny',
        Principal: { AWS: arns.deliveryRole },
        Action: 's3:PutObject',
        Resource: `${arns.bucket}/*`,
      };
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statement });
      await s3.putBucketPolicy({ Bucket: names.bucket, Policy });
    },
    finding: failure('delivery-permissions', 'the statement KeepOut denies s3:PutObject', 'docs/security.md'),
  },
  {
    broken: 'the bucket does not exist',
    breakIt: async ({ s3 }) => {
      const { Contents = [] } = await s3.listObjectsV2({ Bucket: names.bucket });
      for (const { Key } of Contents) await s3.deleteObject({ Bucket: names.bucket, Key });
      await s3.deleteBucket({ Bucket: names.bucket });
    },
    finding: failure('bucket', 'the bucket email-events-archive of the stream does not exist', 'deploy it'),
    notChecked: ['bucket-key', 'arrivals', 'errors'],
  },
  {
    broken: "the role of Firehose has no permission for the bucket's key",
    breakIt: (deployment) => encryptBucket(deployment, byAccount),
    finding: failure('bucket-key', 'no statement allows kms:GenerateDataKey (role policies)', 'through S3'),
  },
  {
    broken: "the bucket's key is disabled",
    breakIt: async (deployment) => {
      await encryptBucket(deployment, byAccount);
      const { Keys } = await deployment.kms.listKeys({});
      await deployment.kms.disableKey({ KeyId: Keys?.[0]?.KeyId });
    },
    finding: failure('bucket-key', 'is Disabled', 'aws kms enable-key'),
  },
  {
    broken: 'all objects are old',
    breakIt: async ({ overrides }) => overrides.push(listedAt(daysAgo(12), 'events/')),
    finding: warning('arrivals', 'the newest object is 12 days old', '--send'),
  },
  {
    broken: 'no events have arrived',
    breakIt: async ({ s3 }) => {
      const { Contents = [] } = await s3.listObjectsV2({ Bucket: names.bucket });
      for (const { Key } of Contents) await s3.deleteObject({ Bucket: names.bucket, Key });
    },
    finding: warning('arrivals', 'no events have arrived in s3://email-events-archive/events/', '--send'),
  },
  {
    broken: 'Firehose could not deliver the last records',
    breakIt: async (deployment) => {
      await deployment.putObject('errors/processing-failed/2026/11/', errorRecord);
      deployment.overrides.push(listedAt(daysAgo(0.5), 'events/'));
    },
    finding: failure('errors', '1 error object (Lambda.FunctionError), the newest', 'ses-events read s3://'),
  },
  {
    broken: 'an identity notifies a topic of bounces',
    // Moto accepts topics but does not return them.
    breakIt: async ({ overrides }) => {
      const topic = `<BounceTopic>arn:aws:sns:eu-west-1:${accountId}:bounces</BounceTopic>`;
      const entry = `<entry><key>${names.identity}</key><value>${topic}</value></entry>`;
      const result = `<NotificationAttributes>${entry}</NotificationAttributes>`;
      overrides.push(answeringXml('GetIdentityNotificationAttributes', result));
    },
    finding: warning(
      'duplicates',
      'the identity shop.example also publishes events of the configuration set to an SNS topic: Bounce',
      'aws ses set-identity-notification-topic --identity shop.example --notification-type Bounce',
    ),
  },
  {
    broken: 'a second stream receives the same kinds',
    breakIt: ({ sesv2 }) =>
      sesv2.createConfigurationSetEventDestination({
        ConfigurationSetName: names.set,
        EventDestinationName: 'second',
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ['BOUNCE'],
          KinesisFirehoseDestination: { IamRoleArn: arns.sesRole, DeliveryStreamArn: `${arns.stream}-2` },
        },
      }),
    finding: warning('duplicates', 'second also sends to email-events-2', '--event-destination-name second'),
  },
  {
    broken: 'an emulator does not support an operation',
    breakIt: async ({ overrides }) => overrides.push(unknownAction('GetIdentityNotificationAttributes')),
    finding: warning(
      'duplicates',
      'the endpoint does not support ses:GetIdentityNotificationAttributes',
      'use an endpoint of AWS',
    ),
  },
  ...(
    [
      ['account', 'ses:GetAccount', accountPath, ['sandbox']],
      [
        'ses-role',
        'iam:GetRole',
        { action: 'GetRole', body: 'ses-events' },
        ['ses-trust', 'ses-permissions'],
      ],
      ['ses-permissions', 'iam:ListRolePolicies', { action: 'ListRolePolicies', body: 'ses-events' }, []],
      [
        'stream',
        'firehose:DescribeDeliveryStream',
        { operation: 'DescribeDeliveryStream' },
        ['stream-key', ...afterStream],
      ],
      [
        'duplicates',
        'ses:GetIdentityNotificationAttributes',
        { action: 'GetIdentityNotificationAttributes' },
        [],
      ],
    ] as const
  ).map(
    ([check, action, call, notChecked]): Breakage => ({
      broken: `${action} is not allowed`,
      breakIt: async ({ overrides }) => overrides.push(denied(call)),
      finding: warning(check, 'no permission to', `allow ${action} for your credentials`),
      notChecked,
    }),
  ),
];

describeWithMoto('doctor reports that', (executables) => {
  const deployed = useDeployment(executables);

  it.each(breakages.map((breakage) => [breakage.broken, breakage] as const))(
    '%s',
    async (_, { breakIt, finding, notChecked = [] }) => {
      await breakIt(deployed());
      const { code, findings } = await deployed().findings();
      const { check, status, text, fix } = finding;
      expect(findings.find((one) => one.check === check)).toEqual({
        check,
        status,
        message: expect.stringContaining(text),
        fix: expect.stringContaining(fix),
      });
      const others = findings.filter((one) => one.check !== check && one.status !== 'ok');
      expect(others.filter((one) => one.status !== 'not-checked')).toEqual([]);
      expect(others.map((one) => one.check)).toEqual(notChecked);
      expect(code).toBe(status === 'failure' ? 1 : 0);
    },
  );

  it('no events arrive because no message names the set', async () => {
    const { s3, sesv2 } = deployed();
    await sesv2.putEmailIdentityConfigurationSetAttributes({ EmailIdentity: names.identity });
    const { Contents = [] } = await s3.listObjectsV2({ Bucket: names.bucket });
    for (const { Key } of Contents) await s3.deleteObject({ Bucket: names.bucket, Key });
    const { code, findings } = await deployed().findings();
    expect(findings.find(({ check }) => check === 'use')).toMatchObject({
      status: 'warning',
      message:
        'newsletter is not the default configuration set of any identity: only messages that name it cause events',
      fix: expect.stringContaining('X-SES-CONFIGURATION-SET'),
    });
    expect(code).toBe(0);
  });

  it('the errors are older than the newest events', async () => {
    await deployed().putObject('errors/processing-failed/2026/11/', errorRecord);
    deployed().overrides.push(listedAt(daysAgo(1), 'errors/'));
    const { code, stdout } = await deployed().doctor();
    expect(stdout).toMatch(/"check":"errors","status":"warning"/);
    expect(stdout).not.toContain('ana@example.com');
    expect(code).toBe(0);
  });
});
