import { type Configured, checkFields, type Fields, withDefaults } from './check-fields';
import { ConfigurationError, type ConfigurationIssue } from './configuration-error';
import { messageOf, type Rule } from './rule';
import type { SettingGroup } from './setting-group';

/** Thrown where a rule reads a setting that is not there to read. */
const unreadable = new Error('a setting that is not there to read');

/**
 * Whether settings break a rule. A rule that reads a setting which is not among them is not broken: it may be one of
 * another construct, or wrong in itself, and the rule could only repeat that.
 */
function breaks(config: object, rule: Rule<never>): boolean {
  const readable = new Proxy(config, {
    get(target, name, receiver) {
      if (!Object.hasOwn(target, name)) throw unreadable;
      return Reflect.get(target, name, receiver);
    },
  });
  try {
    return rule.holds(readable as never) === false; // what the rule reads is there, or it ends here
  } catch (error) {
    if (error !== unreadable) throw error;
    return false;
  }
}

/**
 * Everything that is wrong with some settings, as far as it is known before Terraform plans: each by itself, and by the
 * rules that read none but these.
 */
function checkSettings({ fields, rules }: SettingGroup, values: object): ConfigurationIssue[] {
  const issues = checkFields(fields, values as Readonly<Record<string, unknown>>); // only fields are looked at
  const wrong = new Set(issues.map(({ setting }) => setting));
  const sound = Object.fromEntries(Object.entries(fields).filter(([name]) => !wrong.has(name)));
  const config = withDefaults(sound, { ...values });
  return [
    ...issues,
    ...rules
      .filter((rule) => breaks(config, rule))
      .map((rule) => ({ setting: rule.setting, message: messageOf(rule, config as never) })), // as in breaks
  ];
}

/** What names no setting, such as one that is misspelled: it would be ignored. */
function unknownSettings(fields: Fields, values: object): ConfigurationIssue[] {
  return Object.keys(values)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((setting) => ({ setting, message: 'names no setting: docs/configuration.md lists them' }));
}

/** Where settings that are checked say by which fields. */
const checkedBy = Symbol('checked by');

/** Settings that are checked, with their defaults in place. A copy made by spreading them is checked too. */
type Checked<Chosen extends Fields> = Configured<Chosen> & { readonly [checkedBy]: Fields };

/** Whether props hold the settings of a construct as another one has checked them. */
function areChecked(props: { readonly [checkedBy]?: Fields }, fields: Fields): boolean {
  const checked = props[checkedBy];
  return checked !== undefined && Object.entries(fields).every(([name, field]) => checked[name] === field);
}

/**
 * The settings of a construct: checked as far as they are known, defaults in place. A construct that hands its settings
 * on to others has checked them: they are not checked again.
 * @param subject the construct's path, for the error
 * @param isWhole whether the props are settings and nothing else: what names none is refused then
 * @throws {ConfigurationError} that names every setting that is not allowed, alone or beside the others
 */
function configure<Chosen extends Fields>(
  subject: string,
  group: SettingGroup<Chosen>,
  props: object,
  isWhole = false,
): Checked<Chosen> {
  const { fields } = group;
  if (!areChecked(props, fields)) {
    const unknown = isWhole ? unknownSettings(fields, props) : [];
    const issues = [...unknown, ...checkSettings(group, props)];
    if (issues.length > 0) throw new ConfigurationError(subject, issues);
  }
  return { ...withDefaults(fields, { ...props }), [checkedBy]: fields };
}

export { checkSettings, configure, unknownSettings };
