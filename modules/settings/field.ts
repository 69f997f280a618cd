import { z } from 'zod';

/** The description of a setting. Its type and limits are in its schema. */
interface FieldMeaning {
  /** The meaning and effect of the setting, in one or two sentences. */
  description: string;
  /** Unit of its numbers. */
  unit?: string;
  /** Description of its pattern; for other forms the description follows from the schema. */
  allowed?: string;
  /** Source of its limits. */
  source?: string;
  /** Effect of omitting it, where that is not a plain value. */
  whenOmitted?: string;
}

/** Settings by name. */
type Fields = Readonly<Record<string, z.ZodType>>;

/** Descriptions of the settings, by schema. */
const meanings = z.registry<FieldMeaning>();

/** Adds a description to a setting. */
function field<Schema extends z.ZodType>(schema: Schema, meaning: FieldMeaning): Schema {
  meanings.add(schema, meaning);
  return schema;
}

/** The kinds of setting: each has a form in TypeScript, in an environment variable and in Terraform. */
type FieldForm =
  | { kind: 'text'; pattern?: RegExp }
  | { kind: 'number'; minimum: number; maximum: number; whole: boolean }
  | { kind: 'switch' }
  | { kind: 'choice'; choices: readonly (string | number)[] }
  | { kind: 'list'; of: FieldForm; minimum: number }
  | { kind: 'map' };

/** All data of a setting, for checks, props, variables and documentation. */
interface Field extends FieldMeaning {
  name: string;
  form: FieldForm;
  optional: boolean;
  /** Undefined where there is none. */
  default: unknown;
}

/** Creates the error for a schema that environment variables or Terraform variables cannot express. */
function unsupported(name: string, what: string): Error {
  return new Error(
    `setting ${name} uses ${what}. Supported are number ranges, enums, lists and RE2 patterns`,
  );
}

/** The definition of a zod check. */
interface CheckDefinition {
  check: string;
  format?: string;
  pattern?: RegExp;
  minimum?: number;
  inclusive?: boolean;
}

function checksOf(schema: z.ZodType): CheckDefinition[] {
  // zod only types the part of a definition that all checks share.
  return (schema.def.checks ?? []).map((check) => check._zod.def as CheckDefinition);
}

/**
 * Checks that RE2, Terraform's regular expressions, supports a pattern: it has no lookaround and no
 * backreferences.
 */
function checkPattern(name: string, pattern: RegExp): RegExp {
  if (/\(\?(?:[=!<])|\\[1-9k]/.test(pattern.source) || pattern.flags !== '') {
    throw unsupported(name, `the pattern ${pattern}, which RE2 does not support`);
  }
  return pattern;
}

function textForm(name: string, schema: z.ZodString): FieldForm {
  const checks = checksOf(schema);
  const [pattern, ...more] = checks.flatMap((check) => (check.format === 'regex' ? [check.pattern] : []));
  if (checks.some(({ format }) => format !== 'regex') || more.length > 0) {
    throw unsupported(name, 'a text check other than a single pattern');
  }
  return pattern === undefined ? { kind: 'text' } : { kind: 'text', pattern: checkPattern(name, pattern) };
}

function numberForm(name: string, schema: z.ZodNumber): FieldForm {
  const checks = checksOf(schema).map(({ check, inclusive }) => (inclusive === false ? 'exclusive' : check));
  const known = ['number_format', 'greater_than', 'less_than'];
  const { minValue, maxValue } = schema;
  if (
    minValue === null ||
    maxValue === null ||
    !checks.includes('greater_than') ||
    !checks.includes('less_than') ||
    checks.some((check) => !known.includes(check))
  ) {
    throw unsupported(name, 'a number without both limits, or an unsupported number check');
  }
  return { kind: 'number', minimum: minValue, maximum: maxValue, whole: checks.includes('number_format') };
}

function listForm(name: string, schema: z.ZodArray<z.ZodType>): FieldForm {
  const checks = checksOf(schema);
  if (checks.some(({ check }) => check !== 'min_length'))
    throw unsupported(name, 'an unsupported list check');
  return { kind: 'list', of: formOf(name, schema.element), minimum: checks[0]?.minimum ?? 0 };
}

function formOf(name: string, schema: z.ZodType): FieldForm {
  if (schema instanceof z.ZodString) return textForm(name, schema);
  if (schema instanceof z.ZodNumber) return numberForm(name, schema);
  if (schema instanceof z.ZodArray) return listForm(name, schema as z.ZodArray<z.ZodType>); // zod's own element type is narrower
  if (checksOf(schema).length > 0) throw unsupported(name, 'a check that Terraform does not support');
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', choices: schema.options };
  if (schema instanceof z.ZodLiteral) return { kind: 'choice', choices: [...schema.values] as number[] }; // only numbers are given to z.literal
  if (schema instanceof z.ZodRecord) return { kind: 'map' };
  throw unsupported(name, `the type ${schema.def.type}`);
}

/** Describes a map in words. */
const mapWords = 'a map of strings, such as {"Team": "mail"}';

function describeScalar(form: FieldForm, unit: string | undefined): string | undefined {
  switch (form.kind) {
    case 'number': {
      const { minimum, maximum, whole } = form;
      return `${whole ? 'a whole number' : 'a number'} from ${minimum} to ${maximum}${unit === undefined ? '' : ` ${unit}`}`;
    }
    case 'switch':
      return 'true or false';
    case 'choice':
      return `one of ${form.choices.join(', ')}`;
    case 'map':
      return mapWords;
    default:
      return undefined;
  }
}

/** Describes a form in words, for errors and documentation. */
function describeForm(
  form: FieldForm,
  unit: string | undefined,
  allowed: string | undefined,
): string | undefined {
  if (form.kind !== 'list') return allowed ?? describeScalar(form, unit);
  const minimum = form.minimum > 0 ? `, at least ${form.minimum}` : '';
  if (form.of.kind === 'choice') {
    const count = ['any', 'one or more'][form.minimum] ?? `${form.minimum} or more`;
    return `a list of ${count} of ${form.of.choices.join(', ')}`;
  }
  return `a list${allowed === undefined ? '' : ` of ${allowed}`}${minimum}`;
}

/**
 * Describes a setting from its schema.
 * @throws {Error} when the schema contains a check that has no equivalent in Terraform
 */
function describeField(name: string, schema: z.ZodType): Field {
  const meaning = meanings.get(schema);
  if (meaning === undefined) throw new Error(`setting ${name} has no description: create it with field()`);
  const optional = schema instanceof z.ZodOptional;
  const inner =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
      ? (schema.unwrap() as z.ZodType)
      : schema; // zod leaves the inner type open
  const form = formOf(name, inner);
  const allowed = describeForm(form, meaning.unit, meaning.allowed);
  return {
    name,
    ...meaning,
    form,
    ...(allowed !== undefined && { allowed }),
    optional,
    default: schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined,
  };
}

export { describeField, type Field, type FieldForm, type Fields, field, mapWords };
