import * as sdk from '@aws-sdk/client-athena';

/**
 * A shape of the SDK's API model. Its first item is the kind (3 a structure, 1 a list, 9 an operation), which
 * determines the other items.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_Operations.html
 */
type Shape = readonly unknown[];

const kinds = { list: 1, structure: 3, operation: 9 };

/** Resolves a shape that is given by a function. */
function resolved(shape: unknown): unknown {
  return typeof shape === 'function' ? resolved(shape()) : shape;
}

function membersOf([, , name, , names = [], shapes = []]: Shape): Map<string, unknown> {
  if (!Array.isArray(names) || !Array.isArray(shapes)) throw new Error(`${String(name)} has no members`);
  return new Map(names.map((member: string, index) => [member, shapes[index]]));
}

/** Returns the parts of a value that are not in the model, by their paths. */
function unknownParts(value: unknown, given: unknown, path: string): string[] {
  const shape = resolved(given);
  if (!Array.isArray(shape)) return typeof value === 'object' ? [`${path} is not an object`] : [];
  if (shape[0] === kinds.list) {
    if (!Array.isArray(value)) return [`${path} is a list`];
    return value.flatMap((item, index) => unknownParts(item, shape[4], `${path}[${index}]`));
  }
  if (shape[0] !== kinds.structure || typeof value !== 'object' || value === null) return [];
  const members = membersOf(shape);
  return Object.entries(value).flatMap(([name, member]) =>
    members.has(name)
      ? unknownParts(member, members.get(name), `${path}.${name}`)
      : [`${path}.${name} is not a member`],
  );
}

/**
 * Checks an operation's input or output against the model.
 * @throws {Error} when there is no such operation, or the model does not match the value
 */
function checkShape(operation: string, part: 'input' | 'output', value: unknown): void {
  const model = (sdk as unknown as Readonly<Record<string, Shape | undefined>>)[`${operation}$`]; // by any name
  if (model?.[0] !== kinds.operation) throw new Error(`Athena has no operation ${operation}`);
  const unknown = unknownParts(value, model[part === 'input' ? 4 : 5], operation);
  if (unknown.length > 0) throw new Error(`not in the API model: ${unknown.join(', ')}`);
}

export { checkShape };
