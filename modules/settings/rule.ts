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
 * A rule that more than one setting has part in, or that neither a type nor a pattern can say. As an expression it
 * computes all its parts: Terraform 1.11 does not stop at the first that decides, so none may fail for a setting that
 * is null.
 */
interface Rule<Config> {
  /** The setting to change. */
  setting: keyof Config & string;
  /** The mistake, with the values that are wrong, and what to do about it. It reads no setting that `holds` does not. */
  message: string | ((config: Config) => string);
  /** Whether it is kept: known, or an expression for Terraform. */
  holds: (config: Config) => Condition;
}

/** Settings and the rules that they follow. */
interface SettingGroup<Chosen extends Fields = Fields> {
  readonly fields: Chosen;
  /** In the order in which they are reported; they may read settings of other groups too. */
  readonly rules: readonly Rule<never>[];
}

/** A value as a message shows it: as JSON, by Terraform where only Terraform knows it. */
function shown(value: unknown): string {
  const isOpen = [value].flat().some((item) => Token.isUnresolved(item)) || Token.isUnresolved(value);
  return isOpen ? Token.asString(Fn.jsonencode(value)) : JSON.stringify(value);
}

/** What a rule says of a configuration that breaks it. */
function messageOf<Config>({ message }: Pick<Rule<Config>, 'message'>, config: Config): string {
  return typeof message === 'string' ? message : message(config);
}

/** A setting that another one requires. */
function needs<Config>(
  setting: keyof Config & string,
  condition: (config: Config) => Condition,
  why: string,
): Rule<Config> {
  return {
    setting,
    message: `is missing: ${why}`,
    holds: (config) => implies(condition(config), isSet(config[setting])),
  };
}

/** A setting that has no effect unless another one is on. */
function idleUnless<Config>(
  setting: keyof Config & string,
  condition: (config: Config) => Condition,
  how: string,
): Rule<Config> {
  return {
    setting,
    message: `has no effect: ${how}, or leave it out`,
    holds: (config) => implies(isSet(config[setting]), condition(config)),
  };
}

/** A switch that has no effect unless another switch is on. */
function offUnless<Name extends string, Other extends string>(
  setting: Name,
  other: Other,
): Rule<Record<Name | Other, boolean>> {
  return {
    setting,
    message: `has no effect: set ${other} to true, or turn it off`,
    holds: (config) => implies(config[setting], config[other]),
  };
}

/** A list that names nothing twice. */
function distinct<Name extends string>(setting: Name): Rule<Record<Name, readonly string[] | undefined>> {
  return {
    setting,
    message: (config) => `names one twice: ${shown(config[setting])}; leave one of the two out`,
    holds: (config) => isDistinct(valueOr<readonly string[]>(config[setting], [])),
  };
}

/** A key has at most 1,024 bytes; day, hour, kind of error and the object's name, with the stream's, need the rest. */
const longestPrefix = 512;

/** A prefix that leaves room for the rest of a key. */
function shortPrefix<Name extends string>(setting: Name): Rule<Record<Name, string>> {
  return {
    setting,
    message: (config) =>
      `has ${shown(lengthOf(config[setting]))} characters, and ${longestPrefix} leave room for the rest of a key: ` +
      'choose a shorter one',
    holds: (config) => not(exceeds(lengthOf(config[setting]), longestPrefix)),
  };
}

/** Whether a folder overlaps one of others: the same, below it, or around it. */
function overlaps(folder: string, ...others: readonly string[]): Condition {
  return or(...others.map((other) => or(beginsWith(folder, other), beginsWith(other, folder))));
}

export {
  distinct,
  idleUnless,
  messageOf,
  needs,
  offUnless,
  overlaps,
  type Rule,
  type SettingGroup,
  shortPrefix,
  shown,
};
