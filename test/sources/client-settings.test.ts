import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClients } from '../../consumer/doctor/answers/clients';
import { athenaClient } from '../../consumer/queries/engines/athena/athena-engine';
import type { ClientOptions } from '../../consumer/sources/client-settings';
import { sqsClient } from '../../consumer/sources/queue/queue';
import type { s3Client } from '../../consumer/sources/s3-client';

/** The common settings of all SDK clients. */
interface AnyClient {
  config: {
    region: () => Promise<string>;
    endpoint?: () => Promise<{ hostname: string }>;
    maxAttempts: () => Promise<number>;
    requestHandler: object;
  };
}

interface NodeHandler {
  handle(request: object): Promise<unknown>;
  httpHandlerConfigs(): object;
}

/** S3 clients are cached per module, so a new module has none. */
function newS3Client(options: ClientOptions): Promise<AnyClient> {
  jest.resetModules();
  return jest
    .requireActual<{ s3Client: typeof s3Client }>('../../consumer/sources/s3-client')
    .s3Client(options);
}

/**
 * Each service, in the spelling of AWS_ENDPOINT_URL_<SERVICE>, with the function that creates its client.
 */
const clients: [service: string, create: (options: ClientOptions) => Promise<AnyClient>][] = [
  ['S3', newS3Client],
  ['SQS', (options) => sqsClient('http://queue.example/1/a', options)],
  ['ATHENA', athenaClient],
  ['STS', async (options) => (await createClients(options)).sts],
  ['SESV2', async (options) => (await createClients(options)).sesv2],
  ['SES', async (options) => (await createClients(options)).ses],
  ['IAM', async (options) => (await createClients(options)).iam],
  ['FIREHOSE', async (options) => (await createClients(options)).firehose],
  ['CLOUDWATCH', async (options) => (await createClients(options)).cloudwatch],
  ['SNS', async (options) => (await createClients(options)).sns],
  ['KMS', async (options) => (await createClients(options)).kms],
];

const before = { ...process.env };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'client-settings-'));
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  const none = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') };
  Object.assign(process.env, none, { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' });
});

afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

describe.each(clients)('the client of %s', (service, create) => {
  const isQueue = service === 'SQS';
  const own = { [`AWS_ENDPOINT_URL_${service}`]: 'http://service.example' };
  const all = { AWS_ENDPOINT_URL: 'http://all.example' };
  const hostOf = async ({ config }: AnyClient) => (await config.endpoint?.())?.hostname;

  it.each<[name: string, options: ClientOptions, env: Record<string, string>, host: string | undefined]>([
    [
      'the option before all other settings',
      { endpoint: 'http://option.example' },
      { ...own, ...all },
      'option.example',
    ],
    [
      'the variable of the service before the variable of all services',
      {},
      { ...own, ...all },
      'service.example',
    ],
    ['the variable of all services', {}, all, 'all.example'],
    [
      'the next setting after an empty variable',
      {},
      { [`AWS_ENDPOINT_URL_${service}`]: '', ...all },
      'all.example',
    ],
    ["the one of AWS, or of the queue's URL", {}, {}, isQueue ? 'queue.example' : undefined],
  ])('uses as endpoint %s', async (_, options, env, host) => {
    Object.assign(process.env, env);
    expect(await hostOf(await create(options))).toBe(host);
  });

  const both = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' };
  it.each<[name: string, options: ClientOptions, env: Record<string, string>, region: string]>([
    ['the option before all other settings', { region: 'ap-south-1' }, { ...both, ...all }, 'ap-south-1'],
    ['AWS_REGION before AWS_DEFAULT_REGION', {}, both, 'eu-west-1'],
    ['AWS_DEFAULT_REGION', {}, { AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-2'],
    ['the next setting after an empty variable', {}, { ...both, AWS_REGION: '' }, 'eu-west-2'],
    ['the same setting with an endpoint', {}, { ...both, ...all }, 'eu-west-1'],
    ['any region with an endpoint and no setting', {}, all, 'us-east-1'],
  ])('uses as region %s', async (_, options, env, region) => {
    Object.assign(process.env, env);
    expect(await (await create(options)).config.region()).toBe(region);
  });

  it('leaves the region to the configuration of the SDK without a setting', async () => {
    writeFileSync(join(folder, 'config'), '[default]\nregion = eu-north-1\n');
    // A queue's URL is an endpoint.
    expect(await (await create({})).config.region()).toBe(isQueue ? 'us-east-1' : 'eu-north-1');
  });

  it('retries up to the option, AWS_MAX_ATTEMPTS, or the default of the service', async () => {
    const attempts = async (options: ClientOptions = {}) =>
      (await create({ endpoint: 'http://option.example', ...options })).config.maxAttempts();
    expect(await attempts()).toBe(service === 'ATHENA' ? 6 : 3);
    process.env.AWS_MAX_ATTEMPTS = '2';
    expect(await attempts()).toBe(2);
    if (service === 'ATHENA') expect(await attempts({ maxAttempts: 1 })).toBe(1);
  });

  it('times out when a connection is not established or stops responding', async () => {
    const { config } = await create({ endpoint: 'http://option.example' });
    const handler = config.requestHandler as NodeHandler; // the request handler of the SDK in Node
    // The handler reads its settings at the first request.
    const request = {
      protocol: 'http:',
      hostname: '127.0.0.1',
      port: 1,
      method: 'GET',
      path: '/',
      headers: {},
    };
    await expect(handler.handle(request)).rejects.toThrow('ECONNREFUSED');
    expect(handler.httpHandlerConfigs()).toMatchObject({
      connectionTimeout: 10_000,
      socketTimeout: 60_000,
    });
  });
});

describe('the client of a queue', () => {
  it('uses the region of its URL before all other settings', async () => {
    Object.assign(process.env, { AWS_REGION: 'eu-west-1' });
    const url = 'https://sqs.eu-central-1.amazonaws.com/1/a';
    const client = await sqsClient(url, { region: 'ap-south-1' });
    expect(await client.config.region()).toBe('eu-central-1');
  });
});
