import { type ParameterName, type ParameterValues, parameterNames } from './parameters';
import type { Question } from './question';

/** Returns the parameters among other options. */
function parameterValues({
  since,
  until,
  configurationSet,
  domain,
  tag,
  tenant,
  sourceRegion,
  account,
  recipient,
  subject,
  status,
  outcome,
  tagName,
  by,
  timezone,
  limit,
}: ParameterValues): ParameterValues {
  return {
    since,
    until,
    configurationSet,
    domain,
    tag,
    tenant,
    sourceRegion,
    account,
    recipient,
    subject,
    status,
    outcome,
    tagName,
    by,
    timezone,
    limit,
  };
}

/**
 * Returns the first parameter with a value that a question does not have.
 * @param common parameters that every question has
 */
function unknownParameter(
  { parameters }: Question,
  values: ParameterValues,
  common: readonly ParameterName[],
): ParameterName | undefined {
  return parameterNames.find(
    (name) => values[name] !== undefined && !common.includes(name) && !parameters.includes(name),
  );
}

export { parameterValues, unknownParameter };
