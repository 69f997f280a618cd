import { mockProvider } from '../terraform/mocks';
import { examples, moduleFiles } from '../terraform/module-files';
import { describeWithOpenTofu } from './describe-with-opentofu';
import { passedTests } from './open-tofu';

describeWithOpenTofu('OpenTofu with the Terraform module', (tofu) => {
  it.each(examples)('applies the example %s', (example) => {
    const files = moduleFiles();
    const root = `terraform/examples/${example}`;
    const [, alias] = /alias\s*=\s*"(\w+)"/.exec(files[`${root}/main.tf`] ?? '') ?? [];
    const providers = [mockProvider(), ...(alias === undefined ? [] : [mockProvider(alias)])].join('');
    const test = { [`${root}/apply.tftest.hcl`]: `${providers}run "apply" {}\n` };
    expect(passedTests(tofu, { ...files, ...test }, root)).toEqual(['apply']);
  });
});
