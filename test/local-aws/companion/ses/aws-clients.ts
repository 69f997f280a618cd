import { FirehoseClient } from '@aws-sdk/client-firehose';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';

/** Clients for calls between services, which go directly to the server behind the companion. */
class AwsClients {
  readonly firehose: FirehoseClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly sns: SNSClient;

  constructor(endpoint: string, region: string) {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const access = { endpoint, region, credentials, maxAttempts: 1 };
    this.firehose = new FirehoseClient(access);
    this.iam = new IAMClient(access);
    this.kms = new KMSClient(access);
    this.sns = new SNSClient(access);
  }

  close(): void {
    for (const client of [this.firehose, this.iam, this.kms, this.sns]) client.destroy();
  }
}

export { AwsClients };
