import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');
const clone = mkdtempSync(join(tmpdir(), 'ses-events-app-'));
const stack = (name: string) => join(clone, 'cdktf.out', 'stacks', name, 'cdk.tf.json');

beforeAll(() => {
  for (const name of ['main.ts', 'cdktf.json', 'modules', 'consumer', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(clone, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
});
afterAll(() => rmSync(clone, { recursive: true }));

/** Runs the app like cdktf, without the cdktf command. */
function synthesize(environment: NodeJS.ProcessEnv = {}) {
  rmSync(join(clone, 'cdktf.out'), { recursive: true, force: true });
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(STAGE$|EMAIL_EVENTS_|CDKTF_)/.test(name),
  );
  return spawnSync(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...Object.fromEntries(inherited), ...environment },
  });
}

describe('the app', () => {
  it('synthesizes a stack per environment in cdktf.json, and prints its folder and the next command', () => {
    const { status, stdout, stderr } = synthesize();
    expect([status, stdout]).toEqual([0, '']);
    expect(readdirSync(join(clone, 'cdktf.out', 'stacks')).sort()).toEqual([
      'email-events-production',
      'email-events-staging',
    ]);
    expect(stderr).not.toMatch(/^warning/m);
    expect(stderr).toMatch(
      /^synthesized email-events-production into .*; to deploy it, run npx cdktf deploy email-events-production/m,
    );
  });

  it('keeps the state in the folder of cdktf.json or in a bucket, without an absolute path', () => {
    synthesize({ STAGE: 'production' });
    const local = JSON.parse(readFileSync(stack('email-events-production'), 'utf8'));
    expect(local.terraform.backend).toEqual({
      local: { path: '../../../terraform.email-events-production.tfstate' },
    });
    synthesize({ STAGE: 'production', EMAIL_EVENTS_STATE_BUCKET: 'states' });
    const remote = JSON.parse(readFileSync(stack('email-events-production'), 'utf8'));
    expect(remote.terraform.backend).toEqual({
      s3: {
        bucket: 'states',
        encrypt: true,
        key: 'email-events/production.tfstate',
        region: 'eu-west-1',
        use_lockfile: true,
      },
    });
    expect(existsSync(stack('email-events-staging'))).toBe(false);
  });

  it('requires supported provider versions, and sets the region and the account', () => {
    synthesize({ STAGE: 'production', EMAIL_EVENTS_ACCOUNT_ID: '123456789012' });
    const { terraform, provider } = JSON.parse(readFileSync(stack('email-events-production'), 'utf8'));
    expect(terraform.required_providers.aws).toEqual({ source: 'aws', version: '>= 5.100, < 7' });
    expect(provider.aws).toEqual([
      {
        allowed_account_ids: ['123456789012'],
        default_tags: [{ tags: { Project: 'email-events', Stage: 'production' } }],
        region: 'eu-west-1',
      },
    ]);
  });

  it('warns about omitted event types', () => {
    const { status, stderr } = synthesize({
      STAGE: 'production',
      EMAIL_EVENTS_EVENT_TYPES: 'BOUNCE,COMPLAINT',
    });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warning: .*: eventTypes does not include RENDERING_FAILURE/m);
  });

  it('warns about an unknown region', () => {
    const { status, stderr } = synthesize({
      STAGE: 'production',
      EMAIL_EVENTS_REGION: 'eu-west-9',
    });
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^warning: email-events-production: region eu-west-9 is not in the list of AWS regions of this version/m,
    );
  });

  it('reports every mistake, writes no stack, and exits with 2', () => {
    const { status, stdout, stderr } = synthesize({
      STAGE: 'production',
      EMAIL_EVENTS_BUFFERING_SIZE: '1000',
      EMAIL_EVENTS_ENCRYPTION: 'existing-key',
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'error: invalid configuration of email events:\n' +
        '  EMAIL_EVENTS_BUFFERING_SIZE: 1000 is not valid: expected a whole number from 1 to 128 MiB\n' +
        '  context.emailEvents.environments.production.kmsKeyArn in cdktf.json is required if encryption is existing-key: set it to the ARN of the key\n',
    );
    expect(existsSync(stack('email-events-production'))).toBe(false);
  });

  it('reports invalid JSON in cdktf.json', () => {
    const text = readFileSync(join(clone, 'cdktf.json'), 'utf8');
    try {
      writeFileSync(join(clone, 'cdktf.json'), '{');
      const { status, stderr } = synthesize();
      expect(status).toBe(2);
      expect(stderr).toMatch(/^error: cdktf\.json cannot be read:\n {2}.*JSON/);
    } finally {
      writeFileSync(join(clone, 'cdktf.json'), text);
    }
  });
});
