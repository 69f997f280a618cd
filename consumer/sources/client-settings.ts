/** Options to access an AWS service, or another server with the same protocol. Plain data. */
interface ClientOptions {
  /**
   * The URL of another server.
   * @default - AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, or AWS
   */
  endpoint?: string | undefined;
  /**
   * The region for which requests are signed.
   * @default - AWS_REGION, AWS_DEFAULT_REGION, or the configuration of the SDK; us-east-1 with an endpoint
   */
  region?: string | undefined;
  /**
   * Maximum number of attempts per request, when the service throttles or the network fails.
   * @default - AWS_MAX_ATTEMPTS, or a suitable number for the service
   */
  maxAttempts?: number | undefined;
}

/** The defaults of one service or resource, before any configuration. */
interface ServiceDefaults {
  /** The endpoint in the address of the resource. A configured endpoint takes precedence. */
  readonly endpoint?: string | undefined;
  /**
   * The region in the address of the resource. Nothing takes precedence over it, because its server rejects
   * other regions.
   */
  readonly region?: string | undefined;
  /** @default - the default of the SDK, three */
  readonly maxAttempts?: number | undefined;
}

/** Milliseconds before a connection that is not established, or is silent, is closed and retried. */
const timeouts = { connectionTimeout: 10_000, socketTimeout: 60_000 }; // a long poll of SQS is silent for 20 s

/** Reads an environment variable. As in the AWS CLI, an empty one is not set. */
function variable(name: string): string | undefined {
  return process.env[name] || undefined;
}

/**
 * Returns the settings for every client of the AWS SDK. Precedence: the options of the caller, the variable
 * of the service, the variable for all services, the configuration of the SDK. Credentials come from the
 * chain of the SDK.
 *
 * @param service in the spelling of the AWS_ENDPOINT_URL_<SERVICE> variables
 * @example
 * new SQSClient(clientSettings('SQS', options, { endpoint: new URL(queueUrl).origin }));
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
function clientSettings(service: string, options: ClientOptions, defaults: ServiceDefaults = {}) {
  const endpoint =
    options.endpoint ??
    variable(`AWS_ENDPOINT_URL_${service}`) ??
    variable('AWS_ENDPOINT_URL') ??
    defaults.endpoint;
  const region =
    defaults.region ??
    options.region ??
    variable('AWS_REGION') ??
    variable('AWS_DEFAULT_REGION') ??
    (endpoint === undefined ? undefined : 'us-east-1');
  const maxAttempts =
    options.maxAttempts ?? (variable('AWS_MAX_ATTEMPTS') === undefined ? defaults.maxAttempts : undefined);
  return {
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(maxAttempts !== undefined && { maxAttempts }),
    requestHandler: timeouts,
  };
}

export { type ClientOptions, clientSettings };
