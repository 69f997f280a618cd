import { describeWithTerraform } from './describe-with-terraform';
import { mockProvider } from './mocks';
import { moduleFiles } from './module-files';
import { terraform, terraformFolder, writeFiles } from './terraform';

/** The planned actions of a run of `terraform test` for the created key; undefined if there are none. */
type KeyActions = string[] | undefined;

interface Step {
  settings: string;
  /** Whether the step ends with the plan; required for a rejected step. */
  command?: 'plan';
  rejected?: true;
}

/** Returns runs, each with the state of the previous one. */
function runs(steps: readonly Step[]): string {
  const blocks = steps.map(
    ({ settings, command = 'apply', rejected }, index) => `run "step-${index}" {
  command = ${command}
  variables {
    ${settings}
  }
${rejected ? '  expect_failures = [terraform_data.key]\n' : ''}}
`,
  );
  return mockProvider() + blocks.join('');
}

/** Runs the steps, and returns the actions for the key in each one. */
function keyActions(steps: readonly Step[]): KeyActions[] {
  const folder = terraformFolder();
  const files = Object.entries(moduleFiles()).filter(([path]) => !path.includes('/examples/'));
  writeFiles(folder, {
    ...Object.fromEntries(files.map(([path, text]) => [path.replace('terraform/', ''), text])),
    'key.tftest.hcl': runs(steps),
  });
  expect(terraform(folder, 'init', '-no-color')).toMatchObject({ code: 0, stderr: '' });
  // An apply shows the state, and a plan shows the actions.
  const { stdout, code } = terraform(folder, 'test', '-json', '-verbose');
  const messages = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  expect(
    messages.filter(({ type }) => type === 'diagnostic').map(({ diagnostic }) => diagnostic.detail),
  ).toEqual([]);
  expect(code).toBe(0);
  return steps.map((_, index) => {
    const ofStep = messages.filter((message) => message['@testrun'] === `step-${index}`);
    const plan = ofStep.find(({ type }) => type === 'test_plan')?.test_plan;
    const change = plan?.resource_changes?.find(({ type }: { type: string }) => type === 'aws_kms_key');
    if (change !== undefined) return change.change.actions;
    const state = ofStep.find(({ type }) => type === 'test_state')?.test_state;
    const found = state?.root_module?.resources?.some(({ type }: { type: string }) => type === 'aws_kms_key');
    return found === true ? ['exists'] : undefined;
  });
}

describeWithTerraform('the key of a deployed stream', () => {
  it('is not deleted by a change of encryption alone: the plan fails', () => {
    expect(
      keyActions([
        { settings: 'encryption = "new-key"' },
        { settings: 'encryption = "aws-owned"', command: 'plan', rejected: true },
        { settings: '', command: 'plan', rejected: true },
        {
          settings:
            'encryption = "existing-key"\n    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/0f1e2d3c"',
          command: 'plan',
          rejected: true,
        },
        { settings: 'encryption = "new-key"', command: 'plan' },
      ]).slice(-1),
    ).toEqual([['no-op']]);
  });

  it('remains while keep_key is true, and is deleted if keep_key is false', () => {
    expect(
      keyActions([
        { settings: 'encryption = "new-key"' },
        { settings: 'keep_key = true' },
        { settings: 'keep_key = true', command: 'plan' },
        { settings: 'keep_key = false', command: 'plan' },
        { settings: 'keep_key = false' },
        { settings: 'keep_key = false', command: 'plan' },
        { settings: '', command: 'plan', rejected: true },
      ]).slice(0, 6),
    ).toEqual([['exists'], ['exists'], ['no-op'], ['delete'], undefined, undefined]);
  });

  it('can be added later with keep_key, and then remains', () => {
    expect(
      keyActions([
        { settings: '' },
        { settings: 'encryption = "new-key"', command: 'plan', rejected: true },
        { settings: 'encryption = "new-key"\n    keep_key = true' },
        { settings: 'encryption = "aws-owned"\n    keep_key = true', command: 'plan' },
      ]).slice(-1),
    ).toEqual([['no-op']]);
  });

  it('does not limit encryption if no key was created', () => {
    expect(
      keyActions([
        { settings: '' },
        {
          settings:
            'encryption = "existing-key"\n    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/0f1e2d3c"',
        },
        { settings: 'encryption = "aws-owned"', command: 'plan' },
      ]),
    ).toEqual([undefined, undefined, undefined]);
  });
});
