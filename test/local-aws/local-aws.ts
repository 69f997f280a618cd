import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMotoServer } from '../aws-cli/moto-server';
import { cliConfiguration } from '../terraform/terraform';
import { athena } from './companion/athena';
import { BucketPolicies } from './companion/bucket-policies';
import { describeAlarms } from './companion/cloudwatch';
import { Companion } from './companion/companion';
import { Deployer } from './companion/deployer/deployer';
import { FirehoseDataPlane } from './companion/firehose/data-plane';
import { RedriveAllowPolicies } from './companion/redrive-allow-policies';
import { SesV2 } from './companion/ses/ses-v2';
import type { Sandbox } from './sandbox/sandbox';

/** The account of moto. */
const accountId = '123456789012';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A local AWS with the sandbox that it ends with. */
interface LocalAwsFixture {
  readonly sandbox: Sandbox;
  readonly aws: LocalAws;
}

/** Options of a local AWS. */
interface LocalAwsOptions {
  /**
   * Region of clients and commands.
   * @default 'eu-west-1'
   */
  region?: string;
  /**
   * Port of the companion on loopback.
   * @default - any free port
   */
  port?: number;
  /**
   * Number of milliseconds for each second of a stream's buffering interval.
   * @default 1000
   */
  millisecondsPerSecond?: number;
}

/** Moto with the companion in front: a local AWS that can send mail. */
class LocalAws {
  private constructor(
    private readonly companion: Companion,
    readonly ses: SesV2,
    readonly firehose: FirehoseDataPlane,
    readonly bucketPolicies: BucketPolicies,
    /** The identity of all clients. */
    readonly deployer: Deployer,
    /** The environment for processes, and for Terraform with its provider. */
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  /**
   * Starts a local AWS, which ends with the sandbox.
   * @param executables folder that contains moto_server
   * @throws {Error} with the code EADDRINUSE, when the port is in use
   */
  static async start(
    sandbox: Sandbox,
    executables: string,
    { region = 'eu-west-1', port, millisecondsPerSecond }: LocalAwsOptions = {},
  ): Promise<LocalAws> {
    const moto = await startMotoServer(executables, sandbox.adopt);
    const firehose = new FirehoseDataPlane(
      moto.url,
      millisecondsPerSecond === undefined ? {} : { millisecondsPerSecond },
    );
    const ses = new SesV2(moto.url, firehose);
    const policies = new BucketPolicies();
    const redrive = new RedriveAllowPolicies(moto.url);
    const deployer = new Deployer(accountId);
    const handlers = [deployer, policies, ses, firehose, redrive].map(({ handle }) => handle);
    const companion = await Companion.start(moto.url, [...handlers, athena, describeAlarms(moto.url)], port);
    const terraform = join(sandbox.folder, 'terraform.rc');
    writeFileSync(terraform, cliConfiguration());
    return new LocalAws(companion, ses, firehose, policies, deployer, {
      AWS_ENDPOINT_URL: companion.url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '2', // unsupported calls fail immediately
      TF_CLI_CONFIG_FILE: terraform,
    });
  }

  /** The configuration of SDK clients. */
  get access() {
    const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region = '' } = this.environment;
    return { endpoint, region, credentials, maxAttempts: 2 };
  }

  async close(): Promise<void> {
    await this.firehose.close();
    this.ses.close();
    await this.companion.close();
  }
}

export { LocalAws, type LocalAwsFixture };
