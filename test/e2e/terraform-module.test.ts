import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteRolePolicyCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { scheduledStatements } from '../../consumer/queries/iceberg/scheduled-statements';
import { sesTrustPolicy } from '../../modules/policies/policy-documents';
import { Mailer } from '../local-aws/mailer';
import { deployedSchedule } from './deployed-schedule';
import { describeWithLocalAws } from './describe-with-local-aws';
import { SesEvents } from './ses-events';
import { TerraformWorkspace } from './terraform-workspace';

const bucket = 'company-archive';
const eventsLocation = `s3://${bucket}/mail/events/`;
const outputNames = ['events_location', 'ses_role_arn', 'kms_key_arn', 'configuration_set_names'];

const mainTf = `
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

data "aws_caller_identity" "current" {}

resource "aws_sns_topic" "feedback" {
  name = "mail-feedback"
}

resource "aws_sns_topic_policy" "feedback" {
  arn = aws_sns_topic.feedback.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ses.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.feedback.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

module "email_events" {
  source = ${JSON.stringify(join(packageRoot(), 'terraform'))}

  name               = "mail"
  tags               = { Team = "mail" }
  trust_mode         = "external-id"
  encryption         = "new-key"
  create_bucket      = false
  bucket_name        = "${bucket}"
  data_prefix        = "mail/events/"
  error_prefix       = "mail/errors/"
  compression_format = "UNCOMPRESSED"
  append_delimiter   = true
  publish_feedback   = true
  feedback_topic_arn = aws_sns_topic.feedback.arn
  alarms             = true
  alarm_actions      = [aws_sns_topic.feedback.arn]
  catalog            = true
  catalog_from       = "2026-01-01"

  archive_table          = true
  archive_schedule       = "23:55"
  archive_retention_days = 400
}
${outputNames.map((name) => `output "${name}" { value = module.email_events.${name} }\n`).join('')}
output "topic_arn" { value = aws_sns_topic.feedback.arn }
`;

// Each test continues from the state of the previous test.
describeWithLocalAws('the module in a Terraform workspace', (local) => {
  let workspace: TerraformWorkspace;
  let outputs: Record<string, unknown>;
  let events: SesEvents;
  let mailer: Mailer;
  let clients: { s3: S3Client; iam: IAMClient; kms: KMSClient; sns: SNSClient; sqs: SQSClient };
  let feedbackQueue: string;

  beforeAll(async () => {
    const { access } = local().aws;
    workspace = new TerraformWorkspace(local(), mainTf);
    events = new SesEvents(local());
    mailer = new Mailer(local().aws, 'mail');
    clients = {
      s3: new S3Client(access),
      iam: new IAMClient(access),
      kms: new KMSClient(access),
      sns: new SNSClient(access),
      sqs: new SQSClient(access),
    };
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
    await clients.s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration }));
    await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'invoices/1.pdf', Body: 'one' }));
  });
  afterAll(() => {
    for (const client of [mailer.client, ...Object.values(clients)]) client.destroy();
  });

  const keys = async () => {
    await local().aws.firehose.flush();
    const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key = '' }) => Key);
  };
  const refused = () => local().aws.ses.publications.flatMap(({ refused: reason }) => reason ?? []);

  it('is applied with a key and an existing bucket', async () => {
    outputs = await workspace.apply();
    expect(outputs).toMatchObject({
      configuration_set_names: ['mail'],
      events_location: eventsLocation,
      kms_key_arn: expect.stringMatching(/^arn:aws:kms:eu-west-1:123456789012:key\//),
    });
    expect(local().aws.bucketPolicies.policies.size).toBe(0);
  });

  it('starts the statements of the archive each day', async () => {
    const statements = scheduledStatements({
      ...{ location: `s3://${bucket}/archive/`, lateDays: 2, retentionDays: 400 },
    });
    const schedules = await Promise.all(
      statements.map(({ name }) => deployedSchedule(local().aws, 'mail', name)),
    );
    expect(schedules.map(({ input }) => input.QueryString)).toEqual(statements.map(({ sql }) => sql));
    for (const { target, input } of schedules) {
      expect(target).toEqual('arn:aws:scheduler:::aws-sdk:athena:startQueryExecution');
      expect(input).toMatchObject({
        WorkGroup: 'mail',
        QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: 'mail' },
      });
    }
    expect(schedules[0]?.expression).toBe('cron(55 23 * * ? *)');
  });

  it('delivers events below the prefix, and feedback also to the topic', async () => {
    const { sns, sqs } = clients;
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'feedback' }));
    feedbackQueue = QueueUrl;
    const Endpoint = 'arn:aws:sqs:eu-west-1:123456789012:feedback';
    const TopicArn = String(outputs.topic_arn);
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
    await mailer.verify();
    for (const recipient of ['success', 'bounce', 'complaint']) {
      await mailer.send(`${recipient}@simulator.amazonses.com`);
    }
    expect(refused()).toEqual([]);
    expect(await keys()).toEqual([
      'invoices/1.pdf',
      expect.stringMatching(/^mail\/events\/dt=\d{4}-\d\d-\d\d\/hour=\d\d\/mail-1-[-0-9a-f]+$/),
    ]);
  });

  it('has events that can be ingested and queried', async () => {
    expect(await events.run('ingest', eventsLocation)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(
        'ingested 7 records: 7 new events, 0 duplicates, 0 rejected, 0 skipped; 1 object;',
      ),
    });
    expect(await events.rows('ask', 'health')).toMatchObject([
      { sent: 3, delivered: 2, bounced: 1, complained: 1, open_rate: 0, click_rate: 0 },
    ]);
  });

  it('publishes the same events to the topic', async () => {
    const receive = new ReceiveMessageCommand({ QueueUrl: feedbackQueue, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await clients.sqs.send(receive);
    const file = join(local().sandbox.folder, 'messages.ndjson');
    writeFileSync(file, Messages.map(({ Body }) => `${Body}\n`).join(''));
    const { stdout } = await events.read(file);
    const archived = await events.rows(
      'query',
      "SELECT event_id FROM events WHERE event_type IN ('Bounce', 'Complaint')",
    );
    const ids = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(ids.sort()).toEqual(archived.map((row) => row.event_id).sort());
    expect(ids).toHaveLength(2);
  });

  it('delivers no events without the key or with another account id, until the next apply', async () => {
    const { iam } = clients;
    const RoleName = 'mail-ses-eu-west-1';
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'use-key' }));
    await mailer.send('success@simulator.amazonses.com');
    const policy = sesTrustPolicy({ mode: 'external-id', accountId: '999999999999' });
    const PolicyDocument = JSON.stringify(policy);
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    await mailer.send('success@simulator.amazonses.com');
    expect(refused()).toEqual([
      ...Array(2).fill(`kms:GenerateDataKey on ${outputs.kms_key_arn}`),
      ...Array(2).fill(`sts:AssumeRole on ${outputs.ses_role_arn}`),
    ]);
    expect(await keys()).toHaveLength(2);
    await workspace.apply();
    await mailer.send('success@simulator.amazonses.com');
    expect(refused()).toHaveLength(4);
    expect(await keys()).toHaveLength(3);
    expect((await events.run('ingest', eventsLocation)).stderr).toContain(
      'ingested 2 records: 2 new events, ',
    );
  });

  it('has no changes', async () => {
    const { code, stdout } = await workspace.run('plan', '-detailed-exitcode');
    expect(stdout).toContain('No changes.');
    expect(code).toBe(0);
  });

  it('is destroyed except for the bucket with its objects and the key, which is scheduled for deletion', async () => {
    const destroyed = [...(await workspace.plan('-destroy')).values()].filter(
      ({ actions }) => actions[0] === 'delete',
    );
    expect(destroyed.length).toBeGreaterThan(60);
    expect(await workspace.run('destroy', '-auto-approve')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Destroy complete! Resources: ${destroyed.length} destroyed.`),
    });
    expect(await keys()).toHaveLength(3);
    const { KeyMetadata } = await clients.kms.send(
      new DescribeKeyCommand({ KeyId: String(outputs.kms_key_arn) }),
    );
    expect(KeyMetadata?.KeyState).toBe('PendingDeletion');
  });
});
