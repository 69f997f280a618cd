import { type Configured, type Fields, withDefaults } from './check-fields';
import { checkSettings, unknownSettings } from './check-settings';
import { ConfigurationError } from './configuration-error';

/**
 * The settings of a construct: checked as far as they are known, defaults in place.
 * @throws {ConfigurationError} that names every setting that is not allowed, alone or beside the others
 */
function configure<Chosen extends Fields>(
  subject: string,
  fields: Chosen,
  props: object,
  /** Whether the props are settings and nothing else: what names none is refused then. */
  isWhole = false,
): Configured<Chosen> {
  const unknown = isWhole ? unknownSettings(fields, props) : [];
  const issues = [...unknown, ...checkSettings(fields, props)];
  if (issues.length > 0) throw new ConfigurationError(subject, issues);
  return withDefaults(fields, { ...props });
}

export { configure };
