import type { Fields } from './check-fields';
import type { Rule } from './rule';

/** Settings and the rules that they follow. A rule may read settings of other groups too. */
interface SettingGroup<Chosen extends Fields = Fields> {
  readonly fields: Chosen;
  readonly rules: readonly Rule<never>[];
}

/** One type with the members of all types of a union. */
type Merged<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  members: infer All extends Fields,
) => void
  ? All
  : never;

/** Several groups as one. */
function combine<Groups extends readonly SettingGroup[]>(
  ...groups: Groups
): SettingGroup<Merged<Groups[number]['fields']>> {
  return {
    fields: Object.assign({}, ...groups.map(({ fields }) => fields)), // groups share no name
    rules: groups.flatMap(({ rules }) => rules),
  };
}

/**
 * Some settings of a group, with all its rules: those that read others besides are passed over when they are checked.
 * @example pick(deliveryStreamSettings, 'dataPrefix', 'errorPrefix')
 */
function pick<Chosen extends Fields, Name extends keyof Chosen & string>(
  { fields, rules }: SettingGroup<Chosen>,
  ...names: readonly Name[]
): SettingGroup<Pick<Chosen, Name>> {
  const chosen = Object.entries(fields).filter(([name]) => names.some((one) => one === name));
  return { fields: Object.fromEntries(chosen) as Pick<Chosen, Name>, rules }; // what is left of the same members
}

export { combine, pick, type SettingGroup };
