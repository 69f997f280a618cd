import type { Athena } from '@aws-sdk/client-athena';

/** How to reach Athena, or another server that speaks its protocol; plain data. */
interface AthenaConnection {
  /** @default - AWS, or what AWS_ENDPOINT_URL_ATHENA and AWS_ENDPOINT_URL say */
  endpoint?: string | undefined;
  /** @default - what the SDK finds in the environment and its configuration; us-east-1 with an endpoint */
  region?: string | undefined;
  /**
   * How often a request is sent at most, when Athena asks for fewer requests or the network fails.
   * @default 6
   */
  maxAttempts?: number | undefined;
}

/** Milliseconds until a connection that is not made, or that falls silent, is given up and tried again. */
const timeouts = { connectionTimeout: 10_000, socketTimeout: 60_000 };

/** A client of Athena. Credentials come from the SDK's chain. */
async function athenaClient({ endpoint, region, maxAttempts = 6 }: AthenaConnection): Promise<Athena> {
  // Loaded only where Athena is asked: the SDK takes a third of a second.
  const { Athena: Client } = await import('@aws-sdk/client-athena');
  const { AWS_ENDPOINT_URL_ATHENA, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const server = endpoint ?? AWS_ENDPOINT_URL_ATHENA ?? AWS_ENDPOINT_URL;
  return new Client({
    ...(server !== undefined && {
      endpoint: server,
      region: AWS_REGION ?? AWS_DEFAULT_REGION ?? 'us-east-1',
    }),
    ...(region !== undefined && { region }),
    maxAttempts,
    requestHandler: timeouts,
  });
}

export { type AthenaConnection, athenaClient };
