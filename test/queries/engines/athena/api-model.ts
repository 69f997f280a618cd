import * as sdk from '@aws-sdk/client-athena';

/**
 * A shape of the SDK's API model: what is known of it is the kind (3 a structure, 1 a list, 9 an operation),
 * and for each kind what stands where.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_Operations.html
 */
type Shape = readonly unknown[];

const kinds = { list: 1, structure: 3, operation: 9 };

/** A shape may be given by a function, and is then made when it is needed. */
function resolved(shape: unknown): unknown {
  return typeof shape === 'function' ? resolved(shape()) : shape;
}

function membersOf([, , name, , names = [], shapes = []]: Shape): Map<string, unknown> {
  if (!Array.isArray(names) || !Array.isArray(shapes)) throw new Error(`${String(name)} has no members`);
  return new Map(names.map((member: string, index) => [member, shapes[index]]));
}

/** What of a value the model does not have, by its path. */
function strangers(value: unknown, given: unknown, path: string): string[] {
  const shape = resolved(given);
  if (!Array.isArray(shape)) return typeof value === 'object' ? [`${path} is no object`] : [];
  if (shape[0] === kinds.list) {
    if (!Array.isArray(value)) return [`${path} is a list`];
    return value.flatMap((item, index) => strangers(item, shape[4], `${path}[${index}]`));
  }
  if (shape[0] !== kinds.structure || typeof value !== 'object' || value === null) return [];
  const members = membersOf(shape);
  return Object.entries(value).flatMap(([name, member]) =>
    members.has(name)
      ? strangers(member, members.get(name), `${path}.${name}`)
      : [`${path}.${name} is no member`],
  );
}

/**
 * Checks an operation's input or output against the model.
 * @throws {Error} when there is no such operation, or the value has what the model has not
 */
function checkShape(operation: string, part: 'input' | 'output', value: unknown): void {
  const model = (sdk as unknown as Readonly<Record<string, Shape | undefined>>)[`${operation}$`]; // by any name
  if (model?.[0] !== kinds.operation) throw new Error(`Athena has no operation ${operation}`);
  const strange = strangers(value, model[part === 'input' ? 4 : 5], operation);
  if (strange.length > 0) throw new Error(`not in the API model: ${strange.join(', ')}`);
}

export { checkShape };
