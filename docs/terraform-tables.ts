import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../consumer/cli/process/package-root';
import { providerVersions } from '../modules/email-event-stream';
import { type ModuleBlocks, moduleBlocks } from '../modules/terraform-module/module-blocks';
import { terraformVersions } from '../modules/terraform-module/terraform-module';
import { defaultText } from './default-text';
import { table } from './markdown-table';

const begin = '<!-- BEGIN_TF_DOCS -->';
const end = '<!-- END_TF_DOCS -->';

function tables({ variable, output, resource }: ModuleBlocks): string {
  const inputs = Object.entries(variable).map(([name, { description, type, default: value }]) => [
    `\`${name}\``,
    description,
    `\`${type}\``,
    defaultText(value ?? null),
  ]);
  const addresses = Object.entries(resource).flatMap(([type, named]) =>
    Object.keys(named).map((name) => [`\`${type}.${name}\``]),
  );
  return [
    '\n## Requirements\n',
    table([
      ['name', 'version'],
      ['Terraform', `\`${terraformVersions}\``],
      ['`hashicorp/aws`', `\`${providerVersions}\``],
    ]),
    '## Inputs\n',
    table([['name', 'description', 'type', 'default'], ...inputs]),
    '## Outputs\n',
    'An output is null if its part is not deployed.\n',
    table([
      ['name', 'description'],
      ...Object.entries(output).map(([name, { description }]) => [`\`${name}\``, description]),
    ]),
    '## Resources\n',
    table([['address'], ...addresses.sort(([one = ''], [other = '']) => one.localeCompare(other, 'en'))]),
  ].join('\n');
}

/**
 * Returns the module's page, with the tables of its inputs and outputs between their markers.
 * @throws {Error} when the page does not contain its markers
 */
function modulePage(): string {
  const page = readFileSync(join(packageRoot(), 'terraform', 'README.md'), 'utf8');
  const [before, rest] = page.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined)
    throw new Error(`terraform/README.md does not contain ${begin} or ${end}`);
  return `${before}${begin}\n${tables(moduleBlocks())}\n${end}${after}`;
}

export { modulePage };
