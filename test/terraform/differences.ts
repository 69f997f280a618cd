/** Random texts of a mocked provider for computed attributes, and ids of terraform_data. */
const random = /^([a-z0-9]{8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Returns the differences between two applied values. Attributes that are not in the configuration are random values of
 * the mocked provider, of which only the form is compared.
 * @param written the value in the configuration; a single block there is a list when applied
 */
function differences(path: string, one: unknown, other: unknown, written: unknown): string[] {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.flatMap((item, at) =>
      differences(`${path}[${at}]`, item, other[at], Array.isArray(written) ? written[at] : written),
    );
  }
  if (isObject(one) && isObject(other)) {
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
      differences(`${path}.${key}`, one[key], other[key], isObject(written) ? written[key] : undefined),
    );
  }
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (written === undefined && random.test(String(one)) && random.test(String(other))) return [];
  return [`${path}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`];
}

export { differences };
