import { CreateDeliveryStreamCommand, StartDeliveryStreamEncryptionCommand } from '@aws-sdk/client-firehose';
import { DeleteRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  CreateConfigurationSetCommand,
  CreateConfigurationSetEventDestinationCommand,
  CreateEmailTemplateCommand,
  DeleteConfigurationSetCommand,
  DeleteConfigurationSetEventDestinationCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  ListConfigurationSetsCommand,
  ListEmailIdentitiesCommand,
  ListTagsForResourceCommand,
  PutConfigurationSetDeliveryOptionsCommand,
  PutConfigurationSetSendingOptionsCommand,
  PutConfigurationSetSuppressionOptionsCommand,
  PutConfigurationSetTrackingOptionsCommand,
  PutConfigurationSetVdmOptionsCommand,
  SendEmailCommand,
  type SendEmailCommandInput,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateConfigurationSetEventDestinationCommand,
} from '@aws-sdk/client-sesv2';
import { CreateTopicCommand, SetTopicAttributesCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { KnownEventSchema, safeParseEvent } from '../../../../consumer/events';
import { sesTrustPolicy } from '../../../../modules/policies/policy-documents';
import { describeWithMoto } from '../../../queue/describe-with-moto';
import { accountId, region, SesFixture, setArn, streamArn } from './ses-fixture';

const simple = { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello' } } };
const trust = (account: string) =>
  JSON.stringify(sesTrustPolicy({ mode: 'source-arn', accountId: account, configurationSetArns: [setArn] }));

describeWithMoto('the SES of the companion', (executables) => {
  let aws: SesFixture;
  let roleArn: string;
  beforeAll(async () => {
    aws = await SesFixture.start(executables);
    roleArn = await aws.createRole('sender');
    await aws.createSet(roleArn);
    await aws.firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: 'events',
        ExtendedS3DestinationConfiguration: { RoleARN: roleArn, BucketARN: 'arn:aws:s3:::archive' },
      }),
    );
  });
  beforeEach(() => aws.taken());
  afterAll(() => aws.close());

  const send = (input: Partial<SendEmailCommandInput>) =>
    aws.sesClient.send(
      new SendEmailCommand({
        FromEmailAddress: 'Shop <news@shop.example>',
        ConfigurationSetName: 'mail',
        Content: { Simple: simple },
        ...input,
      }),
    );
  const sendTo = (...ToAddresses: string[]) => send({ Destination: { ToAddresses } });
  const kinds = () => aws.taken().map(({ eventType }) => eventType);

  it.each([
    ['success@simulator.amazonses.com', ['Send', 'Delivery']],
    ['ana@example.com', ['Send', 'Delivery']],
    ['bounce@simulator.amazonses.com', ['Send', 'Bounce']],
    ['bounce+spring@simulator.amazonses.com', ['Send', 'Bounce']],
    ['suppressionlist@simulator.amazonses.com', ['Send', 'Bounce']],
    ['ooto@simulator.amazonses.com', ['Send', 'Delivery', 'Bounce']],
    ['complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
  ])('publishes the events of mail to %s', async (address, expected) => {
    const { MessageId } = await sendTo(address);
    const events = aws.taken();
    expect(events.map(({ eventType }) => eventType)).toEqual(expected);
    for (const event of events) {
      expect(event).toMatchObject({
        mail: {
          messageId: MessageId,
          destination: [address],
          sourceArn: `arn:aws:ses:${region}:${accountId}:identity/shop.example`,
          tags: { 'ses:configuration-set': ['mail'] },
        },
      });
      expect(safeParseEvent(event)).toMatchObject({ success: true });
      expect(KnownEventSchema.safeParse(event).error).toBeUndefined();
    }
  });

  it('publishes one Send, and an event for each recipient', async () => {
    await sendTo('ana@example.com', 'bounce@simulator.amazonses.com');
    expect(kinds()).toEqual(['Send', 'Delivery', 'Bounce']);
  });

  it('publishes opens and clicks, without the identity', async () => {
    const { MessageId = '' } = await sendTo('ana@example.com');
    aws.taken();
    await aws.ses.open(MessageId);
    await aws.ses.click(MessageId, 'https://shop.example/spring');
    const events = aws.taken();
    expect(events).toMatchObject([
      { eventType: 'Open', mail: { messageId: MessageId } },
      { eventType: 'Click', click: { link: 'https://shop.example/spring' } },
    ]);
    expect(JSON.stringify(events)).not.toContain('sourceArn');
  });

  it('publishes only a rendering failure for a template with incomplete data', async () => {
    const content = { Subject: 'Hello {{name}}', Text: 'Your order {{order.id}}' };
    await aws.sesClient.send(
      new CreateEmailTemplateCommand({ TemplateName: 'order', TemplateContent: content }),
    );
    const sendTemplate = (data: unknown) =>
      send({
        Destination: { ToAddresses: ['ana@example.com'] },
        Content: { Template: { TemplateName: 'order', TemplateData: JSON.stringify(data) } },
      });
    await sendTemplate({ name: 'Ana', order: {} });
    expect(aws.taken()).toMatchObject([
      {
        eventType: 'Rendering Failure',
        failure: {
          templateName: 'order',
          errorMessage: "Attribute 'order.id' is not present in the rendering data.",
        },
      },
    ]);
    await sendTemplate({ name: 'Ana', order: { id: 1 } });
    expect(kinds()).toEqual(['Send', 'Delivery']);
  });

  it('reads recipients, set and tags from the headers of a raw message', async () => {
    const lines = [
      'From: news@shop.example',
      'To: Ana <ana@example.com>,\r\n bo@example.org',
      'X-SES-CONFIGURATION-SET: mail',
      'X-SES-MESSAGE-TAGS: campaign=spring, stage=test',
      'Subject: Hello',
      '',
      'To: nobody@example.com',
    ];
    await aws.sesClient.send(
      new SendEmailCommand({ Content: { Raw: { Data: Buffer.from(lines.join('\r\n')) } } }),
    );
    const events = aws.taken();
    expect(events.map(({ eventType }) => eventType)).toEqual(['Send', 'Delivery', 'Delivery']);
    expect(events[0]).toMatchObject({
      mail: {
        destination: ['ana@example.com', 'bo@example.org'],
        tags: { campaign: ['spring'], stage: ['test'] },
      },
    });
  });

  it('publishes no events of mail without a configuration set', async () => {
    await aws.sesClient.send(
      new SendEmailCommand({
        FromEmailAddress: 'news@shop.example',
        Destination: { ToAddresses: ['ana@example.com'] },
        Content: { Simple: simple },
      }),
    );
    expect(kinds()).toEqual([]);
  });

  it.each<[what: string, input: Partial<SendEmailCommandInput>, error: string]>([
    ['from another sender', { FromEmailAddress: 'a@other.example' }, 'MessageRejected'],
    ['with a set that does not exist', { ConfigurationSetName: 'none' }, 'NotFoundException'],
    [
      'with a template that does not exist',
      { Content: { Template: { TemplateName: 'none' } } },
      'NotFoundException',
    ],
    ['to nobody', { Destination: {} }, 'BadRequestException'],
  ])('rejects mail %s', async (_, input, name) => {
    const sent = send({ Destination: { ToAddresses: ['ana@example.com'] }, ...input });
    await expect(sent).rejects.toMatchObject({ name });
    expect(kinds()).toEqual([]);
  });

  it('rejects mail of a paused set', async () => {
    const ConfigurationSetName = 'mail';
    const pause = (SendingEnabled: boolean) =>
      aws.sesClient.send(
        new PutConfigurationSetSendingOptionsCommand({ ConfigurationSetName, SendingEnabled }),
      );
    await pause(false);
    await expect(sendTo('ana@example.com')).rejects.toMatchObject({ name: 'SendingPausedException' });
    await pause(true);
    await sendTo('ana@example.com');
    expect(kinds()).toEqual(['Send', 'Delivery']);
  });

  it('publishes only the kinds of a destination, while it is enabled', async () => {
    const update = (Enabled: boolean) =>
      aws.sesClient.send(
        new UpdateConfigurationSetEventDestinationCommand({
          ConfigurationSetName: 'mail',
          EventDestinationName: 'stream',
          EventDestination: {
            Enabled,
            MatchingEventTypes: ['BOUNCE'],
            KinesisFirehoseDestination: { IamRoleArn: roleArn, DeliveryStreamArn: streamArn },
          },
        }),
      );
    const before = await aws.sesClient.send(
      new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: 'mail' }),
    );
    await update(true);
    await sendTo('bounce@simulator.amazonses.com');
    expect(kinds()).toEqual(['Bounce']);
    await update(false);
    await sendTo('bounce@simulator.amazonses.com');
    expect(kinds()).toEqual([]);
    const { Name, ...EventDestination } = before.EventDestinations?.[0] ?? {};
    await aws.sesClient.send(
      new UpdateConfigurationSetEventDestinationCommand({
        ConfigurationSetName: 'mail',
        EventDestinationName: Name,
        EventDestination,
      }),
    );
    await sendTo('bounce@simulator.amazonses.com');
    expect(kinds()).toEqual(['Send', 'Bounce']);
  });

  describe('with a role without permissions', () => {
    const refused = () => aws.ses.publications.slice(-2).map(({ refused: reason }) => reason);

    it('publishes no events while the role trusts another account, and all events after the fix', async () => {
      const RoleName = 'sender';
      await aws.iam.send(
        new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust('999999999999') }),
      );
      await sendTo('ana@example.com');
      expect(kinds()).toEqual([]);
      expect(refused()).toEqual(Array(2).fill(`sts:AssumeRole on ${roleArn}`));
      await aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust(accountId) }));
      await sendTo('ana@example.com');
      expect(kinds()).toEqual(['Send', 'Delivery']);
      expect(refused()).toEqual([undefined, undefined]);
    });

    it('publishes no events without a permission for the stream', async () => {
      await aws.iam.send(new DeleteRolePolicyCommand({ RoleName: 'sender', PolicyName: 'put-events' }));
      await sendTo('ana@example.com');
      expect(kinds()).toEqual([]);
      expect(refused()).toEqual(Array(2).fill(`firehose:PutRecordBatch on ${streamArn}`));
      await aws.permit('sender');
      await sendTo('ana@example.com');
      expect(kinds()).toEqual(['Send', 'Delivery']);
    });

    it('publishes to an encrypted stream only if the role and the key allow the use of the key', async () => {
      const { KeyMetadata } = await aws.kms.send(new CreateKeyCommand({}));
      const keyArn = KeyMetadata?.Arn ?? '';
      const DeliveryStreamEncryptionConfigurationInput = {
        KeyType: 'CUSTOMER_MANAGED_CMK',
        KeyARN: keyArn,
      } as const;
      await aws.firehose.send(
        new StartDeliveryStreamEncryptionCommand({
          DeliveryStreamName: 'events',
          DeliveryStreamEncryptionConfigurationInput,
        }),
      );
      await sendTo('ana@example.com');
      expect(kinds()).toEqual([]);
      expect(refused()).toEqual(Array(2).fill(`kms:GenerateDataKey on ${keyArn}`));
      await aws.permit('sender', keyArn);
      await sendTo('ana@example.com');
      expect(kinds()).toEqual(['Send', 'Delivery']);
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'kms:*', Resource: '*' },
      });
      await aws.kms.send(new PutKeyPolicyCommand({ KeyId: keyArn, PolicyName: 'default', Policy }));
      await sendTo('ana@example.com');
      expect(kinds()).toEqual([]);
    });

    it('rejects a destination with the role', async () => {
      const EventDestination = {
        MatchingEventTypes: ['SEND' as const],
        KinesisFirehoseDestination: { IamRoleArn: `${roleArn}-2`, DeliveryStreamArn: streamArn },
      };
      await expect(
        aws.sesClient.send(
          new CreateConfigurationSetEventDestinationCommand({
            ConfigurationSetName: 'mail',
            EventDestinationName: 'second',
            EventDestination,
          }),
        ),
      ).rejects.toMatchObject({
        name: 'BadRequestException',
        message: `Could not assume IAM role <${roleArn}-2>.`,
      });
    });
  });

  it('publishes to a topic if its policy allows SES', async () => {
    const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'feedback' }));
    const { QueueUrl } = await aws.sqs.send(new CreateQueueCommand({ QueueName: 'feedback' }));
    const Endpoint = `arn:aws:sqs:${region}:${accountId}:feedback`;
    await aws.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
    const names = { ConfigurationSetName: 'mail', EventDestinationName: 'feedback' };
    await aws.sesClient.send(
      new CreateConfigurationSetEventDestinationCommand({
        ...names,
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ['BOUNCE'],
          SnsDestination: { TopicArn },
        },
      }),
    );
    await sendTo('bounce@simulator.amazonses.com');
    expect(aws.ses.publications.at(-1)).toMatchObject({
      destination: 'feedback',
      refused: `sns:Publish on ${TopicArn}`,
    });
    const AttributeValue = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'ses.amazonaws.com' },
        Action: 'SNS:Publish',
        Resource: TopicArn,
        Condition: { StringEquals: { 'AWS:SourceAccount': accountId, 'AWS:SourceArn': setArn } },
      },
    });
    await aws.sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
    await sendTo('bounce@simulator.amazonses.com');
    const { Messages } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(Messages).toHaveLength(1);
    const envelope = JSON.parse(Messages?.[0]?.Body ?? '');
    expect(envelope).toMatchObject({
      Type: 'Notification',
      TopicArn,
      Subject: 'Amazon SES Email Event Notification',
    });
    expect(JSON.parse(envelope.Message)).toMatchObject({ eventType: 'Bounce' });
    await aws.sesClient.send(new DeleteConfigurationSetEventDestinationCommand(names));
  });

  it('removes options of a set with an empty replacement', async () => {
    const ConfigurationSetName = 'emptied';
    const options = {
      TrackingOptions: { CustomRedirectDomain: 'click.example.com', HttpsPolicy: 'REQUIRE' },
      DeliveryOptions: { SendingPoolName: 'bulk', MaxDeliverySeconds: 300 },
      VdmOptions: { DashboardOptions: { EngagementMetrics: 'ENABLED' } },
    } as const;
    const optionsNow = async () => {
      const { TrackingOptions, DeliveryOptions, VdmOptions, ReputationOptions } = await aws.sesClient.send(
        new GetConfigurationSetCommand({ ConfigurationSetName }),
      );
      return { TrackingOptions, DeliveryOptions, VdmOptions, ReputationOptions };
    };
    const ReputationOptions = { ReputationMetricsEnabled: false };
    await aws.sesClient.send(new CreateConfigurationSetCommand({ ConfigurationSetName, ...options }));
    expect(await optionsNow()).toEqual({ ...options, ReputationOptions });
    await aws.sesClient.send(new PutConfigurationSetTrackingOptionsCommand({ ConfigurationSetName }));
    await aws.sesClient.send(new PutConfigurationSetDeliveryOptionsCommand({ ConfigurationSetName }));
    await aws.sesClient.send(new PutConfigurationSetVdmOptionsCommand({ ConfigurationSetName }));
    expect(await optionsNow()).toEqual({ ReputationOptions });
    await aws.sesClient.send(new DeleteConfigurationSetCommand({ ConfigurationSetName }));
  });

  it('stores options and tags, and lists resources', async () => {
    const ConfigurationSetName = 'mail';
    await aws.sesClient.send(
      new PutConfigurationSetSuppressionOptionsCommand({
        ConfigurationSetName,
        SuppressedReasons: ['BOUNCE'],
      }),
    );
    await aws.sesClient.send(
      new TagResourceCommand({
        ResourceArn: setArn,
        Tags: [
          { Key: 'Team', Value: 'mail' },
          { Key: 'Stage', Value: 'test' },
        ],
      }),
    );
    await aws.sesClient.send(new UntagResourceCommand({ ResourceArn: setArn, TagKeys: ['Stage'] }));
    expect(await aws.sesClient.send(new GetConfigurationSetCommand({ ConfigurationSetName }))).toMatchObject({
      ConfigurationSetName,
      SuppressionOptions: { SuppressedReasons: ['BOUNCE'] },
      SendingOptions: { SendingEnabled: true },
      Tags: [{ Key: 'Team', Value: 'mail' }],
    });
    expect(await aws.sesClient.send(new ListTagsForResourceCommand({ ResourceArn: setArn }))).toMatchObject({
      Tags: [{ Key: 'Team', Value: 'mail' }],
    });
    expect(await aws.sesClient.send(new ListConfigurationSetsCommand({}))).toMatchObject({
      ConfigurationSets: ['mail'],
    });
    expect(await aws.sesClient.send(new ListEmailIdentitiesCommand({}))).toMatchObject({
      EmailIdentities: [{ IdentityName: 'shop.example', IdentityType: 'DOMAIN' }],
    });
    expect(
      await aws.sesClient.send(new GetEmailIdentityCommand({ EmailIdentity: 'shop.example' })),
    ).toMatchObject({ VerifiedForSendingStatus: true });
    expect(await aws.sesClient.send(new GetAccountCommand({}))).toMatchObject({
      SendingEnabled: true,
      ProductionAccessEnabled: true,
    });
  });
});
