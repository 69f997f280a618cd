import { isJsonObject } from '../../consumer/events/json-object';
import { configurationSetNames } from '../configuration-set/configuration-set';
import { partitionOf } from '../policies/policy-documents';
import { trustLimitIssues } from '../ses-stream-role/trust-limit';
import { ConfigurationError, type ConfigurationIssue } from '../settings/configuration-error';
import { checkFields, unknownSetting, unknownSettings, withDefaults } from '../settings/configure';
import type { StreamProps } from '../settings/stream-props.generated';
import { arnRegionIssues, checkStream, streamSettings } from '../stream-settings';
import { deploymentFields } from './deployment-settings';
import { readVariables, variableMessage, variableName } from './environment-variables';
import { type Deployment, sharedNames } from './shared-resources';

/** Sources of a configuration. */
interface ConfigurationSources {
  /** The value of `emailEvents` in the context of cdktf.json. */
  context: unknown;
  environment: NodeJS.ProcessEnv;
}

/** The deployment's settings override the stream's: `region` is required, and is the stream's region too. */
const allFields = { ...streamSettings.fields, ...deploymentFields };
const subject = 'invalid configuration of email events';

/** Reads the environments in cdktf.json. */
function readEnvironments(context: unknown): Record<string, unknown> {
  const { environments, ...others } = isJsonObject(context) ? context : {};
  const unknown = Object.keys(others).map((name) => ({
    setting: `context.emailEvents.${name} in cdktf.json`,
    message: 'has no effect: move it into an environment, below context.emailEvents.environments',
  }));
  if (isJsonObject(environments) && Object.keys(environments).length > 0) {
    if (unknown.length > 0) throw new ConfigurationError(subject, unknown);
    return environments;
  }
  const message = Array.isArray(environments)
    ? 'is a list: use an object with a key for each environment, such as {"production": {"region": "eu-west-1"}}'
    : 'is missing: define at least one environment, such as {"production": {"region": "eu-west-1"}}';
  throw new ConfigurationError(subject, [
    { setting: 'context.emailEvents.environments in cdktf.json', message },
    ...unknown,
  ]);
}

function chooseStages(environments: Readonly<Record<string, unknown>>, stage: string | undefined): string[] {
  const stages = Object.keys(environments);
  if (stage === undefined || stage === '') return stages;
  if (stages.includes(stage)) return [stage];
  throw new ConfigurationError(subject, [
    {
      setting: 'STAGE',
      message: `"${stage}" is not an environment in cdktf.json: use ${stages.join(' or ')}`,
    },
  ]);
}

/** Returns the location of an environment's setting, as its author writes it. */
function locationOf(stage: string, name: string, overridden: object = {}): string {
  return name in overridden
    ? variableName(name)
    : `context.emailEvents.environments.${stage}.${name} in cdktf.json`;
}

/** Checks whether the configuration sets fit into the role's trust policy; each setting by itself may be valid. */
function trustIssues(stream: StreamProps, region: string): ConfigurationIssue[] {
  const config = withDefaults(streamSettings.fields, { ...stream });
  const { createSesRole, trustMode, trustPolicyLimit } = config;
  return trustLimitIssues({
    ...{ createSesRole, trustMode, trustPolicyLimit, region, partition: partitionOf(region) },
    names: configurationSetNames(config),
  });
}

/** Reads one environment of cdktf.json, with all of its mistakes. */
function readEnvironment(
  stage: string,
  written: unknown,
  overridden: Readonly<Record<string, unknown>>,
): { deployment: Deployment; issues: ConfigurationIssue[] } {
  const setting = `context.emailEvents.environments.${stage} in cdktf.json`;
  if (!isJsonObject(written)) {
    return {
      deployment: { stage, target: withDefaults(deploymentFields, {}), stream: {} },
      issues: [{ setting, message: 'is not an object (example: {"region": "eu-west-1"})' }],
    };
  }
  const values: Record<string, unknown> = { ...written, ...overridden };
  const stream: StreamProps = Object.fromEntries(
    Object.keys(streamSettings.fields).map((name) => [name, values[name]]),
  );
  const target = withDefaults(deploymentFields, values);
  const mistakes = [
    ...unknownSettings(allFields, values),
    ...checkFields(deploymentFields, values),
    ...checkStream(
      Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(deploymentFields, name))),
    ),
    ...(values.stateBucket === undefined ? ['stateKey', 'stateRegion'] : [])
      .filter((name) => values[name] !== undefined)
      .map((name) => ({ setting: name, message: `has no effect: set stateBucket, or remove ${name}` })),
  ];
  // These checks parse settings, each of which must already be valid.
  if (mistakes.length === 0)
    mistakes.push(...trustIssues(stream, target.region), ...arnRegionIssues(stream, target.region));
  const isName = /^[a-z][a-z0-9-]{0,30}$/.test(stage);
  const message = `"${stage}" is not a valid environment name: use 1 to 31 lowercase letters, digits and hyphens, beginning with a letter`;
  return {
    deployment: { stage, target, stream },
    issues: [
      ...(isName ? [] : [{ setting, message }]),
      ...mistakes.map((issue) => ({
        setting: locationOf(stage, issue.setting, overridden),
        message: issue.setting in overridden ? variableMessage(issue.message) : issue.message,
      })),
    ],
  };
}

/**
 * Reads the deployments from cdktf.json and the environment variables: all environments, or the one in STAGE.
 * Environment variables (`EMAIL_EVENTS_REGION`) override cdktf.json, which overrides the defaults.
 *
 * @throws {ConfigurationError} with every mistake, each with its location
 */
function readDeployments({ context, environment }: ConfigurationSources): Deployment[] {
  const environments = readEnvironments(context);
  const stages = chooseStages(environments, environment.STAGE);
  const variables = readVariables(environment, allFields);
  const variableNames = Object.keys(allFields).map(variableName);
  const issues = variables.unknown.map((variable) => unknownSetting(variable, variableNames));
  const overridden = Object.keys(variables.values);
  if (stages.length > 1 && overridden.length > 0) {
    issues.push({
      setting: overridden.map(variableName).join(', '),
      message: `would apply to every environment: set STAGE to ${stages.join(' or ')}`,
    });
  }
  const read = stages.map((stage) => readEnvironment(stage, environments[stage], variables.values));
  issues.push(...read.flatMap((one) => one.issues));
  const deployments = read.map(({ deployment }) => deployment);
  const otherDeployments = Object.keys(environments)
    .filter((stage) => !stages.includes(stage))
    .map((stage) => readEnvironment(stage, environments[stage], {}))
    .filter((other) => other.issues.length === 0);
  const valid = read.filter((one) => one.issues.length === 0);
  const shared = sharedNames(
    valid.map(({ deployment }) => deployment),
    otherDeployments.map(({ deployment }) => deployment),
  );
  for (const { stage, setting, message } of shared)
    issues.push({ setting: locationOf(stage, setting, variables.values), message });
  if (issues.length > 0) throw new ConfigurationError(subject, issues);
  return deployments;
}

export { readDeployments };
