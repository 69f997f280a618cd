import { z } from 'zod';

/** What a setting is, beside its type and its limits, which its schema holds. */
interface FieldMeaning {
  /** What it is and does, one or two sentences. */
  description: string;
  /** What its numbers count. */
  unit?: string;
  /** What its pattern allows, in words; for other forms the words follow from the schema. */
  allowed?: string;
  /** Where its limits come from. */
  source?: string;
  /** What happens when it is left out, where that is no plain value. */
  leftOut?: string;
}

/** Meanings of the settings, by schema. */
const meanings = z.registry<FieldMeaning>();

/** Gives a setting its meaning. */
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

/** A setting as everything that is made from it sees it: checks, props, variables, documentation. */
interface Field extends FieldMeaning {
  name: string;
  form: FieldForm;
  optional: boolean;
  /** Undefined where there is none. */
  default: unknown;
}

export { type Field, type FieldForm, field, meanings };
