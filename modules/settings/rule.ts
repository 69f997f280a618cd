import { Fn, Token } from 'cdktf';
import {
  beginsWith,
  type Condition,
  exceeds,
  implies,
  isDistinct,
  isSet,
  lengthOf,
  not,
  or,
  valueOr,
} from '../cdktf/condition';
import type { Fields } from './field';

/**
 * A rule for several settings, or one that neither a type nor a pattern can express. Terraform 1.11 evaluates
 * all parts of an expression, so no part may fail for a setting that is null.
 */
interface Rule<Config> {
  /** The setting to change. */
  setting: keyof Config & string;
  /** The mistake, with the wrong values and the fix. It only reads settings that `holds` reads. */
  message: string | ((config: Config) => string);
  /** Whether the rule holds: known, or a Terraform expression. */
  holds: (config: Config) => Condition;
}

/** Settings and their rules. */
interface SettingGroup<Chosen extends Fields = Fields> {
  readonly fields: Chosen;
  /** In the order of the report; they may read settings of other groups too. */
  readonly rules: readonly Rule<never>[];
}

/** Formats a value for a message as JSON; Terraform formats unresolved values. */
function formatValue(value: unknown): string {
  const isOpen = [value].flat().some((item) => Token.isUnresolved(item)) || Token.isUnresolved(value);
  return isOpen ? Token.asString(Fn.jsonencode(value)) : JSON.stringify(value);
}

/** Returns the message of a rule for a configuration that breaks it. */
function messageOf<Config>({ message }: Pick<Rule<Config>, 'message'>, config: Config): string {
  return typeof message === 'string' ? message : message(config);
}

/**
 * Creates the rule for a setting that another one requires.
 * @param why the condition and the fix: `if createBucket is false: set it to …`
 */
function requiredIf<Config>(
  setting: keyof Config & string,
  condition: (config: Config) => Condition,
  why: string,
): Rule<Config> {
  return {
    setting,
    message: `is required ${why}`,
    holds: (config) => implies(condition(config), isSet(config[setting])),
  };
}

/** Creates the rule for a setting that has no effect unless another one is on. */
function noEffectUnless<Config>(
  setting: keyof Config & string,
  condition: (config: Config) => Condition,
  how: string,
): Rule<Config> {
  return {
    setting,
    message: `has no effect: ${how}, or remove ${setting}`,
    holds: (config) => implies(isSet(config[setting]), condition(config)),
  };
}

/** Creates the rule for a switch that has no effect unless another switch is on. */
function falseUnless<Name extends string, Other extends string>(
  setting: Name,
  other: Other,
): Rule<Record<Name | Other, boolean>> {
  return {
    setting,
    message: `has no effect: set ${other} to true, or ${setting} to false`,
    holds: (config) => implies(config[setting], config[other]),
  };
}

/** Creates the rule for a list without repeated items. */
function distinct<Name extends string>(setting: Name): Rule<Record<Name, readonly string[] | undefined>> {
  return {
    setting,
    message: (config) => `contains a value twice: ${formatValue(config[setting])}; remove one of them`,
    holds: (config) => isDistinct(valueOr<readonly string[]>(config[setting], [])),
  };
}

/**
 * Maximum length of a prefix. A key has at most 1,024 bytes, and day, hour, kind of error and the object's
 * name need the rest.
 */
const maximumPrefixLength = 512;

/** Creates the rule for a prefix that is short enough for the rest of a key. */
function shortPrefix<Name extends string>(setting: Name): Rule<Record<Name, string>> {
  return {
    setting,
    message: (config) =>
      `has ${formatValue(lengthOf(config[setting]))} characters, but the maximum is ${maximumPrefixLength}: use a shorter prefix`,
    holds: (config) => not(exceeds(lengthOf(config[setting]), maximumPrefixLength)),
  };
}

/** Whether a folder equals one of others, is inside it, or contains it. */
function overlaps(folder: string, ...others: readonly string[]): Condition {
  return or(...others.map((other) => or(beginsWith(folder, other), beginsWith(other, folder))));
}

export {
  distinct,
  falseUnless,
  formatValue,
  messageOf,
  noEffectUnless,
  overlaps,
  type Rule,
  requiredIf,
  type SettingGroup,
  shortPrefix,
};
