import { configurations } from '../modules/configurations';
import { callingModule, moduleRun } from '../terraform/module-files';
import { describeWithOpenTofu } from './describe-with-opentofu';
import { passedTests } from './open-tofu';

/** Settings with a mistake, and the variable that reports it. */
const mistakes = [
  ['a pattern', { name: 'Shop' }, 'var.name'],
  ['a range', { bufferingInterval: 901 }, 'var.buffering_interval'],
  ['a list', { eventTypes: ['OPENED'] }, 'var.event_types'],
  ['two settings', { errorPrefix: 'events/' }, 'var.error_prefix'],
  ['a required setting', { createBucket: false }, 'var.bucket_name'],
] as const;

describeWithOpenTofu('OpenTofu with settings of the Terraform module', (tofu) => {
  let passed: string[];

  // One run of all tests, because each run takes seconds to load the provider.
  beforeAll(() => {
    const applied = Object.entries(configurations).map(([name, props]) => [
      `${name}.tftest.hcl`,
      moduleRun(props).replace('  command = plan\n', ''),
    ]);
    const rejected = mistakes.map(([name, props, variable]) => [
      `${name}.tftest.hcl`,
      moduleRun(props, `  expect_failures = [${variable}]\n`),
    ]);
    passed = passedTests(tofu, { ...callingModule({}), ...Object.fromEntries([...applied, ...rejected]) });
  });

  it.each(Object.keys(configurations))('applies the configuration %s', (name) => {
    expect(passed).toContain(name);
  });

  it.each(mistakes)('rejects a mistake in %s', (name) => {
    expect(passed).toContain(name);
  });
});
