import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { applyMocked } from './applied';
import { describeWithTerraform } from './describe-with-terraform';
import { callingModule } from './module-files';

/** The call of the module in README.md, with the module of this repository as the source. */
function shownCall(): string {
  const page = readFileSync(join(packageRoot(), 'README.md'), 'utf8');
  const [, shown = ''] = /```hcl\n([\s\S]*?)```/.exec(page) ?? [];
  return shown.replace(/"git::.*"/, '"./terraform"');
}

describeWithTerraform('the Terraform of README.md', () => {
  it('creates a configuration set with the name on the page', () => {
    const applied = applyMocked({ ...callingModule({}), 'main.tf': shownCall() });
    const sets = applied.filter(({ type }) => type === 'aws_sesv2_configuration_set');
    expect(sets.map(({ values }) => values.configuration_set_name)).toEqual(['shop-events']);
  });
});
