import { Token } from 'cdktf';
import { z } from 'zod';
import { ConfigurationError, type ConfigurationIssue } from './configuration-error';
import { describeField } from './describe-field';

/** Settings by name. */
type Fields = Readonly<Record<string, z.ZodType>>;

/** Settings with their defaults in place; each may be an unresolved token. */
type Configured<Chosen extends Fields> = { [Name in keyof Chosen]: z.output<Chosen[Name]> };

/** A value as an error shows it. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  // a path of zod's leads through what was found there
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)?.[key], value);
}

/** What is wrong with one setting, in words. */
function fieldIssues(name: string, schema: z.ZodType, value: unknown): ConfigurationIssue[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  const allowed = describeField(name, schema).allowed ?? 'text';
  const [first] = parsed.error.issues;
  const found = at(value, first?.path ?? []);
  return [{ setting: name, message: `${shown(found)} is not allowed here: write ${allowed}` }];
}

/** Whether a value, or one inside it, is known only to Terraform. */
function isUnresolved(value: unknown): boolean {
  return (
    Token.isUnresolved(value) || (Array.isArray(value) && value.some((item) => Token.isUnresolved(item)))
  );
}

/** Everything that is wrong with the settings' known values; what is unresolved is left to Terraform. */
function checkFields(fields: Fields, values: Readonly<Record<string, unknown>>): ConfigurationIssue[] {
  return Object.entries(fields).flatMap(([name, schema]) =>
    isUnresolved(values[name]) ? [] : fieldIssues(name, schema, values[name]),
  );
}

/** Puts defaults in the place of what is left out. */
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

/**
 * The settings of a construct: checked as far as they are known, defaults in place.
 * @throws {ConfigurationError} that names every setting that is not allowed
 */
function configure<Chosen extends Fields>(
  subject: string,
  fields: Chosen,
  props: object,
): Configured<Chosen> {
  const values = props as Readonly<Record<string, unknown>>; // only names of fields are looked at
  const issues = checkFields(fields, values);
  if (issues.length > 0) throw new ConfigurationError(subject, issues);
  return withDefaults(fields, values);
}

export { type Configured, checkFields, configure, type Fields, withDefaults };
