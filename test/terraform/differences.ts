/** What a mocked provider makes up for a text that AWS would compute, and Terraform as the id of a terraform_data. */
const madeUp = /^([a-z0-9]{8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where two applied values differ. What nobody has written, the mocked provider has made up, differently each time;
 * of that only the form is compared.
 * @param written the value as it stands in the configuration; a block that stands alone there is a list when applied
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
  if (written === undefined && madeUp.test(String(one)) && madeUp.test(String(other))) return [];
  return [`${path}: ${JSON.stringify(one)}, and ${JSON.stringify(other)}`];
}

export { differences };
