// Runs the IAM commands of docs/aws-cli.md against moto, and compares the role with the documents from
// `ses-events policy`. No request reaches AWS.
//
//     npx tsx test/aws-cli/main.ts

import { ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { pythonExecutables, skipWithoutPython } from '../python/environment';
import { startMotoServer } from './moto-server';
import { type PageBlock, pageBlocks } from './page-blocks';

const page = 'docs/aws-cli.md';
const role = 'PinpointEventStreamRole';
const policy = 'PinpointEventStreamPermissionsPolicy';

/** A script that runs the command from its source, like an installed command. */
const command = `#!/bin/sh
exec '${packageRoot()}/node_modules/.bin/tsx' '${packageRoot()}/consumer/cli/ses-events.ts' "$@"
`;

/** Saves the policies of the role and the documents after a block. Skips a role or policy that does not exist yet. */
const readBack = `
read_back() {
  mkdir "after-$1"
  aws iam get-role --role-name ${role} --query Role.AssumeRolePolicyDocument > role.json 2> /dev/null || return 0
  cp role.json "after-$1/trust-of-role.json"
  cp trust.json "after-$1/trust.json"
  aws iam get-role-policy --role-name ${role} --policy-name ${policy} --query PolicyDocument > role.json 2> /dev/null || return 0
  cp role.json "after-$1/permissions-of-role.json"
  cp permissions.json "after-$1/permissions.json"
}
`;

/** Returns an environment without the AWS settings of the developer, so that no request reaches AWS. */
function environment(folder: string, executables: string, url: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^AWS_|_proxy$/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: folder, // the location of ~/.aws
    PATH: [join(folder, 'bin'), executables, process.env.PATH].join(delimiter),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_DEFAULT_OUTPUT: 'json',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Runs the blocks in order, in one shell. */
async function runBlocks(
  blocks: readonly PageBlock[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const steps = blocks.map(({ code, line }, index) => `echo "${page}:${line}"\n${code}read_back ${index}\n`);
  const script = join(folder, 'page.sh');
  writeFileSync(script, [readBack, ...steps].join('\n'));
  const shell = spawn('bash', ['-euo', 'pipefail', script], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')]);
  ok(
    shell.exitCode === 0,
    `the commands of ${page} failed with exit code ${shell.exitCode}\n${stdout}${stderr}`,
  );
}

/** Compares the policies of the role after a block with the printed documents. Returns the names of the policies. */
function compareAfter(folder: string, index: number): string[] {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(join(folder, `after-${index}`, name), 'utf8'));
  const saved = ['trust', 'permissions'].filter((name) =>
    existsSync(join(folder, `after-${index}`, `${name}-of-role.json`)),
  );
  for (const name of saved) {
    const [inRole, printed] = [read(`${name}-of-role.json`), read(`${name}.json`)];
    ok(
      isDeepStrictEqual(inRole, printed),
      `after block ${index + 1}, the ${name} policy of the role differs from the printed one\n` +
        `in the role: ${JSON.stringify(inRole)}\nprinted:     ${JSON.stringify(printed)}`,
    );
  }
  return saved;
}

async function check(folder: string, executables: string, url: string): Promise<void> {
  const blocks = pageBlocks(readFileSync(join(packageRoot(), page), 'utf8'));
  const shown = blocks.filter(({ language }) => language === 'console');
  const ran = blocks.filter(({ language }) => language === 'sh');
  const other = blocks.find(({ language }) => language !== 'sh' && language !== 'console');
  ok(
    other === undefined,
    `${page}:${other?.line} has an unexpected language (expected: sh for commands to run, console for other commands)`,
  );
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'ses-events'), command, { mode: 0o755 });
  await runBlocks(ran, folder, environment(folder, executables, url));
  let comparisons = 0;
  for (const [index, { line, heading }] of ran.entries()) {
    const saved = compareAfter(folder, index);
    comparisons += saved.length;
    const state = saved.length > 0 ? `the role has the printed ${saved.join(' and ')} policy` : 'no role yet';
    console.log(`${page}:${line} (${heading}) ran; ${state}`);
  }
  ok(
    compareAfter(folder, ran.length - 1).length === 2,
    `the commands of ${page} do not create a role with both policies`,
  );
  for (const { line, heading } of shown) {
    console.log(`${page}:${line} (${heading}) not run: moto does not support SESv2 event destinations`);
  }
  console.log(
    `${ran.length} blocks run, ${shown.length} not run; ${comparisons} policies compared, all equal`,
  );
}

async function main(): Promise<void> {
  const executables = pythonExecutables();
  if (executables === undefined) {
    skipWithoutPython(page);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-aws-cli-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const moto = await startMotoServer(executables);
  process.on('exit', () => moto.process.kill());
  await check(folder, executables, moto.url);
}

process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
main()
  .catch((error: Error) => {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  })
  .finally(() => process.exit()); // the server would keep the process running
