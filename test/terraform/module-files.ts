import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { snakeName } from '../../modules/cdktf/logical-id';
import { mockProvider } from './mocks';

const moduleFolder = join(packageRoot(), 'terraform');

/** The module as it is committed, with its examples, by path. */
function moduleFiles(): Record<string, string> {
  const paths = globSync(['*.tf.json', 'examples/*/*.tf'], { cwd: moduleFolder });
  return Object.fromEntries(
    paths.map((path) => [`terraform/${path}`, readFileSync(join(moduleFolder, path), 'utf8')]),
  );
}

/** The names of the module's examples. */
const examples = readdirSync(join(moduleFolder, 'examples'));

/** Settings as the module's arguments. */
function moduleArguments(settings: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [snakeName(name), value]));
}

/** A configuration that calls the module, with one call for each of these sets of settings. */
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

/** A run of `terraform test` over the module alone, which only plans; `more` goes into the run. */
function moduleRun(settings: object, more = ''): string {
  const variables = Object.entries(moduleArguments(settings))
    .map(([name, value]) => `    ${name} = ${JSON.stringify(value)}\n`)
    .join('');
  return `${mockProvider()}run "module" {
  command = plan
  module {
    source = "./terraform"
  }
  variables {
${variables}  }
${more}}
`;
}

export { callingModule, examples, moduleFiles, moduleFolder, moduleRun };
