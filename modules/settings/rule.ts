import { Fn, Token } from 'cdktf';
import type { Condition } from '../cdktf/condition';
import type { streamFields } from '../stream-settings';
import type { Configured } from './check-fields';

/** Settings with their defaults in place. */
type Settings = Configured<typeof streamFields>;

/**
 * A rule that more than one setting has part in, or that neither a type nor a pattern can say. As an expression it
 * computes all its parts: Terraform 1.11 does not stop at the first that decides, so none may fail for a setting that
 * is null.
 */
interface Rule {
  /** The setting to change. */
  setting: keyof Settings;
  /** What is wrong, with the values that are, and what to do about it. It reads no setting that `holds` does not. */
  message: string | ((config: Settings) => string);
  /** Whether it is kept: known, or an expression for Terraform. */
  holds: (config: Settings) => Condition;
}

/** A value as a message shows it: as JSON, by Terraform where only Terraform knows it. */
function shown(value: unknown): string {
  const isOpen = [value].flat().some((item) => Token.isUnresolved(item)) || Token.isUnresolved(value);
  return isOpen ? Token.asString(Fn.jsonencode(value)) : JSON.stringify(value);
}

/** What a rule says of a configuration that breaks it. */
function messageOf({ message }: Pick<Rule, 'message'>, config: Settings): string {
  return typeof message === 'string' ? message : message(config);
}

export { messageOf, type Rule, type Settings, shown };
