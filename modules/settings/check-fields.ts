import { Token } from 'cdktf';
import { z } from 'zod';
import type { ConfigurationIssue } from './configuration-error';
import { describeField } from './describe-field';

/** Settings by name. */
type Fields = Readonly<Record<string, z.ZodType>>;

/** Settings with their defaults in place; each may be an unresolved token. */
type Configured<Chosen extends Fields> = { [Name in keyof Chosen]: z.output<Chosen[Name]> };

/** A value as an error shows it. */
function shown(value: unknown): string {
  // JSON has no NaN and no infinity, and writes null.
  const text = (typeof value === 'number' ? undefined : JSON.stringify(value)) ?? String(value);
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
  const { allowed = 'text', form } = describeField(name, schema);
  const [first] = parsed.error.issues;
  const path = first?.path ?? [];
  const found = at(value, path);
  if (found === undefined) return [{ setting: name, message: `is missing: write ${allowed}` }];
  const key = form.kind === 'map' && path.length > 0 ? `${shown(path[0])}: ` : '';
  // An account id without quotes is a number, and loses its zeros in front.
  const isNumber = form.kind === 'text' && typeof found === 'number';
  const quotes = isNumber ? ', as text in quotes' : '';
  return [{ setting: name, message: `${key}${shown(found)} is not allowed here: write ${allowed}${quotes}` }];
}

/** What of a value is known before Terraform plans; undefined when nothing is. */
function knownPart(value: unknown): unknown {
  if (Token.isUnresolved(value)) return undefined;
  if (!Array.isArray(value) || !value.some((item) => Token.isUnresolved(item))) return value;
  const known = value.filter((item) => !Token.isUnresolved(item));
  return known.length > 0 ? known : undefined;
}

/** Everything that is wrong with the settings' known values; what is unresolved is left to Terraform. */
function checkFields(fields: Fields, values: Readonly<Record<string, unknown>>): ConfigurationIssue[] {
  return Object.entries(fields).flatMap(([name, schema]) =>
    Token.isUnresolved(values[name]) || (values[name] !== undefined && knownPart(values[name]) === undefined)
      ? []
      : fieldIssues(name, schema, knownPart(values[name])),
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

export { type Configured, checkFields, type Fields, withDefaults };
