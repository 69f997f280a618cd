import fc from 'fast-check';
import { deploymentPolicy, type PlannedResource } from '../../../modules/policies/deployment-policy';
import type { PolicyDocument } from '../../../modules/policies/policy-documents';
import { evaluate } from '../../../modules/policies/policy-evaluator';

const environment = { partition: 'aws', region: 'eu-west-1', accountId: '111122223333' };

/** Creates a resource of a plan. */
const planned = (
  type: string,
  values: Readonly<Record<string, unknown>>,
  more: Partial<PlannedResource> = {},
): PlannedResource => ({ type, module: '', values, environment, ...more });

const trust = (service: string) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

/** Returns the ARNs of an action in a policy, with the condition if there is one. */
function resourcesOf({ Statement: statements }: PolicyDocument, action: string): unknown[] {
  return statements
    .filter(({ Action: actions }) => [actions].flat().includes(action))
    .flatMap(({ Resource: resources = [], Condition: condition }) =>
      [resources].flat().map((arn) => (condition === undefined ? arn : [arn, condition])),
    );
}

const passedTo = (service: string) => ({ StringEquals: { 'iam:PassedToService': service } });
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

describe('deploymentPolicy', () => {
  it.each<[what: string, resources: PlannedResource[], action: string, resources: unknown[]]>([
    [
      'a bucket by its name',
      [planned('aws_s3_bucket', { bucket: 'archive' })],
      's3:CreateBucket',
      ['arn:aws:s3:::archive'],
    ],
    [
      'the objects of a bucket with force_destroy',
      [planned('aws_s3_bucket', { bucket: 'archive', force_destroy: true })],
      's3:DeleteObjectVersion',
      ['arn:aws:s3:::archive/*'],
    ],
    [
      'no objects of a bucket without force_destroy',
      [planned('aws_s3_bucket', { bucket: 'archive', force_destroy: false })],
      's3:DeleteObjectVersion',
      [],
    ],
    [
      'the bucket of a policy whose bucket is unknown before the apply',
      [planned('aws_s3_bucket', { bucket: 'archive' }), planned('aws_s3_bucket_policy', {})],
      's3:PutBucketPolicy',
      ['arn:aws:s3:::archive'],
    ],
    [
      'only the bucket of the same module',
      [
        planned('aws_s3_bucket', { bucket: 'archive' }, { module: 'module.one' }),
        planned('aws_s3_bucket', { bucket: 'other' }, { module: 'module.two' }),
        planned('aws_s3_bucket_policy', {}, { module: 'module.one' }),
      ],
      's3:PutBucketPolicy',
      ['arn:aws:s3:::archive'],
    ],
    [
      'an existing bucket of a policy',
      [planned('aws_s3_bucket_policy', { bucket: 'existing' })],
      's3:PutBucketPolicy',
      ['arn:aws:s3:::existing'],
    ],
    [
      'no permissions boundary of a role whose state has an empty one',
      [planned('aws_iam_role', { name: 'ses', path: '/', permissions_boundary: '' })],
      'iam:PutRolePermissionsBoundary',
      [],
    ],
    ...['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'].map(
      (action): [string, PlannedResource[], string, unknown[]] => [
        `a role only with its permissions boundary, for ${action}`,
        [
          planned('aws_iam_role', { name: 'ses', path: '/', permissions_boundary: 'arn:boundary' }),
          planned('aws_iam_role_policy', {}),
        ],
        action,
        [[role('ses'), { StringEquals: { 'iam:PermissionsBoundary': 'arn:boundary' } }]],
      ],
    ),
    [
      'no role whose permissions boundary could be removed',
      [planned('aws_iam_role', { name: 'ses', path: '/', permissions_boundary: 'arn:boundary' })],
      'iam:DeleteRolePermissionsBoundary',
      [],
    ],
    [
      'an alias of a key',
      [planned('aws_kms_alias', { name: 'alias/events' })],
      'kms:DeleteAlias',
      ['arn:aws:kms:eu-west-1:111122223333:alias/events'],
    ],
    [
      'any key before its id is known',
      [planned('aws_kms_key', {})],
      'kms:ScheduleKeyDeletion',
      ['arn:aws:kms:eu-west-1:111122223333:key/*'],
    ],
    [
      'a key after its id is known',
      [planned('aws_kms_key', { key_id: '1234' })],
      'kms:ScheduleKeyDeletion',
      ['arn:aws:kms:eu-west-1:111122223333:key/1234'],
    ],
    [
      'a queue by the URL of its policy',
      [
        planned('aws_sqs_queue_policy', {
          queue_url: 'https://sqs.eu-west-1.amazonaws.com/111122223333/objects',
        }),
      ],
      'sqs:SetQueueAttributes',
      ['arn:aws:sqs:eu-west-1:111122223333:objects'],
    ],
    [
      'a role with its path',
      [planned('aws_iam_role', { name: 'ses', path: '/mail/' })],
      'iam:CreateRole',
      [role('mail/ses')],
    ],
    [
      'the roles of a policy whose role is unknown before the apply',
      [planned('aws_iam_role', { name: 'ses', path: '/mail/' }), planned('aws_iam_role_policy', {})],
      'iam:PutRolePolicy',
      [role('mail/ses')],
    ],
    [
      'the role of a policy with its path, and no other role',
      [
        planned('aws_iam_role', { name: 'ses', path: '/mail/' }),
        planned('aws_iam_role', { name: 'delivery', path: '/mail/' }),
        planned('aws_iam_role_policy', { role: 'ses' }),
      ],
      'iam:PutRolePolicy',
      [role('mail/ses')],
    ],
    [
      'a created role to pass to the service that it trusts',
      [planned('aws_iam_role', { name: 'ses', path: '/', assume_role_policy: trust('ses.amazonaws.com') })],
      'iam:PassRole',
      [[role('ses'), passedTo('ses.amazonaws.com')]],
    ],
    ...[undefined, '', 'text', 'null', '[]', '{"Statement":[{"Principal":"*"}]}'].map(
      (policy): [string, PlannedResource[], string, unknown[]] => [
        `no role to pass whose trust policy is ${policy}`,
        [planned('aws_iam_role', { name: 'ses', path: '/', assume_role_policy: policy })],
        'iam:PassRole',
        [],
      ],
    ),
    [
      'existing roles to pass to the services that use them',
      [
        planned('aws_kinesis_firehose_delivery_stream', {
          name: 'events',
          extended_s3_configuration: [{ role_arn: role('delivery') }],
        }),
        planned('aws_sesv2_configuration_set_event_destination', {
          configuration_set_name: 'receipts',
          event_destination: [{ kinesis_firehose_destination: [{ iam_role_arn: role('ses') }] }],
        }),
      ],
      'iam:PassRole',
      [
        [role('delivery'), passedTo('firehose.amazonaws.com')],
        [role('ses'), passedTo('ses.amazonaws.com')],
      ],
    ],
    [
      'the key of a stream, through Firehose',
      [
        planned('aws_kinesis_firehose_delivery_stream', {
          name: 'events',
          server_side_encryption: [
            { key_type: 'CUSTOMER_MANAGED_CMK', key_arn: 'arn:aws:kms:eu-west-1:1:key/2' },
          ],
        }),
      ],
      'kms:CreateGrant',
      [
        [
          'arn:aws:kms:eu-west-1:1:key/2',
          { StringEquals: { 'kms:ViaService': 'firehose.eu-west-1.amazonaws.com' } },
        ],
      ],
    ],
    [
      'no key of a stream that AWS owns',
      [
        planned('aws_kinesis_firehose_delivery_stream', {
          name: 'events',
          server_side_encryption: [{ key_type: 'AWS_OWNED_CMK' }],
        }),
      ],
      'kms:CreateGrant',
      [],
    ],
    [
      'tags of resources with tags',
      [planned('aws_sqs_queue', { name: 'q', tags_all: { a: 'b' } })],
      'sqs:TagQueue',
      ['arn:aws:sqs:eu-west-1:111122223333:q'],
    ],
    [
      'no tags of resources without tags',
      [planned('aws_sqs_queue', { name: 'q', tags_all: {} })],
      'sqs:TagQueue',
      [],
    ],
    [
      'the partition of a deployment',
      [
        planned(
          'aws_sesv2_configuration_set',
          { configuration_set_name: 'receipts' },
          { environment: { partition: 'aws-cn', region: 'cn-north-1', accountId: '1' } },
        ),
      ],
      'ses:CreateConfigurationSet',
      ['arn:aws-cn:ses:cn-north-1:1:configuration-set/receipts'],
    ],
  ])('names %s', (_, resources, action, expected) => {
    expect(resourcesOf(deploymentPolicy(resources), action)).toEqual(expected);
  });

  it('has one statement for things with the same actions', () => {
    const sets = ['receipts', 'newsletter'].map((name) =>
      planned('aws_sesv2_configuration_set', { configuration_set_name: name }),
    );
    expect(deploymentPolicy(sets).Statement).toHaveLength(1);
  });

  it('has no statements for resources of other types', () => {
    expect(deploymentPolicy([planned('aws_sns_topic', { name: 'alarms' })]).Statement).toEqual([]);
  });

  it('allows together exactly what it allows for each resource alone', () => {
    const names = fc.constantFrom('one', 'two');
    const resource = fc.oneof(
      names.map((name) => planned('aws_s3_bucket', { bucket: name, force_destroy: name === 'two' })),
      names.map((name) => planned('aws_s3_bucket_versioning', { bucket: name })),
      names.map((name) => planned('aws_sqs_queue', { name, tags: name === 'one' ? { a: 'b' } : {} })),
      names.map((name) => planned('aws_athena_workgroup', { name })),
      names.map((name) => planned('aws_kms_key', { key_id: name })),
      names.map((name) => planned('aws_kms_alias', { name: `alias/${name}` })),
    );
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 8 }), (resources) => {
        const alone = resources.map((each) => deploymentPolicy([each]));
        const together = deploymentPolicy(resources);
        const all = [together, ...alone].flatMap(({ Statement: statements }) => statements);
        const actions = new Set(all.flatMap(({ Action: action }) => action));
        const arns = new Set(all.flatMap(({ Resource: resource = [] }) => resource));
        for (const action of actions) {
          for (const arn of arns) {
            const request = { action, resource: arn };
            expect([request, evaluate([together], request).decision]).toEqual([
              request,
              evaluate(alone, request).decision,
            ]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
