import type { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from './client-settings';
import type { S3Options } from './s3-options';

const clients = new Map<string, Promise<S3Client>>();

async function createClient(options: S3Options): Promise<S3Client> {
  // Only loaded to read S3: the SDK takes a third of a second.
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  const settings = clientSettings('S3', options);
  return new Client({
    ...settings,
    forcePathStyle: options.forcePathStyle ?? settings.endpoint !== undefined,
    followRegionRedirects: true,
  });
}

/**
 * Returns the client for these options, created once per thread. Credentials come from the chain of the SDK.
 */
function s3Client(options: S3Options): Promise<S3Client> {
  const key = JSON.stringify([options.endpoint, options.region, options.forcePathStyle]);
  const client = clients.get(key) ?? createClient(options);
  clients.set(key, client);
  return client;
}

export { s3Client };
