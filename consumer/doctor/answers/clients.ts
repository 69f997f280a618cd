import type { Firehose } from '@aws-sdk/client-firehose';
import type { IAM } from '@aws-sdk/client-iam';
import type { KMS } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SES } from '@aws-sdk/client-ses';
import type { SESv2 } from '@aws-sdk/client-sesv2';
import type { STS } from '@aws-sdk/client-sts';
import { s3Client } from '../../sources/s3-client';
import type { S3Options } from '../../sources/s3-options';

/** How to reach AWS, or another server that speaks its protocols; plain data. */
interface Reach {
  /** @default - AWS, or what AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE> say */
  readonly endpoint?: string | undefined;
  /** @default - what the SDK finds in the environment and its configuration; us-east-1 with an endpoint */
  readonly region?: string | undefined;
}

/** The services that are asked, each with a client of its own. */
interface Clients {
  readonly sts: STS;
  /** Version 2 of the API knows all ten kinds of event. */
  readonly sesv2: SESv2;
  /** Version 1 alone knows the notifications of identities. */
  readonly ses: SES;
  readonly iam: IAM;
  readonly firehose: Firehose;
  readonly kms: KMS;
  readonly s3: S3Client;
  readonly s3Options: S3Options;
}

/** Milliseconds until a connection that is not made, or that falls silent, is given up and tried again. */
const timeouts = { connectionTimeout: 10_000, socketTimeout: 60_000 };

/** What a client of a service is made with. */
function settings({ endpoint, region }: Reach, service: string) {
  const { AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const server = endpoint ?? process.env[`AWS_ENDPOINT_URL_${service}`] ?? AWS_ENDPOINT_URL;
  return {
    ...(server !== undefined && {
      endpoint: server,
      region: AWS_REGION ?? AWS_DEFAULT_REGION ?? 'us-east-1',
    }),
    ...(region !== undefined && { region }),
    requestHandler: timeouts,
  };
}

/** Clients of every service that is asked. Credentials come from the SDK's chain. */
async function createClients(reach: Reach): Promise<Clients> {
  // Loaded only here: the SDK takes a third of a second.
  const [sts, sesv2, ses, iam, firehose, kms, s3] = await Promise.all([
    import('@aws-sdk/client-sts').then(({ STS }) => new STS(settings(reach, 'STS'))),
    import('@aws-sdk/client-sesv2').then(({ SESv2 }) => new SESv2(settings(reach, 'SESV2'))),
    import('@aws-sdk/client-ses').then(({ SES }) => new SES(settings(reach, 'SES'))),
    import('@aws-sdk/client-iam').then(({ IAM }) => new IAM(settings(reach, 'IAM'))),
    import('@aws-sdk/client-firehose').then(({ Firehose }) => new Firehose(settings(reach, 'FIREHOSE'))),
    import('@aws-sdk/client-kms').then(({ KMS }) => new KMS(settings(reach, 'KMS'))),
    s3Client(reach),
  ]);
  return { sts, sesv2, ses, iam, firehose, kms, s3, s3Options: reach };
}

export { type Clients, createClients, type Reach };
