// Checks that the constructs work with cdktn, the successor of CDKTF, in two ways: in the app of a user of the package, and
// in a copy of this repository with renamed imports.
//
//     npx tsx test/cdktn/main.ts

import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../package/commands';
import { readSources, root } from '../package/source-files';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  devDependencies: Record<string, string>;
}; // package.json of this repository

/** Imports of CDKTF, by those of its successor. */
const renamed = [
  [/(['"])cdktf(?=['"/])/g, '$1cdktn'],
  [/(['"])@cdktf\/provider-aws(?=['"/])/g, '$1@cdktn/provider-aws'],
] as const;

const rename = (text: string) => renamed.reduce((all, [from, to]) => all.replaceAll(from, to), text);

/** A synthesized stack without the parts that differ by design: comments, and the name and version of the provider. */
function comparable(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) => {
    if (key === '//' || key === 'required_providers') return undefined;
    // The state of a stack is beside cdktf.json.
    if (key === 'path' && typeof value === 'string') return value.split('/').at(-1);
    return value;
  });
}

/** Compares all stacks of two output folders. */
function compareStacks(one: string, other: string): void {
  const names = readdirSync(join(one, 'stacks')).sort();
  ok(names.length > 0, `${one} has no stack`);
  deepEqual(readdirSync(join(other, 'stacks')).sort(), names);
  for (const name of names) {
    const [first, second] = [one, other].map((folder) =>
      comparable(join(folder, 'stacks', name, 'cdk.tf.json')),
    );
    deepEqual(second, first);
  }
}

function check(name: string, action: () => void): void {
  const start = performance.now();
  action();
  console.log(`${name.padEnd(60)} ${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s`);
}

/** The package.json of the recipe "With cdktn" in docs/deploying.md. */
function documentedManifest(): { dependencies: Record<string, string>; overrides: unknown } {
  const page = readFileSync(join(root, 'docs/deploying.md'), 'utf8');
  const [, recipe = ''] = /### With cdktn[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? [];
  return JSON.parse(recipe);
}

/** Installs the packed package by the recipe of docs/deploying.md. */
function install(project: string): void {
  run(root, 'npm', 'run', 'build');
  const packed = run(root, 'npm', 'pack', '--json', '--pack-destination', project);
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }]; // the output of npm
  const recipe = documentedManifest();
  const dependencies = {
    ...recipe.dependencies,
    [manifest.name]: `file:${filename}`,
    zod: manifest.devDependencies.zod, // which is in npm's cache
  };
  const contents = { ...recipe, name: 'scratch', private: true, dependencies };
  writeFileSync(join(project, 'package.json'), JSON.stringify(contents));
  run(project, 'npm', 'install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund');
}

/** Runs a TypeScript program with the loader of this repository. */
function runProgram(folder: string, file: string, ...args: readonly string[]) {
  return run(
    folder,
    process.execPath,
    '--import',
    join(root, 'node_modules/tsx/dist/loader.mjs'),
    file,
    ...args,
  );
}

/** Creates the apps of a user, with imports of CDKTF or cdktn. */
function createApps(folder: string, convert: (text: string) => string): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const file of ['app.ts', 'parts.ts', 'tsconfig.json']) {
    const text = readFileSync(join(root, 'test/package/constructs', file), 'utf8');
    writeFileSync(join(folder, file), convert(text));
  }
}

/** Links packages into a folder of apps; those of providers have hundreds of MB. */
function linkPackages(folder: string, from: string, names: readonly string[]): void {
  for (const name of names) symlinkSync(join(from, name), join(folder, 'node_modules', name));
}

/** Copies the files that the app and the module come from, with renamed imports. */
function copyRenamed(folder: string): void {
  for (const [file, text] of readSources(['modules', 'consumer'])) {
    const path = join(folder, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, rename(text));
  }
  for (const file of ['main.ts', 'package.json', 'tsconfig.json', 'cdktf.json'])
    writeFileSync(join(folder, file), rename(readFileSync(join(root, file), 'utf8')));
  cpSync(join(root, 'consumer/queries/questions'), join(folder, 'consumer/queries/questions'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
}

function checkCdktn(temporary: string): void {
  const project = join(temporary, 'project');
  const renamedCopy = join(temporary, 'renamed');
  const appsOfCdktf = join(temporary, 'apps-of-cdktf');
  const appsOfCdktn = join(temporary, 'apps-of-cdktn');
  for (const folder of [project, renamedCopy]) mkdirSync(folder);
  const installed = join(project, 'node_modules');

  check('install the package in a project of cdktn', () => install(project));

  check('apps of cdktn compile with the types of the package', () => {
    createApps(appsOfCdktn, rename);
    linkPackages(appsOfCdktn, installed, readdirSync(installed));
    linkPackages(appsOfCdktn, join(root, 'node_modules'), ['@types']);
    run(root, 'npx', '--no', '--', 'tsc', '-p', appsOfCdktn);
  });

  check('apps of cdktn synthesize the stacks of those of CDKTF', () => {
    createApps(appsOfCdktf, (text) => text);
    linkPackages(appsOfCdktf, join(root, 'node_modules'), ['cdktf', 'constructs', '@cdktf', 'zod']);
    symlinkSync(root, join(appsOfCdktf, 'node_modules', manifest.name));
    for (const app of ['app', 'parts']) {
      runProgram(appsOfCdktf, `${app}.ts`);
      run(appsOfCdktn, process.execPath, join('built', `${app}.js`));
    }
    compareStacks(join(appsOfCdktf, 'cdktf.out'), join(appsOfCdktn, 'cdktf.out'));
  });

  check('this repository, renamed, synthesizes the same stacks', () => {
    copyRenamed(renamedCopy);
    symlinkSync(installed, join(renamedCopy, 'node_modules'));
    runProgram(root, 'main.ts');
    runProgram(renamedCopy, 'main.ts');
    compareStacks(join(root, 'cdktf.out'), join(renamedCopy, 'cdktf.out'));
  });

  check('and the same Terraform module', () => {
    const script = join(renamedCopy, 'module.ts');
    writeFileSync(
      script,
      "import { terraformModule } from './modules/terraform-module/terraform-module';\nprocess.stdout.write(JSON.stringify(terraformModule()));\n",
    );
    const files = JSON.parse(runProgram(renamedCopy, script).stdout) as Record<string, string>; // of the script
    ok(Object.keys(files).length > 20);
    for (const [file, text] of Object.entries(files))
      equal(text, readFileSync(join(root, 'terraform', file), 'utf8'), file);
  });
}

// Outside the repository, where an import of a missing package would find that of the repository.
const temporary = mkdtempSync(join(tmpdir(), 'ses-events-cdktn-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
try {
  checkCdktn(temporary);
} catch (error) {
  console.error(`error: ${(error as Error).message}`); // run() and assert only throw instances of Error
  process.exitCode = 1;
}
