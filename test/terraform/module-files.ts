import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { snakeName } from '../../modules/cdktf/logical-id';
import { mockProvider } from './mocks';

const moduleFolder = join(packageRoot(), 'terraform');

/** The committed files of the module and its examples, by path. */
function moduleFiles(): Record<string, string> {
  const paths = globSync(['*.tf', 'queries/**', 'tests/*.tfmock.hcl', 'examples/*/*.tf'], {
    cwd: moduleFolder,
  });
  return Object.fromEntries(
    paths.map((path) => [`terraform/${path}`, readFileSync(join(moduleFolder, path), 'utf8')]),
  );
}

/** The names of the module's examples. */
const examples = readdirSync(join(moduleFolder, 'examples'));

/** Converts settings to the module's arguments. */
function moduleArguments(settings: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [snakeName(name), value]));
}

/** Returns a configuration that calls the module once for each group of settings. */
function callingModule(calls: Readonly<Record<string, object>>): Record<string, string> {
  const modules = Object.entries(calls).map(([name, settings]) => [
    name,
    { source: './terraform', ...moduleArguments(settings) },
  ]);
  const terraform = { required_providers: { aws: { source: 'hashicorp/aws' } } };
  return {
    ...moduleFiles(),
    'main.tf.json': JSON.stringify({
      terraform,
      ...(modules.length > 0 && { module: Object.fromEntries(modules) }),
    }),
  };
}

/** Formats the block of a run that sets the variables. */
function variablesBlock(settings: object): string {
  const variables = Object.entries(moduleArguments(settings))
    .map(([name, value]) => `    ${name} = ${JSON.stringify(value)}\n`)
    .join('');
  return `  variables {\n${variables}  }\n`;
}

/** Returns a run of `terraform test` that plans the module; `more` is added to the run. */
function moduleRun(settings: object, more = ''): string {
  return `${mockProvider()}run "module" {
  command = plan
  module {
    source = "./terraform"
  }
${variablesBlock(settings)}${more}}
`;
}

/** Returns a run that plans a folder with only the variables of the module, which requires no provider. */
function variablesRun(settings: object): string {
  return `run "variables" {\n  command = plan\n${variablesBlock(settings)}}\n`;
}

export { callingModule, examples, moduleFiles, moduleFolder, moduleRun, variablesRun };
