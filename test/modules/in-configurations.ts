import { configurations } from './configurations';
import { type Synthesized, synthesizeStack } from './synthesize';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Represents an argument that does not exist. */
const absent = '(absent)';

/**
 * Shortens the longest parts of a value: the columns of a table become one text, and SQL, which has its own tests,
 * becomes a name.
 */
function shortened(value: unknown): Json {
  return JSON.parse(
    JSON.stringify(value, (key, member) => {
      const isStatement = key === 'input' && String(member).includes('"QueryString"');
      if (key === 'view_original_text' || key === 'query' || isStatement) return 'SQL of consumer/queries';
      const isColumns = key === 'columns';
      return isColumns ? member.map((column: object) => Object.values(column).join(' ')).join(', ') : member;
    }),
  );
}

/** Whether a value has members: an empty object or list is a leaf. */
const hasMembers = (value: Json | undefined): value is { readonly [key: string]: Json } | readonly Json[] =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/**
 * Returns the differences between two values by path: the other's value, or that it is absent.
 * @example differences({ a: 1, b: [2, 3] }, { b: [2, 4], c: { d: 5 } }) // { a: '(absent)', 'b.1': 4, 'c.d': 5 }
 */
function differences(one: Json | undefined, other: Json | undefined, path = ''): Record<string, Json> {
  if (!hasMembers(other) || (one !== undefined && Array.isArray(one) !== Array.isArray(other))) {
    return JSON.stringify(one) === JSON.stringify(other) ? {} : { [path]: other ?? absent };
  }
  const members = new Map(hasMembers(one) ? Object.entries<Json>(one) : []);
  const others = new Map(Object.entries<Json>(other));
  const below = (key: string) => (path === '' ? key : `${path}.${key}`);
  return Object.assign(
    {},
    ...[...new Set([...members.keys(), ...others.keys()])].map((key) =>
      differences(members.get(key), others.get(key), below(key)),
    ),
  );
}

/** Every configuration's stack, as `cdktf deploy` deploys it. */
const stacks = new Map(Object.entries(configurations).map(([name, props]) => [name, synthesizeStack(props)]));

/**
 * Returns a value of every configuration's stack: complete for the first that has it, and as differences for the others.
 * Configurations with the same value share an entry.
 */
function compared(of: (stack: Synthesized) => unknown): Record<string, Json> {
  const values = [...stacks].map(([name, stack]) => ({ name, value: shortened(of(stack) ?? absent) }));
  const first = values.find(({ value }) => value !== absent);
  const same = new Map<string, { names: string[]; value: Json }>();
  for (const { name, value } of values) {
    const base = value === first?.value ? undefined : first?.value;
    const shown = value === absent ? value : differences(base, value);
    const text = JSON.stringify(value);
    const group = same.get(text) ?? { names: [], value: shown };
    same.set(text, { ...group, names: [...group.names, name] });
  }
  return Object.fromEntries([...same.values()].map(({ names, value }) => [names.join(', '), value]));
}

/**
 * The resources of one part of the composite in every configuration, by address.
 * @param id the part's construct id, with which the names of its resources begin
 * @param isAmong which of the part's resources, by their address
 */
function resourcesInConfigurations(
  id: string,
  isAmong: (address: string) => boolean = () => true,
): Record<string, Record<string, Json>> {
  const addresses = [...stacks.values()].flatMap(({ resource }) =>
    Object.entries(resource).flatMap(([type, named]) =>
      Object.keys(named).map((name) => [type, name] as const),
    ),
  );
  const own = addresses.filter(
    ([type, name]) => new RegExp(`^${id}(_|$)`).test(name) && isAmong(`${type}.${name}`),
  );
  return Object.fromEntries(
    own.map(([type, name]) => [`${type}.${name}`, compared(({ resource }) => resource[type]?.[name])]),
  );
}

export { compared, differences, resourcesInConfigurations, stacks };
