import { streamFields } from '../stream-config';
import type { ConfigurationIssue } from './configuration-error';
import { checkFields, withDefaults } from './configure';
import { type Settings, streamRules } from './stream-rules';

/**
 * Everything that is wrong with the settings of a stream, as far as it is known before Terraform plans.
 * A rule that reads a setting which is wrong in itself is passed over: it could only repeat it.
 */
function checkStream(values: object): ConfigurationIssue[] {
  const issues = checkFields(streamFields, values as Readonly<Record<string, unknown>>); // only fields are looked at
  const wrong = new Set(issues.map(({ setting }) => setting));
  const sound = Object.fromEntries(Object.entries(values).filter(([name]) => !wrong.has(name)));
  const config = withDefaults(streamFields, sound);
  for (const { setting, message, holds } of streamRules) {
    const read = new Set<PropertyKey>();
    const observed = new Proxy<Settings>(config, {
      get: (target, name, receiver) => {
        read.add(name);
        return Reflect.get(target, name, receiver);
      },
    });
    if (holds(observed) === false && ![...wrong].some((name) => read.has(name)))
      issues.push({ setting, message });
  }
  return issues;
}

export { checkStream };
