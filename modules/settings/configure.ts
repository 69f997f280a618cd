import { Token } from 'cdktf';
import { z } from 'zod';
import { pageAddress } from '../../consumer/pages/page-address';
import { closestSetting } from './closest-setting';
import { ConfigurationError, type ConfigurationIssue } from './configuration-error';
import { describeField, type Fields } from './field';
import { messageOf, type Rule, type SettingGroup } from './rule';

/** Settings with their defaults applied; each may be an unresolved token. */
type Configured<Chosen extends Fields> = { [Name in keyof Chosen]: z.output<Chosen[Name]> };

/** One type with the members of all types of a union. */
type Merged<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  members: infer All extends Fields,
) => void
  ? All
  : never;

/** Combines several groups into one. */
function combine<Groups extends readonly SettingGroup[]>(
  ...groups: Groups
): SettingGroup<Merged<Groups[number]['fields']>> {
  return {
    fields: Object.assign({}, ...groups.map(({ fields }) => fields)), // groups share no name
    rules: groups.flatMap(({ rules }) => rules),
  };
}

/**
 * Selects settings of a group, with all its rules. Rules that read other settings are skipped during the
 * check.
 * @example pick(deliveryStreamSettings, 'dataPrefix', 'errorPrefix')
 */
function pick<Chosen extends Fields, Name extends keyof Chosen & string>(
  { fields, rules }: SettingGroup<Chosen>,
  ...names: readonly Name[]
): SettingGroup<Pick<Chosen, Name>> {
  const chosen = Object.entries(fields).filter(([name]) => names.some((one) => one === name));
  return { fields: Object.fromEntries(chosen) as Pick<Chosen, Name>, rules }; // the rest of the same members
}

/** Formats a value for an error. */
function formatValue(value: unknown): string {
  // JSON has no NaN and no infinity, and writes null.
  const text = (typeof value === 'number' ? undefined : JSON.stringify(value)) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  // a path of zod only leads through existing values
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)?.[key], value);
}

/** Returns the mistakes in one setting, as messages. */
function fieldIssues(name: string, schema: z.ZodType, value: unknown): ConfigurationIssue[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  const { allowed = 'text', form } = describeField(name, schema);
  const [first] = parsed.error.issues;
  const path = first?.path ?? [];
  const found = at(value, path);
  if (found === undefined) return [{ setting: name, message: `is missing: expected ${allowed}` }];
  const key = form.kind === 'map' && path.length > 0 ? `${formatValue(path[0])}: ` : '';
  // An account id without quotes is a number, and loses its leading zeros.
  const isNumber = form.kind === 'text' && typeof found === 'number';
  const quotes = isNumber ? ', as a string in quotes' : '';
  return [
    { setting: name, message: `${key}${formatValue(found)} is not valid: expected ${allowed}${quotes}` },
  ];
}

/** Returns the part of a value that is known before the plan; undefined when all of it is unknown. */
function knownPart(value: unknown): unknown {
  if (Token.isUnresolved(value)) return undefined;
  if (!Array.isArray(value) || !value.some((item) => Token.isUnresolved(item))) return value;
  const known = value.filter((item) => !Token.isUnresolved(item));
  return known.length > 0 ? known : undefined;
}

/** Returns the mistakes in the settings' known values; Terraform checks unresolved values. */
function checkFields(fields: Fields, values: Readonly<Record<string, unknown>>): ConfigurationIssue[] {
  return Object.entries(fields).flatMap(([name, schema]) =>
    Token.isUnresolved(values[name]) || (values[name] !== undefined && knownPart(values[name]) === undefined)
      ? []
      : fieldIssues(name, schema, knownPart(values[name])),
  );
}

/** Applies defaults to omitted settings. */
function withDefaults<Chosen extends Fields>(
  fields: Chosen,
  values: Readonly<Record<string, unknown>>,
): Configured<Chosen> {
  const entries = Object.entries(fields).map(([name, schema]) => {
    const value = values[name];
    return [name, value === undefined && schema instanceof z.ZodDefault ? schema.def.defaultValue : value];
  });
  return Object.fromEntries(entries) as Configured<Chosen>; // the same names, each with its schema's value
}

/** Thrown when a rule reads a setting that is missing or invalid. */
const unreadable = new Error('the setting is missing or invalid');

/**
 * Whether settings break a rule. A rule that reads a missing setting is not broken. The setting may belong to
 * another construct, or be invalid by itself, which another message reports.
 */
function breaks(config: object, rule: Rule<never>): boolean {
  const readable = new Proxy(config, {
    get(target, name, receiver) {
      if (!Object.hasOwn(target, name)) throw unreadable;
      return Reflect.get(target, name, receiver);
    },
  });
  try {
    return rule.holds(readable as never) === false; // all settings that the rule reads exist, or the proxy throws
  } catch (error) {
    if (error !== unreadable) throw error;
    return false;
  }
}

/**
 * Returns all mistakes in some settings that are known before the plan: in each setting, and by the rules
 * that only read these settings.
 */
function checkSettings({ fields, rules }: SettingGroup, values: object): ConfigurationIssue[] {
  const issues = checkFields(fields, values as Readonly<Record<string, unknown>>); // only fields are read
  const wrong = new Set(issues.map(({ setting }) => setting));
  const valid = Object.fromEntries(Object.entries(fields).filter(([name]) => !wrong.has(name)));
  const config = withDefaults(valid, { ...values });
  return [
    ...issues,
    ...rules
      .filter((rule) => breaks(config, rule))
      .map((rule) => ({ setting: rule.setting, message: messageOf(rule, config as never) })), // as in breaks
  ];
}

/** Returns the issue of a name that is not one of the known ones, with the closest of them. */
function unknownSetting(setting: string, known: readonly string[]): ConfigurationIssue {
  const closest = closestSetting(setting, known);
  const hint = closest === undefined ? '' : ` (closest: ${closest})`;
  return { setting, message: `is not a setting${hint}. See ${pageAddress('configuration')}` };
}

/** Returns an issue for each unknown setting, such as a misspelled one, because it would be ignored. */
function unknownSettings(fields: Fields, values: object): ConfigurationIssue[] {
  const known = Object.keys(fields);
  return Object.keys(values)
    .filter((name) => !known.includes(name))
    .map((name) => unknownSetting(name, known));
}

/** The key under which checked settings store the fields of the check. */
const checkedBy = Symbol('checked by');

/** Settings that are checked, with their defaults applied. A copy by spreading counts as checked too. */
type Checked<Chosen extends Fields> = Configured<Chosen> & { readonly [checkedBy]: Fields };

/** Whether another construct has already checked the settings in some props. */
function areChecked(props: { readonly [checkedBy]?: Fields }, fields: Fields): boolean {
  const checked = props[checkedBy];
  return checked !== undefined && Object.entries(fields).every(([name, field]) => checked[name] === field);
}

/**
 * Returns the settings of a construct, checked as far as they are known, with their defaults applied.
 * Settings that another construct passes on are already checked, and are not checked again.
 * @param subject the construct's path, for the error
 * @param isComplete whether the props only contain settings; unknown names are then an error
 * @throws {ConfigurationError} with every invalid setting, by itself or in combination with others
 */
function configure<Chosen extends Fields>(
  subject: string,
  group: SettingGroup<Chosen>,
  props: object,
  isComplete = false,
): Checked<Chosen> {
  const { fields } = group;
  if (!areChecked(props, fields)) {
    const unknown = isComplete ? unknownSettings(fields, props) : [];
    const issues = [...unknown, ...checkSettings(group, props)];
    if (issues.length > 0) throw new ConfigurationError(subject, issues);
  }
  return { ...withDefaults(fields, { ...props }), [checkedBy]: fields };
}

export {
  type Configured,
  checkFields,
  checkSettings,
  combine,
  configure,
  pick,
  unknownSetting,
  unknownSettings,
  withDefaults,
};
