import { describeWithTerraform } from './describe-with-terraform';
import { mockProvider } from './mocks';
import { moduleFiles } from './module-files';
import { terraform, terraformFolder, writeFiles } from './terraform';

/** What a run of `terraform test` planned to do with the created key; undefined where it leaves it alone. */
type KeyActions = string[] | undefined;

interface Step {
  settings: string;
  /** Whether the step ends with the plan, as one that is refused has to. */
  command?: 'plan';
  refused?: true;
}

/** Runs that go on with the state of the one before them. */
function runs(steps: readonly Step[]): string {
  const blocks = steps.map(
    ({ settings, command = 'apply', refused }, index) => `run "step-${index}" {
  command = ${command}
  variables {
    ${settings}
  }
${refused ? '  expect_failures = [terraform_data.key]\n' : ''}}
`,
  );
  return mockProvider() + blocks.join('');
}

/** What becomes of the key in each step, none of which may end otherwise than said. */
function keyActions(steps: readonly Step[]): KeyActions[] {
  const folder = terraformFolder();
  const files = Object.entries(moduleFiles()).filter(([path]) => !path.includes('/examples/'));
  writeFiles(folder, {
    ...Object.fromEntries(files.map(([path, text]) => [path.replace('terraform/', ''), text])),
    'key.tftest.hcl': runs(steps),
  });
  expect(terraform(folder, 'init', '-no-color')).toMatchObject({ code: 0, stderr: '' });
  // An apply says what there is, and a plan says what would be done.
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
  it('is not deleted when encryption alone is changed: the plan is refused', () => {
    expect(
      keyActions([
        { settings: 'encryption = "new-key"' },
        { settings: 'encryption = "aws-owned"', command: 'plan', refused: true },
        { settings: '', command: 'plan', refused: true },
        {
          settings:
            'encryption = "existing-key"\n    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/0f1e2d3c"',
          command: 'plan',
          refused: true,
        },
        { settings: 'encryption = "new-key"', command: 'plan' },
      ]).slice(-1),
    ).toEqual([['no-op']]);
  });

  it('stays as long as keep_key says so, and goes when that is off', () => {
    expect(
      keyActions([
        { settings: 'encryption = "new-key"' },
        { settings: 'keep_key = true' },
        { settings: 'keep_key = true', command: 'plan' },
        { settings: 'keep_key = false', command: 'plan' },
        { settings: 'keep_key = false' },
        { settings: 'keep_key = false', command: 'plan' },
        { settings: '', command: 'plan', refused: true },
      ]).slice(0, 6),
    ).toEqual([['exists'], ['exists'], ['no-op'], ['delete'], undefined, undefined]);
  });

  it('that comes later stays as well, because it is asked for with keep_key', () => {
    expect(
      keyActions([
        { settings: '' },
        { settings: 'encryption = "new-key"', command: 'plan', refused: true },
        { settings: 'encryption = "new-key"\n    keep_key = true' },
        { settings: 'encryption = "aws-owned"\n    keep_key = true', command: 'plan' },
      ]).slice(-1),
    ).toEqual([['no-op']]);
  });

  it('is no question where there never is one', () => {
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
