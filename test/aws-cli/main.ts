// Runs the commands of docs/aws-cli.md that are about IAM against moto, and compares the role with the documents that
// `ses-events policy` printed. Nothing reaches AWS.
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

/** The command from its source, as if it were installed. */
const command = `#!/bin/sh
exec '${packageRoot()}/node_modules/.bin/tsx' '${packageRoot()}/consumer/cli/ses-events.ts' "$@"
`;

/** Keeps what the role holds, and the documents as they are then; nothing while there is no role or policy. */
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

/** Without the developer's own AWS settings, so that nothing leads to AWS. */
function environment(folder: string, executables: string, url: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^AWS_|_proxy$/i.test(name));
  return {
    ...Object.fromEntries(own),
    HOME: folder, // where ~/.aws would be
    PATH: [join(folder, 'bin'), executables, process.env.PATH].join(delimiter),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_DEFAULT_OUTPUT: 'json',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Runs blocks one after the other in one shell, as a reader would. */
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
  ok(shell.exitCode === 0, `the commands of ${page} failed with ${shell.exitCode}\n${stdout}${stderr}`);
}

/** Compares what the role held after a block with what had been printed; gives the names of what was there. */
function compareAfter(folder: string, index: number): string[] {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(join(folder, `after-${index}`, name), 'utf8'));
  const held = ['trust', 'permissions'].filter((name) =>
    existsSync(join(folder, `after-${index}`, `${name}-of-role.json`)),
  );
  for (const name of held) {
    const [inRole, printed] = [read(`${name}-of-role.json`), read(`${name}.json`)];
    ok(
      isDeepStrictEqual(inRole, printed),
      `after block ${index + 1} the role's ${name} policy is not the one printed\n` +
        `in the role: ${JSON.stringify(inRole)}\nprinted:     ${JSON.stringify(printed)}`,
    );
  }
  return held;
}

async function check(folder: string, executables: string, url: string): Promise<void> {
  const blocks = pageBlocks(readFileSync(join(packageRoot(), page), 'utf8'));
  const shown = blocks.filter(({ language }) => language === 'console');
  const ran = blocks.filter(({ language }) => language === 'sh');
  const other = blocks.find(({ language }) => language !== 'sh' && language !== 'console');
  ok(other === undefined, `${page}:${other?.line} is neither sh, to be run, nor console, to be shown only`);
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'ses-events'), command, { mode: 0o755 });
  await runBlocks(ran, folder, environment(folder, executables, url));
  let comparisons = 0;
  for (const [index, { line, heading }] of ran.entries()) {
    const held = compareAfter(folder, index);
    comparisons += held.length;
    const state =
      held.length > 0 ? `the role has the ${held.join(' and the ')} policy printed` : 'no role yet';
    console.log(`${page}:${line} (${heading}) ran; ${state}`);
  }
  ok(compareAfter(folder, ran.length - 1).length === 2, `${page} leaves no role with both policies`);
  for (const { line, heading } of shown) {
    console.log(`${page}:${line} (${heading}) not run: moto knows no SESv2 event destinations`);
  }
  console.log(
    `${ran.length} blocks ran, ${shown.length} did not; ${comparisons} documents read back, all equal`,
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
  .finally(() => process.exit()); // the server would keep the process
