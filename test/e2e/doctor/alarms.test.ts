import type { Finding } from '../../../consumer/doctor/findings/finding';
import { describeWithMoto } from '../../queue/describe-with-moto';
import { accountId, arns, type Deployment, names, useDeployment } from './deployment';
import { answeringXml, denied } from './overrides';

const reached = 'CloudWatch can publish to the topic mail-alarms, which has a confirmed subscription';

/** Creates a key for a topic, with a statement in its policy. */
async function createKey({ kms }: Deployment, Principal: object): Promise<string> {
  const Statement = [
    { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Put*', Resource: '*' },
    { Effect: 'Allow', Principal, Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Resource: '*' },
  ];
  const { KeyMetadata } = await kms.createKey({
    Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
  });
  return KeyMetadata?.Arn ?? '';
}

type Expected = readonly [status: Finding['status'], text: string];
const ok = (text: string): Expected => ['ok', text];
const warning = (text: string): Expected => ['warning', text];
const counted = ok('alarms with an action: 1');

const cases: readonly [
  name: string,
  deploy: (deployment: Deployment) => Promise<unknown>,
  alarms: Expected,
  topics: Expected,
][] = [
  [
    'there are no alarms of the deployment',
    (deployment) =>
      deployment.putAlarm({ Dimensions: [{ Name: 'DeliveryStreamName', Value: 'other' }], AlarmActions: [] }),
    ok('no alarm watches the stream, its queue, or the bounce and complaint rates'),
    ok('no alarm notifies an SNS topic'),
  ],
  [
    'an alarm notifies a topic with a subscription',
    async (deployment) => {
      await deployment.createTopic();
      await deployment.putAlarm();
    },
    counted,
    ok(reached),
  ],
  [
    'an alarm notifies a topic with a key for CloudWatch',
    async (deployment) => {
      const key = await createKey(deployment, { Service: 'cloudwatch.amazonaws.com' });
      await deployment.createTopic({ KmsMasterKeyId: key });
      await deployment.putAlarm();
    },
    counted,
    ok(reached),
  ],
  [
    'an alarm of the queue of new objects has no action',
    async (deployment) => {
      await deployment.notifyQueue('email-events-objects');
      await deployment.putAlarm({
        ...{ AlarmName: 'failed', Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible' },
        Dimensions: [{ Name: 'QueueName', Value: 'email-events-objects-failed' }],
        AlarmActions: [],
      });
    },
    warning('alarms without an action notify nobody: failed'),
    ok('no alarm notifies an SNS topic'),
  ],
  [
    'the actions of an alarm are disabled',
    async (deployment) => {
      await deployment.createTopic();
      await deployment.putAlarm({ ActionsEnabled: false });
    },
    warning('alarms with disabled actions notify nobody: email-events-quiet'),
    ok(reached),
  ],
  [
    'the topic does not exist',
    (deployment) => deployment.putAlarm(),
    counted,
    warning('the topic mail-alarms of the alarms does not exist'),
  ],
  [
    'the topic has the key of SNS',
    async (deployment) => {
      await deployment.createTopic({ KmsMasterKeyId: 'alias/aws/sns' });
      await deployment.putAlarm();
    },
    counted,
    warning('the topic mail-alarms has the key alias/aws/sns'),
  ],
  [
    'the key of the topic does not allow CloudWatch',
    async (deployment) => {
      const key = await createKey(deployment, { Service: 'ses.amazonaws.com' });
      await deployment.createTopic({ KmsMasterKeyId: key });
      await deployment.putAlarm();
    },
    counted,
    warning('kms:GenerateDataKey is allowed only for ses.amazonaws.com'),
  ],
  [
    'the policy of the topic does not allow CloudWatch',
    async (deployment) => {
      const Principal = { AWS: `arn:aws:iam::${accountId}:role/publisher` };
      const Statement = { Effect: 'Allow', Principal, Action: 'sns:Publish', Resource: arns.topic };
      await deployment.createTopic({ Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
      await deployment.putAlarm();
    },
    counted,
    warning('CloudWatch cannot use the topic mail-alarms: sns:Publish is allowed only for'),
  ],
  [
    'the topic has no subscription',
    async (deployment) => {
      await deployment.sns.createTopic({ Name: names.topic });
      await deployment.putAlarm();
    },
    counted,
    warning('the topic mail-alarms has no subscription'),
  ],
  [
    'the subscription of the topic is not confirmed',
    async (deployment) => {
      await deployment.createTopic();
      await deployment.putAlarm();
      const member = '<member><SubscriptionArn>PendingConfirmation</SubscriptionArn></member>';
      const subscriptions = `<Subscriptions>${member}</Subscriptions>`;
      deployment.overrides.push(answeringXml('ListSubscriptionsByTopic', subscriptions));
    },
    counted,
    warning('no subscription of the topic mail-alarms is confirmed'),
  ],
  [
    'the alarms cannot be read',
    async ({ overrides }) => overrides.push(denied({ operation: 'DescribeAlarms' })),
    warning('no permission to read the alarms'),
    ['not-checked', 'the alarms could not be read'],
  ],
  [
    'the topic cannot be read',
    async (deployment) => {
      await deployment.putAlarm();
      deployment.overrides.push(denied({ action: 'GetTopicAttributes' }));
    },
    counted,
    warning('no permission to read the topic mail-alarms'),
  ],
];

describeWithMoto('doctor reports', (executables) => {
  const deployed = useDeployment(executables);

  it.each(cases)('whether alarms notify somebody: %s', async (_, deploy, alarms, topics) => {
    await deploy(deployed());
    const { code, findings } = await deployed().findings();
    const [others, own] = [
      findings.filter(({ check }) => !check.startsWith('alarm')),
      findings.filter(({ check }) => check.startsWith('alarm')),
    ];
    expect(own).toEqual([
      expect.objectContaining({
        check: 'alarms',
        status: alarms[0],
        message: expect.stringContaining(alarms[1]),
      }),
      expect.objectContaining({
        check: 'alarm-topics',
        status: topics[0],
        message: expect.stringContaining(topics[1]),
      }),
    ]);
    expect(others.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(code).toBe(0);
  });
});
