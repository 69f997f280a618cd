import { stripVTControlCharacters } from 'node:util';
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { HeadBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateEmailTemplateCommand } from '@aws-sdk/client-sesv2';
import { configurationSetArn, sesTrustPolicy } from '../../modules/policies/policy-documents';
import { CdktfApp } from '../local-aws/cdktf-app';
import { Mailer } from '../local-aws/mailer';
import { describeWithLocalAws } from './describe-with-local-aws';
import { SesEvents } from './ses-events';

const [accountId, region, name] = ['123456789012', 'eu-west-1', 'shop-events'];
const bucket = `${name}-${accountId}-${region}`;
const eventsLocation = `s3://${bucket}/events/`;

/** The second deployment: the bucket can be destroyed with its objects, and there is a queue for new objects. */
const again = { STAGE: 'local', EMAIL_EVENTS_FORCE_DESTROY: 'true', EMAIL_EVENTS_OBJECT_QUEUE: 'true' };

// Each test continues from the state of the previous test.
describeWithLocalAws('a stack that was deployed with cdktf', (local) => {
  let app: CdktfApp;
  let events: SesEvents;
  let mailer: Mailer;
  let s3: S3Client;
  let firehose: FirehoseClient;
  let iam: IAMClient;
  let toAna: string;

  beforeAll(() => {
    const { aws } = local();
    app = new CdktfApp(local(), { region, name, engagementTracking: 'created-sets' });
    events = new SesEvents(local());
    mailer = new Mailer(aws, name);
    [s3, firehose, iam] = [
      new S3Client(aws.access),
      new FirehoseClient(aws.access),
      new IAMClient(aws.access),
    ];
  });
  afterAll(() => {
    for (const client of [mailer.client, s3, firehose, iam]) client.destroy();
  });

  const keys = async () => {
    await local().aws.firehose.flush();
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key = '' }) => Key);
  };
  const refused = () => local().aws.ses.publications.flatMap(({ refused: reason }) => reason ?? []);

  it('is deployed, with outputs for sending mail and reading events', async () => {
    expect(await app.deploy()).toMatchObject({
      configuration_set_names: [name],
      stream_name: name,
      events_location: eventsLocation,
      errors_location: `s3://${bucket}/errors/`,
    });
    expect(JSON.parse(local().aws.bucketPolicies.policies.get(bucket) ?? '')).toMatchObject({
      Statement: [{ Sid: 'DenyWithoutTls', Effect: 'Deny' }],
    });
  });

  it('delivers events below the prefix only', async () => {
    await mailer.verify();
    for (const recipient of ['success', 'bounce', 'complaint', 'suppressionlist', 'ooto']) {
      await mailer.send(`${recipient}@simulator.amazonses.com`);
    }
    const TemplateContent = { Subject: 'Receipt for {{name}}', Text: 'Thank you.' };
    await mailer.client.send(new CreateEmailTemplateCommand({ TemplateName: 'receipt', TemplateContent }));
    await mailer.send('bo@example.com', { Template: { TemplateName: 'receipt', TemplateData: '{}' } });
    toAna = await mailer.send('ana@example.com');
    await local().aws.ses.open(toAna);
    await local().aws.ses.click(toAna, 'https://shop.example/orders/1');
    expect(refused()).toEqual([]);
    // A truncated record, which SES never sends.
    const Record = { Data: Buffer.from('{"eventType":"Bounce","mail":{\n') };
    await firehose.send(new PutRecordCommand({ DeliveryStreamName: name, Record }));
    expect(await keys()).toEqual([
      expect.stringMatching(/^events\/dt=\d{4}-\d\d-\d\d\/hour=\d\d\/shop-events-1-[-0-9a-f]+\.gz$/),
    ]);
  });

  it('has events that are ingested once', async () => {
    expect(await events.run('ingest', eventsLocation)).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining(
        'ingested 18 records: 17 new events, 0 duplicates, 1 rejected, 0 skipped; 1 object;',
      ),
    });
    expect(await events.run('ingest', eventsLocation)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(
        'ingested 0 records: 0 new events, 0 duplicates, 0 rejected, 0 skipped; 0 objects, 1 unchanged;',
      ),
    });
  });

  it('has events that answer the question health', async () => {
    expect(await events.rows('ask', 'health')).toEqual([
      {
        sent: 6,
        delivered: 4,
        bounced: 2,
        bounce_rate: 2 / 6,
        bounce_verdict: 'danger',
        soft_bounced: 1, // an out-of-office reply
        suppressed: 0, // the simulator uses the global suppression list, whose bounces SES counts
        complained: 1,
        complaint_rate: 1 / 6,
        complaint_verdict: 'danger',
        delivered_messages: 4,
        open_rate: 1 / 4,
        human_open_rate: 1 / 4,
        click_rate: 1 / 4,
        human_click_rate: 1 / 4,
      },
    ]);
  });

  it('traces a recipient, a message, and a message that was not rendered', async () => {
    const ofAna = [
      ['Click', 'clicked: https://shop.example/orders/1'],
      ['Delivery', 'delivered: 250 2.6.0 Message received'],
      ['Open', 'opened'],
      ['Send', 'accepted by SES'],
    ];
    for (const wanted of ['ana@example.com', toAna]) {
      const rows = await events.rows('trace', wanted);
      expect(rows.map((row) => [row.event_type, row.what]).sort()).toEqual(ofAna);
      expect(rows.every((row) => row.message_id === toAna)).toBe(true);
    }
    expect(await events.rows('trace', 'bo@example.com')).toMatchObject([
      {
        event_type: 'Rendering Failure',
        what: "not rendered, template receipt: Attribute 'name' is not present in the rendering data.",
      },
    ]);
    const bounced = await events.rows('trace', 'bounce@simulator.amazonses.com');
    expect(bounced.map((row) => row.event_type)).toEqual(['Send', 'Bounce']);
  });

  it('lists the truncated record as the only reject', async () => {
    expect(await events.rows('rejects')).toEqual([
      expect.objectContaining({
        reason: 'damaged-json',
        object: expect.stringContaining(eventsLocation),
        raw: '{"eventType":"Bounce","mail":{',
      }),
    ]);
  });

  it('ingests only new objects later', async () => {
    await mailer.send('success@simulator.amazonses.com');
    expect(await keys()).toHaveLength(2);
    expect(await events.run('ingest', eventsLocation)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(
        'ingested 2 records: 2 new events, 0 duplicates, 0 rejected, 0 skipped; 1 object, 1 unchanged;',
      ),
    });
  });

  it('delivers no events while the role trusts another account, and delivers events after the fix', async () => {
    const trust = (account: string) => {
      const arn = configurationSetArn({ partition: 'aws', region, accountId, name });
      const policy = sesTrustPolicy({ mode: 'source-arn', accountId: account, configurationSetArns: [arn] });
      const names = { RoleName: `${name}-ses-${region}`, PolicyDocument: JSON.stringify(policy) };
      return iam.send(new UpdateAssumeRolePolicyCommand(names));
    };
    await trust('999999999999');
    await mailer.send('success@simulator.amazonses.com');
    expect(await keys()).toHaveLength(2);
    const role = `arn:aws:iam::${accountId}:role/${name}-ses-${region}`;
    expect(refused()).toEqual(Array(2).fill(`sts:AssumeRole on ${role}`));
    await trust(accountId);
    await mailer.send('success@simulator.amazonses.com');
    expect(await keys()).toHaveLength(3);
    expect((await events.run('ingest', eventsLocation)).stderr).toContain(
      'ingested 2 records: 2 new events, ',
    );
  });

  it('has no changes', async () => {
    const { code, stdout } = await app.diff();
    expect(stdout).toContain('No changes.');
    expect(code).toBe(0);
  });

  it('cannot be destroyed, not even in part, while the bucket is protected', async () => {
    expect(await app.destroy()).toMatchObject({ code: 1 });
    expect(await app.planDestroy()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Instance cannot be destroyed'),
    });
    expect(await keys()).toHaveLength(3);
    expect((await app.diff()).stdout).toContain('No changes.');
  });

  it('is deployed in place with forceDestroy, and with a queue for new objects', async () => {
    const { queue_url: queue } = await app.deploy(again);
    await mailer.send('success@simulator.amazonses.com');
    expect(await keys()).toHaveLength(4);
    expect(await events.run('ingest', '--queue', String(queue))).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('ingested 2 records: 2 new events, '),
    });
    // moto returns this value in another form of JSON, and all others unchanged.
    const { stdout } = await app.diff(again);
    const plan = stripVTControlCharacters(stdout);
    expect(plan).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
    expect(plan.match(/^.*[~+-]\s+(?!resource )\S+ +=.*$/gm)).toEqual([
      expect.stringMatching(/~ redrive_policy += jsonencode\( # whitespace changes$/),
    ]);
  });

  it('is destroyed with its events with forceDestroy', async () => {
    const { code, stdout } = await app.destroy(again);
    expect(stdout).toMatch(/Destroy complete! Resources: \d+ destroyed\./);
    expect(code).toBe(0);
    const head = s3.send(new HeadBucketCommand({ Bucket: bucket }));
    await expect(head).rejects.toMatchObject({ name: 'NotFound' });
  });
});
