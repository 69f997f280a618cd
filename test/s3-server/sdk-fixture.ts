import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { S3Server } from './s3-server';

/** A new server and a real SDK client, for each test of a file. */
interface SdkFixture {
  server: S3Server;
  client: S3Client;
}

/** Sets up the fixture for each test. Its members exist only while a test runs. */
function useSdkFixture(): SdkFixture {
  // Empty until the first beforeEach, which runs before the first test.
  const fixture = {} as SdkFixture;
  beforeEach(async () => {
    fixture.server = await S3Server.start({ buckets: ['archive'] });
    fixture.client = new S3Client({
      endpoint: fixture.server.endpoint,
      forcePathStyle: true,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
  });
  afterEach(async () => {
    fixture.client.destroy();
    await fixture.server.close();
  });
  return fixture;
}

/** Returns the name and status of the error with which a request fails. */
async function failureOf(request: Promise<unknown>): Promise<[string, number | undefined]> {
  const error: unknown = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof S3ServiceException) return [error.name, error.$metadata.httpStatusCode];
  throw new Error('the request did not fail with an S3 error', { cause: error });
}

export { failureOf, useSdkFixture };
