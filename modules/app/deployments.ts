import { type Configured, checkFields, withDefaults } from '../config/check-fields';
import { checkStream } from '../config/check-settings';
import { ConfigurationError, type ConfigurationIssue } from '../config/configuration-error';
import { deploymentFields } from '../config/deployment';
import { streamFields } from '../stream-config';
import type { StreamProps } from '../stream-props';
import { readVariables, variableName } from './environment-variables';

/** One deployment: where it goes, and the stream's settings. */
interface Deployment {
  /** The environment's name: staging, production. */
  stage: string;
  target: Configured<typeof deploymentFields>;
  stream: StreamProps;
}

/** What a configuration is read from. */
interface ConfigurationSources {
  /** The value of `emailEvents` in the context of cdktf.json. */
  context: unknown;
  environment: NodeJS.ProcessEnv;
}

/** What a deployment says goes for its stream too: `region` must be given, and is the stream's. */
const allFields = { ...streamFields, ...deploymentFields };
const subject = 'the configuration of the email events cannot be used';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The environments that cdktf.json names. */
function readEnvironments(context: unknown): Record<string, unknown> {
  const environments = isObject(context) ? context.environments : undefined;
  if (isObject(environments) && Object.keys(environments).length > 0) return environments;
  throw new ConfigurationError(subject, [
    {
      setting: 'context.emailEvents.environments in cdktf.json',
      message: 'is missing: write at least one environment, such as {"production": {"region": "eu-west-1"}}',
    },
  ]);
}

function chooseStages(environments: Readonly<Record<string, unknown>>, stage: string | undefined): string[] {
  const stages = Object.keys(environments);
  if (stage === undefined || stage === '') return stages;
  if (stages.includes(stage)) return [stage];
  throw new ConfigurationError(subject, [
    {
      setting: 'STAGE',
      message: `"${stage}" is no environment of cdktf.json: choose ${stages.join(' or ')}`,
    },
  ]);
}

/** Environments that would make the same resources: those of one account and region need names of their own. */
function sharedNames(deployments: readonly Deployment[]): ConfigurationIssue[] {
  const first = new Map<string, string>();
  return deployments.flatMap(({ stage, target, stream }) => {
    const { name } = withDefaults(streamFields, { ...stream });
    const key = JSON.stringify([name, target.region, target.accountId]);
    const other = first.get(key);
    first.set(key, other ?? stage);
    if (other === undefined) return [];
    const setting = `context.emailEvents.environments.${stage}.name in cdktf.json`;
    const message = `"${name}" is the name in ${other} too, in the same account and region: choose another`;
    return [{ setting, message }];
  });
}

/**
 * The deployments that cdktf.json and the environment ask for: all environments, or the one that STAGE names.
 * Environment variables (`EMAIL_EVENTS_REGION`) come before cdktf.json, and that before the defaults.
 *
 * @throws {ConfigurationError} with every mistake, each under the name that its author gave it
 */
function readDeployments({ context, environment }: ConfigurationSources): Deployment[] {
  const environments = readEnvironments(context);
  const stages = chooseStages(environments, environment.STAGE);
  const variables = readVariables(environment, allFields);
  const issues: ConfigurationIssue[] = variables.unknown.map((setting) => ({
    setting,
    message: 'names no setting: docs/configuration.md lists them',
  }));
  const overridden = Object.keys(variables.values);
  if (stages.length > 1 && overridden.length > 0) {
    issues.push({
      setting: overridden.map(variableName).join(', '),
      message: `would change every environment: say with STAGE which one, ${stages.join(' or ')}`,
    });
  }
  const deployments = stages.map((stage): Deployment => {
    const written = environments[stage];
    const values: Record<string, unknown> = { ...(isObject(written) ? written : {}), ...variables.values };
    const place = `context.emailEvents.environments.${stage}`;
    const where = (name: string) =>
      name in variables.values ? variableName(name) : `${place}.${name} in cdktf.json`;
    if (!isObject(written)) {
      issues.push({
        setting: `${place} in cdktf.json`,
        message: 'is no object: write {"region": "eu-west-1"}',
      });
      return { stage, target: withDefaults(deploymentFields, {}), stream: {} };
    }
    if (!/^[a-z][a-z0-9-]{0,30}$/.test(stage)) {
      issues.push({
        setting: `${place} in cdktf.json`,
        message: `"${stage}" is no name of an environment: write lower-case letters, digits and hyphens, a letter first`,
      });
    }
    const found = [
      ...Object.keys(values)
        .filter((name) => !Object.hasOwn(allFields, name))
        .map((setting) => ({ setting, message: 'names no setting: docs/configuration.md lists them' })),
      ...checkFields(deploymentFields, values),
      ...checkStream(
        Object.fromEntries(Object.entries(values).filter(([key]) => !(key in deploymentFields))),
      ),
      ...(values.stateBucket === undefined ? ['stateKey', 'stateRegion'] : [])
        .filter((name) => values[name] !== undefined)
        .map((setting) => ({ setting, message: 'has no effect: set stateBucket, or leave it out' })),
    ];
    issues.push(...found.map(({ setting, message }) => ({ setting: where(setting), message })));
    const stream = Object.fromEntries(Object.keys(streamFields).map((name) => [name, values[name]]));
    return { stage, target: withDefaults(deploymentFields, values), stream };
  });
  issues.push(...sharedNames(deployments));
  if (issues.length > 0) throw new ConfigurationError(subject, issues);
  return deployments;
}

export { type ConfigurationSources, type Deployment, readDeployments };
