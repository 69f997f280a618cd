import { configurations } from './configurations';
import { type Synthesized, synthesizeStack } from './synthesize';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What stands for an argument that is not there. */
const absent = '(absent)';

/**
 * A value with its longest parts shortened: the columns of a table are one text, and SQL, which has tests of its own, is
 * a name. The rest is as it is.
 */
function shortened(value: unknown): Json {
  return JSON.parse(
    JSON.stringify(value, (key, member) => {
      if (key === 'view_original_text' || key === 'query') return 'SQL of consumer/queries';
      const isColumns = key === 'columns';
      return isColumns ? member.map((column: object) => Object.values(column).join(' ')).join(', ') : member;
    }),
  );
}

/** Whether a value has members: an empty object or list is a leaf. */
const hasMembers = (value: Json | undefined): value is { readonly [key: string]: Json } | readonly Json[] =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/**
 * Where a value differs from another, by path: the other's value, or that there is none.
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
 * A value of every configuration's stack: whole in the first that has it, and in the others as what differs from that.
 * Configurations in which it is the same stand together.
 */
function compared(of: (stack: Synthesized) => unknown): Record<string, Json> {
  const values = [...stacks].map(([name, stack]) => ({ name, value: shortened(of(stack) ?? absent) }));
  const whole = values.find(({ value }) => value !== absent);
  const same = new Map<string, { names: string[]; value: Json }>();
  for (const { name, value } of values) {
    const base = value === whole?.value ? undefined : whole?.value;
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
