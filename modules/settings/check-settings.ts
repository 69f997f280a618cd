import { streamFields } from '../stream-settings';
import { checkFields, type Fields, withDefaults } from './check-fields';
import type { ConfigurationIssue } from './configuration-error';
import { messageOf, type Settings } from './rule';
import { streamRules } from './stream-rules';

/**
 * Everything that is wrong with some settings, as far as it is known before Terraform plans: each by itself, and by the
 * rules that read none but these. A rule that reads a setting which is wrong in itself could only repeat it.
 */
function checkSettings(fields: Fields, values: object): ConfigurationIssue[] {
  const issues = checkFields(fields, values as Readonly<Record<string, unknown>>); // only fields are looked at
  const wrong = new Set<PropertyKey>(issues.map(({ setting }) => setting));
  const sound = Object.entries(values).filter(([name]) => Object.hasOwn(fields, name) && !wrong.has(name));
  const config = withDefaults(streamFields, Object.fromEntries(sound));
  for (const rule of streamRules) {
    const { setting, holds } = rule;
    const read = new Set<PropertyKey>();
    const observed = new Proxy<Settings>(config, {
      get: (target, name, receiver) => {
        read.add(name);
        return Reflect.get(target, name, receiver);
      },
    });
    const broken = holds(observed) === false;
    if (broken && [...read].every((name) => Object.hasOwn(fields, name) && !wrong.has(name))) {
      issues.push({ setting, message: messageOf(rule, config) });
    }
  }
  return issues;
}

/** What names no setting, such as one that is misspelled: it would be ignored. */
function unknownSettings(fields: Fields, values: object): ConfigurationIssue[] {
  return Object.keys(values)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((setting) => ({ setting, message: 'names no setting: docs/configuration.md lists them' }));
}

/** Everything that is wrong with the settings of a whole stream, as far as it is known before Terraform plans. */
function checkStream(values: object): ConfigurationIssue[] {
  return checkSettings(streamFields, values);
}

export { checkSettings, checkStream, unknownSettings };
