import { join } from 'node:path';
import { mockProvider } from './mocks';
import { type TerraformResult, terraform, terraformFolder, writeFiles } from './terraform';

/** A resource after an apply. */
interface AppliedResource {
  address: string;
  mode: string;
  type: string;
  name: string;
  /** The key or number of an instance of a counted resource. */
  index?: string | number;
  values: Record<string, unknown>;
}

interface StateModule {
  resources?: AppliedResource[];
  child_modules?: StateModule[];
}

interface TestState {
  root_module?: StateModule;
  outputs?: Record<string, { value: unknown }>;
}

interface TestMessage {
  type: string;
  test_state?: TestState;
}

/** The result of an apply. */
interface Applied {
  resources: AppliedResource[];
  outputs: Record<string, unknown>;
}

function resourcesIn({ resources = [], child_modules = [] }: StateModule): AppliedResource[] {
  return [...resources.filter(({ mode }) => mode === 'managed'), ...child_modules.flatMap(resourcesIn)];
}

/** Reads the result from the output of `terraform test -json -verbose`. */
function appliedOf({ stdout }: TerraformResult): Applied {
  const messages = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TestMessage); // Terraform's documented output
  const state = messages.find(({ type }) => type === 'test_state')?.test_state;
  const outputs = Object.entries(state?.outputs ?? {}).map(([name, { value }]) => [name, value]);
  return { resources: resourcesIn(state?.root_module ?? {}), outputs: Object.fromEntries(outputs) };
}

interface ApplyOptions {
  /** The folder of the configuration among the files. */
  root?: string;
  /** @default - the workspace `default` */
  workspace?: string | undefined;
  /** Alias of a second provider, which is also mocked. */
  alias?: string | undefined;
}

/**
 * Validates a configuration with the real provider, and applies it with a mocked provider, without an AWS account.
 * @param files its files, by path
 * @throws {Error} with the output of Terraform when it rejects the configuration or warns
 */
function applyWithOutputs(
  files: Readonly<Record<string, string>>,
  { root = '.', workspace, alias }: ApplyOptions = {},
): Applied {
  const parent = terraformFolder();
  const folder = join(parent, root);
  const providers = [mockProvider(), ...(alias === undefined ? [] : [mockProvider(alias)])].join('');
  writeFiles(parent, { ...files, [join(root, 'apply.tftest.hcl')]: `${providers}run "apply" {}\n` });
  const run = (...args: string[]) => {
    const result = terraform(folder, ...args);
    if (result.code === 0 && result.stderr === '') return result;
    throw new Error(`terraform ${args[0]} ended with ${result.code}: ${result.stdout}${result.stderr}`);
  };
  run('init', '-no-color', '-input=false');
  if (workspace !== undefined) run('workspace', 'new', workspace);
  const validated = run('validate', '-json').stdout;
  const { diagnostics } = JSON.parse(validated) as { diagnostics: unknown[] }; // Terraform's documented output
  if (diagnostics.length > 0) throw new Error(`terraform validate warns: ${validated}`);
  return appliedOf(run('test', '-json', '-verbose'));
}

/** Applies a configuration in the same way, and returns its resources only. */
function applyMocked(files: Readonly<Record<string, string>>, options?: ApplyOptions): AppliedResource[] {
  return applyWithOutputs(files, options).resources;
}

/**
 * Returns the files of a synthesized stack without its backend and without `prevent_destroy`, because `terraform test`
 * destroys the applied resources.
 */
function stackFiles({ terraform: settings, ...stack }: { terraform: Record<string, unknown> }) {
  const { backend: _, ...versions } = settings;
  const text = JSON.stringify({ ...stack, terraform: versions }, (key, value) =>
    key === 'prevent_destroy' ? undefined : value,
  );
  return { 'cdk.tf.json': text };
}

export { type AppliedResource, applyMocked, applyWithOutputs, stackFiles };
