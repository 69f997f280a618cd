import type { S3Client } from '@aws-sdk/client-s3';
import type { S3Options } from './s3-options';

/** Milliseconds until a connection that is not made, or that falls silent, is given up and tried again. */
const timeouts = { connectionTimeout: 10_000, socketTimeout: 60_000 };

const clients = new Map<string, Promise<S3Client>>();

async function createClient(options: S3Options): Promise<S3Client> {
  // Loaded only where S3 is read: the SDK takes a third of a second.
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  const { endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL, region } = options;
  const environmentRegion = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  return new Client({
    ...(endpoint !== undefined && { endpoint, region: region ?? environmentRegion ?? 'us-east-1' }),
    ...(region !== undefined && { region }),
    forcePathStyle: options.forcePathStyle ?? endpoint !== undefined,
    followRegionRedirects: true,
    requestHandler: timeouts,
  });
}

/** The client for these options, made once in each thread. Credentials come from the SDK's chain. */
function s3Client(options: S3Options): Promise<S3Client> {
  const key = JSON.stringify([options.endpoint, options.region, options.forcePathStyle]);
  const client = clients.get(key) ?? createClient(options);
  clients.set(key, client);
  return client;
}

export { s3Client };
