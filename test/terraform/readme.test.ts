import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { applyMocked } from './applied';
import { describeWithTerraform } from './describe-with-terraform';
import { callingModule } from './module-files';
import { terraform, terraformFolder, writeFiles } from './terraform';

/** The call of the module in README.md, with the module of this repository as the source. */
function shownCall(): string {
  const page = readFileSync(join(packageRoot(), 'README.md'), 'utf8');
  const [, shown = ''] = /```hcl\n([\s\S]*?)```/.exec(page) ?? [];
  return shown.replace(/"git::.*"/, '"./terraform"');
}

/** The test of a user's configuration on the module's page, with the module of this repository. */
function shownTest(): string {
  const page = readFileSync(join(packageRoot(), 'terraform', 'README.md'), 'utf8');
  const [, shown = ''] = /```hcl\n(mock_provider[\s\S]*?)```/.exec(page) ?? [];
  return shown.replace('.terraform/modules/email_events/terraform/', './terraform/');
}

describeWithTerraform('the test on the page of the module', () => {
  const run = (test: string) => {
    const folder = terraformFolder();
    const calling = callingModule({ email_events: { objectQueue: true, encryption: 'new-key' } });
    writeFiles(folder, { ...calling, 'tests/email-events.tftest.hcl': test });
    expect(terraform(folder, 'init', '-no-color')).toMatchObject({ code: 0, stderr: '' });
    return terraform(folder, 'test', '-no-color');
  };

  it('passes without an AWS account', () => {
    expect(run(shownTest())).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 passed, 0 failed'),
    });
  });

  it('fails without the mocked attributes, because the provider rejects made-up texts', () => {
    const { code, stderr } = run(shownTest().replace(/ {2}source = .*\n/, ''));
    expect(code).not.toBe(0);
    expect(stderr).toContain('arn');
  });
});

describeWithTerraform('the Terraform of README.md', () => {
  it('creates a configuration set with the name on the page', () => {
    const applied = applyMocked({ ...callingModule({}), 'main.tf': shownCall() });
    const sets = applied.filter(({ type }) => type === 'aws_sesv2_configuration_set');
    expect(sets.map(({ values }) => values.configuration_set_name)).toEqual(['shop-events']);
  });
});
