// Checks the published package: packs it, runs linters on it, installs it in a project and uses it.
//
//     npx tsx test/package/main.ts

import { equal, match, ok } from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { run, runToFail } from './commands';
import { declarationMapFaults } from './declaration-maps';
import { fieldDocstringFaults } from './field-docstrings';
import { fileFaults } from './package-files';
import { root } from './source-files';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
  devDependencies: Record<string, string>;
}; // package.json of this repository

/** The output of `npm pack --json`. */
type Packed = [{ filename: string; files: { path: string }[] }];

/** Creates a project with the files of a folder next to this file. */
function createProject(folder: string, from: string): void {
  cpSync(join(__dirname, from), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'scratch', private: true }));
}

function check(name: string, action: () => void): void {
  const start = performance.now();
  action();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name.padEnd(48)} ${seconds.padStart(5)} s`);
}

function checkPackage(temporary: string): void {
  let tarball = '';
  let count = 0;
  const unpacked = join(temporary, 'unpacked');
  const project = join(temporary, 'project');
  const eventsOnly = join(temporary, 'events-only');

  check('build', () => {
    rmSync(join(root, 'dist'), { recursive: true, force: true }); // tsc does not remove old output
    run(root, 'npm', 'run', 'build');
  });

  check('pack, with the expected files only', () => {
    const { stdout } = run(root, 'npm', 'pack', '--json', '--pack-destination', temporary);
    const [{ filename, files }] = JSON.parse(stdout) as Packed;
    tarball = join(temporary, filename);
    const faults = fileFaults(files.map(({ path }) => path));
    ok(faults.length === 0, faults.join('\n'));
    count = files.length;
  });

  check('publint', () => {
    // Not on the tarball, because publint reads long file names, such as those of the sample archive, without
    // their prefix. The check above covers the list of files.
    mkdirSync(unpacked);
    run(unpacked, 'tar', '-xzf', tarball, '--strip-components=1');
    run(root, 'npx', '--no', '--', 'publint', 'run', unpacked, '--pack', 'false', '--strict');
  });

  check('are the types wrong', () => {
    // Profile node16 skips the resolution before TypeScript 4.7 and Node 12, which does not support exports
    // maps and so no subpaths. No rule is ignored.
    run(root, 'npx', '--no', '--', 'attw', tarball, '--profile', 'node16', '--no-definitely-typed');
  });

  check('install in a project', () => {
    createProject(project, 'installed');
    const others = ['typescript', 'zod', '@types/node'].map(
      (name) => `${name}@${manifest.devDependencies[name]}`,
    );
    run(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball, ...others);
  });

  check('declaration maps point to TypeScript', () => {
    const faults = declarationMapFaults(join(project, 'node_modules', manifest.name));
    ok(faults.length === 0, faults.join('\n'));
  });

  check('require() from CommonJS', () => {
    run(project, process.execPath, 'read.cjs');
  });

  check('import from ESM', () => {
    run(project, process.execPath, 'read.mjs');
  });

  check('compile with the types, CommonJS and ESM', () => {
    run(project, 'npx', '--no', '--', 'tsc');
  });

  check('docstrings of fields, in an editor', () => {
    const faults = fieldDocstringFaults(project);
    ok(faults.length === 0, faults.join('\n'));
  });

  check('ses-events --version', () => {
    const { stdout } = run(project, 'npx', '--no', '--', 'ses-events', '--version');
    ok(stdout.trim() === manifest.version, `the printed version is ${stdout}`);
  });

  check('ses-events demo', () => {
    const { stdout } = run(project, 'npx', '--no', '--', 'ses-events', 'demo');
    ok(/^Ingesting the bundled sample/.test(stdout) && stdout.includes('Rendering Failure'), stdout);
  });

  check('ses-events questions', () => {
    const { stdout } = run(project, 'npx', '--no', '--', 'ses-events', 'questions');
    ok(stdout.includes('"health"'), stdout);
  });

  check('events with zod as the only other package', () => {
    createProject(eventsOnly, 'events-only');
    const modules = join(eventsOnly, 'node_modules');
    cpSync(unpacked, join(modules, manifest.name), { recursive: true });
    cpSync(join(project, 'node_modules', 'zod'), join(modules, 'zod'), { recursive: true });
    run(eventsOnly, process.execPath, 'load.cjs');
  });

  check('compile with the types of the events only', () => {
    run(project, 'npx', '--no', '--', 'tsc', '-p', eventsOnly);
  });

  check('one line for a package that is missing or too old', () => {
    const installed = join(project, 'node_modules');
    const constructs = runToFail(project, process.execPath, '-e', `require('${manifest.name}/modules')`);
    match(constructs, /requires cdktf, @cdktf\/provider-aws and constructs \(.+\): run npm install/);
    const command = (...args: string[]) => runToFail(project, 'npx', '--no', '--', 'ses-events', ...args);
    const engine = join(installed, '@duckdb', 'node-api');
    renameSync(engine, `${engine}-away`);
    const ingest = command('ingest', 'two-lines.ndjson');
    match(ingest, /^error: archives require @duckdb\/node-api, [^\n]+: run npm install [^\n]+\n$/);
    renameSync(`${engine}-away`, engine);
    run(
      project,
      'npm',
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--legacy-peer-deps',
      'zod@3.25.76',
    );
    const tooOld = 'ses-event-archive requires zod 4, and zod 3.25.76 is installed: run npm install zod@4';
    equal(command('--help'), `error: ${tooOld}\n`);
    match(runToFail(project, process.execPath, 'read.cjs'), new RegExp(tooOld));
    rmSync(join(installed, 'zod'), { recursive: true });
    equal(command('--help'), 'error: the package zod is not installed: run npm install zod\n');
  });

  check('constructs, compiled and run in an app', () => {
    const app = join(temporary, 'app');
    createProject(app, 'constructs');
    const modules = join(app, 'node_modules');
    cpSync(unpacked, join(modules, manifest.name), { recursive: true });
    // Links, because the package of the provider has 390 MB.
    for (const name of ['cdktf', 'constructs', '@cdktf', '@types', 'zod']) {
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
    run(root, 'npx', '--no', '--', 'tsc', '-p', app);
    for (const [script, stack] of [
      ['app', 'mail'],
      ['parts', 'parts'],
    ] as const) {
      run(app, process.execPath, join('built', `${script}.js`));
      const written = readFileSync(join(app, 'cdktf.out', 'stacks', stack, 'cdk.tf.json'), 'utf8');
      ok(written.includes('"aws_s3_bucket"'), written);
    }
  });

  console.log(`${basename(tarball)}, ${count} files: all checks passed`);
}

const temporary = mkdtempSync(join(tmpdir(), 'ses-events-package-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
try {
  checkPackage(temporary);
} catch (error) {
  console.error(`error: ${(error as Error).message}`); // run() and assert only throw instances of Error
  process.exitCode = 1;
}
