import type { DeploymentEnvironment, PlannedResource } from '../../../modules/policies/deployment-policy';
import { isJsonObject, type JsonObject, jsonValue } from '../../events/json-object';
import { UsageError } from '../process/exit-code';

/** The input, in messages. */
const required = 'requires the output of terraform show -json PLAN';

const objectsIn = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
const textIn = (value: unknown) => (typeof value === 'string' ? value : '');

/** Returns the modules of a state, with their data sources, in any depth. */
function modulesIn(module: unknown): JsonObject[] {
  if (!isJsonObject(module)) return [];
  return [module, ...objectsIn(module.child_modules).flatMap(modulesIn)];
}

/** Returns an attribute of the data source of a type in a module. */
function readAttribute(module: JsonObject, type: string, attribute: string): string {
  const source = objectsIn(module.resources).find((each) => each.mode === 'data' && each.type === type);
  return isJsonObject(source?.values) ? textIn(source.values[attribute]) : '';
}

/** Returns the account and region of each module that reads them, by its address. */
function environmentsIn(plan: JsonObject): Map<string, DeploymentEnvironment> {
  const state = isJsonObject(plan.prior_state) ? plan.prior_state.values : undefined;
  const environments = new Map<string, DeploymentEnvironment>();
  for (const module of modulesIn(isJsonObject(state) ? state.root_module : undefined)) {
    const accountId = readAttribute(module, 'aws_caller_identity', 'account_id');
    const region = readAttribute(module, 'aws_region', 'id');
    const partition = readAttribute(module, 'aws_partition', 'partition');
    if (accountId === '' || region === '' || partition === '') continue;
    environments.set(textIn(module.address), { partition, region, accountId });
  }
  return environments;
}

/**
 * Reads the resources of a Terraform plan as JSON, with their old and new values if both exist.
 * @param text the output of `terraform show -json PLAN`
 * @param source name of the input in messages
 * @throws {UsageError} when the text is not such a plan, or does not contain the account and region
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
function plannedResources(text: string, source: string): PlannedResource[] {
  const plan = jsonValue(text);
  if (!isJsonObject(plan)) throw new UsageError(`${source}: not JSON: policy deploy ${required}`);
  if (!Array.isArray(plan.resource_changes)) {
    throw new UsageError(
      `${source}: no plan, because resource_changes is missing: policy deploy ${required}`,
    );
  }
  const environments = environmentsIn(plan);
  const [anyEnvironment] = environments.values();
  if (anyEnvironment === undefined) {
    throw new UsageError(
      `${source}: the data sources with account and region are missing: plan a stack or module of this package`,
    );
  }
  return objectsIn(plan.resource_changes)
    .filter((each) => each.mode === 'managed')
    .flatMap(({ type, module_address: address, change }) => {
      const module = textIn(address);
      const { before, after } = isJsonObject(change) ? change : { before: undefined, after: undefined };
      const environment = environments.get(module) ?? anyEnvironment;
      return [after, before]
        .filter(isJsonObject)
        .map((values) => ({ type: textIn(type), module, values, environment }));
    });
}

export { plannedResources };
