import { once } from 'node:events';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  CreateConfigurationSetCommand,
  CreateConfigurationSetEventDestinationCommand,
  CreateEmailIdentityCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { sesPermissionsPolicy, sesTrustPolicy } from '../../../../modules/policies/policy-documents';
import { type MotoServer, startMotoServer } from '../../../aws-cli/moto-server';
import { Companion } from '../companion';
import { SesV2 } from './ses-v2';

const region = 'eu-west-1';
const accountId = '123456789012';
const streamArn = `arn:aws:firehose:${region}:${accountId}:deliverystream/events`;
const setArn = `arn:aws:ses:${region}:${accountId}:configuration-set/mail`;

/** The SES of the companion in front of moto, with clients of both, and the records in streams. */
class SesFixture {
  readonly sesClient: SESv2Client;
  readonly iam: IAMClient;
  readonly firehose: FirehoseClient;
  readonly kms: KMSClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;

  private constructor(
    private readonly moto: MotoServer,
    private readonly companion: Companion,
    /** Records by stream. */
    private readonly records: Map<string, string[]>,
    readonly ses: SesV2,
  ) {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const access = { endpoint: companion.url, region, credentials, maxAttempts: 1 };
    this.sesClient = new SESv2Client(access);
    this.iam = new IAMClient(access);
    this.firehose = new FirehoseClient(access);
    this.kms = new KMSClient(access);
    this.sns = new SNSClient(access);
    this.sqs = new SQSClient(access);
  }

  static async start(executables: string): Promise<SesFixture> {
    const moto = await startMotoServer(executables);
    const records = new Map<string, string[]>();
    const ses = new SesV2(moto.url, {
      put: async (stream, added) => {
        records.set(stream, [...(records.get(stream) ?? []), ...added.map(String)]);
        return { FailedPutCount: 0 };
      },
    });
    return new SesFixture(moto, await Companion.start(moto.url, [ses.handle]), records, ses);
  }

  /** Returns the events in the stream since the last call. */
  taken(): { eventType: string }[] {
    const records = this.records.get('events') ?? [];
    this.records.set('events', []);
    return records.map((record) => JSON.parse(record));
  }

  /** Creates the role of the construct, for the configuration set `mail` and the stream `events`. */
  async createRole(RoleName: string): Promise<string> {
    const trust = sesTrustPolicy({ mode: 'source-arn', accountId, configurationSetArns: [setArn] });
    const { Role } = await this.iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    await this.permit(RoleName);
    return Role?.Arn ?? '';
  }

  /** Allows a role to use the stream and its key. */
  async permit(RoleName: string, keyArn?: string): Promise<void> {
    const key = keyArn === undefined ? undefined : { keyArn, region, dnsSuffix: 'amazonaws.com' };
    const PolicyDocument = JSON.stringify(sesPermissionsPolicy({ streamArn, key }));
    await this.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'put-events', PolicyDocument }));
  }

  /** Creates the set `mail` with the destination `events`, a stream, and a role. */
  async createSet(IamRoleArn: string): Promise<void> {
    await this.sesClient.send(new CreateConfigurationSetCommand({ ConfigurationSetName: 'mail' }));
    await this.sesClient.send(
      new CreateConfigurationSetEventDestinationCommand({
        ConfigurationSetName: 'mail',
        EventDestinationName: 'stream',
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: [
            'SEND',
            'DELIVERY',
            'BOUNCE',
            'COMPLAINT',
            'OPEN',
            'CLICK',
            'RENDERING_FAILURE',
          ],
          KinesisFirehoseDestination: { IamRoleArn, DeliveryStreamArn: streamArn },
        },
      }),
    );
    await this.sesClient.send(new CreateEmailIdentityCommand({ EmailIdentity: 'shop.example' }));
  }

  async close(): Promise<void> {
    for (const client of [this.sesClient, this.iam, this.firehose, this.kms, this.sns, this.sqs])
      client.destroy();
    this.ses.close();
    await this.companion.close();
    this.moto.process.kill();
    if (this.moto.process.exitCode === null) await once(this.moto.process, 'close');
  }
}

export { accountId, region, SesFixture, setArn, streamArn };
