import { parameterFlags } from '../../../queries/questions/parameter-flags';
import type { ParameterName, ParameterValues } from '../../../queries/questions/parameters';

/** The name of a parameter in an address and in a form: that of its option, such as `configuration-set`. */
const fieldName = (name: ParameterName) => parameterFlags[name].slice('--'.length);

/** Returns the text of a value in an address. */
function addressText(value: NonNullable<ParameterValues[ParameterName]>): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? `${value.name}=${value.value}` : String(value);
}

/**
 * Returns parameters as those of an address.
 *
 * @example
 * ```ts
 * `/messages?${addressParameters({ since, domain: 'example.com' })}`;
 * ```
 */
function addressParameters(values: ParameterValues): URLSearchParams {
  const query = new URLSearchParams();
  // Object.entries loses the key type
  for (const [name, value] of Object.entries(values) as [ParameterName, ParameterValues[ParameterName]][])
    if (value !== undefined) query.set(fieldName(name), addressText(value));
  return query;
}

export { addressParameters, fieldName };
