import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../consumer/cli/process/package-root';
import { defaultText } from './default-text';
import { table } from './markdown-table';

/** The parts of the module's files that the tables show. */
interface ModuleFiles {
  variables: Record<string, { type: string; description: string; default?: unknown }>;
  outputs: Record<string, { description: string }>;
  resources: Record<string, Record<string, unknown>>;
  versions: { required_version: string; required_providers: { aws: { version: string } } };
}

const begin = '<!-- BEGIN_TF_DOCS -->';
const end = '<!-- END_TF_DOCS -->';

function tables({ variables, outputs, resources, versions }: ModuleFiles): string {
  const inputs = Object.entries(variables).map(([name, variable]) => [
    `\`${name}\``,
    variable.description,
    `\`${variable.type}\``,
    defaultText(variable.default ?? null),
  ]);
  const addresses = Object.entries(resources).flatMap(([type, named]) =>
    Object.keys(named).map((name) => [`\`${type}.${name}\``]),
  );
  return [
    '\n## Requirements\n',
    table([
      ['name', 'version'],
      ['Terraform', `\`${versions.required_version}\``],
      ['`hashicorp/aws`', `\`${versions.required_providers.aws.version}\``],
    ]),
    '## Inputs\n',
    table([['name', 'description', 'type', 'default'], ...inputs]),
    '## Outputs\n',
    'An output is null if its part is not deployed.\n',
    table([
      ['name', 'description'],
      ...Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ]),
    '## Resources\n',
    table([['address'], ...addresses.sort(([one = ''], [other = '']) => one.localeCompare(other, 'en'))]),
  ].join('\n');
}

/**
 * Returns the module's page, with the tables of its inputs and outputs between their markers.
 * @param files the module's files, by name
 * @throws {Error} when the page does not contain its markers
 */
function modulePage(files: Readonly<Record<string, string>>): string {
  const page = readFileSync(join(packageRoot(), 'terraform', 'README.md'), 'utf8');
  const [before, rest] = page.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined)
    throw new Error(`terraform/README.md does not contain ${begin} or ${end}`);
  const read = (name: string) => JSON.parse(files[`${name}.tf.json`] ?? '{}');
  const made = tables({
    variables: read('variables').variable,
    outputs: read('outputs').output,
    resources: read('main').resource,
    versions: read('versions').terraform,
  });
  return `${before}${begin}\n${made}\n${end}${after}`;
}

export { modulePage };
