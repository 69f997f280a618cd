/** How to reach a service of AWS, or another server that speaks its protocol; plain data. */
interface ClientOptions {
  /**
   * The URL of another server.
   * @default - AWS, or what AWS_ENDPOINT_URL_<SERVICE> and AWS_ENDPOINT_URL say
   */
  endpoint?: string | undefined;
  /**
   * The region that requests are signed for.
   * @default - AWS_REGION, AWS_DEFAULT_REGION, or what the configuration of the SDK says; us-east-1 with an endpoint
   */
  region?: string | undefined;
  /**
   * How often a request is sent at most, when the service asks for fewer requests or the network fails.
   * @default - AWS_MAX_ATTEMPTS, or what suits the service
   */
  maxAttempts?: number | undefined;
}

/** What is known of one service or resource before anything is configured. */
interface ServiceDefaults {
  /** Where the resource's own address says it is; an endpoint that is named goes before it. */
  readonly endpoint?: string | undefined;
  /** The region in the resource's own address; its server takes no other, so nothing goes before it. */
  readonly region?: string | undefined;
  /** @default - the SDK's, three */
  readonly maxAttempts?: number | undefined;
}

/** Milliseconds until a connection that is not made, or that falls silent, is given up and tried again. */
const timeouts = { connectionTimeout: 10_000, socketTimeout: 60_000 }; // a long poll of SQS is silent for 20 s

/** A variable of the environment; as for the AWS CLI, an empty one is not set. */
function variable(name: string): string | undefined {
  return process.env[name] || undefined;
}

/**
 * The settings that every client of the AWS SDK is made with. What is said by the caller goes before the
 * environment, the variable of the service before that of all, and both before the configuration of the SDK.
 * Credentials come from the SDK's chain.
 *
 * @param service as the AWS_ENDPOINT_URL_<SERVICE> variables spell it
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
