import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { Firehose } from '@aws-sdk/client-firehose';
import type { IAM } from '@aws-sdk/client-iam';
import type { KMS } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SES } from '@aws-sdk/client-ses';
import type { SESv2 } from '@aws-sdk/client-sesv2';
import type { SNS } from '@aws-sdk/client-sns';
import type { STS } from '@aws-sdk/client-sts';
import { type ClientOptions, clientSettings } from '../../sources/client-settings';
import { s3Client } from '../../sources/s3-client';
import type { S3Options } from '../../sources/s3-options';

/** A client for each service. */
interface Clients {
  readonly sts: STS;
  /** Version 2 of the API supports all ten kinds of event. */
  readonly sesv2: SESv2;
  /** Only version 1 has the notifications of identities. */
  readonly ses: SES;
  readonly iam: IAM;
  readonly firehose: Firehose;
  readonly kms: KMS;
  readonly cloudwatch: CloudWatch;
  readonly sns: SNS;
  readonly s3: S3Client;
  readonly s3Options: S3Options;
}

/** Creates the clients of all services. */
async function createClients(options: ClientOptions): Promise<Clients> {
  // Loaded only here, because loading the SDK takes a third of a second.
  const [sts, sesv2, ses, iam, firehose, kms, cloudwatch, sns, s3] = await Promise.all([
    import('@aws-sdk/client-sts').then(({ STS }) => new STS(clientSettings('STS', options))),
    import('@aws-sdk/client-sesv2').then(({ SESv2 }) => new SESv2(clientSettings('SESV2', options))),
    import('@aws-sdk/client-ses').then(({ SES }) => new SES(clientSettings('SES', options))),
    import('@aws-sdk/client-iam').then(({ IAM }) => new IAM(clientSettings('IAM', options))),
    import('@aws-sdk/client-firehose').then(
      ({ Firehose }) => new Firehose(clientSettings('FIREHOSE', options)),
    ),
    import('@aws-sdk/client-kms').then(({ KMS }) => new KMS(clientSettings('KMS', options))),
    import('@aws-sdk/client-cloudwatch').then(
      ({ CloudWatch }) => new CloudWatch(clientSettings('CLOUDWATCH', options)),
    ),
    import('@aws-sdk/client-sns').then(({ SNS }) => new SNS(clientSettings('SNS', options))),
    s3Client(options),
  ]);
  return { sts, sesv2, ses, iam, firehose, kms, cloudwatch, sns, s3, s3Options: options };
}

export { type Clients, createClients };
