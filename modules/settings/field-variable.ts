import { TerraformVariable, type TerraformVariableConfig, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { snakeName } from '../cdktf/logical-id';
import type { Field, FieldForm } from './field';

type Validation = NonNullable<TerraformVariableConfig['validation']>[number];

/** A setting and its variable. */
interface Declared {
  field: Field;
  variable: TerraformVariable;
}

/** Returns the Terraform type of a form. */
function typeOf(form: FieldForm): string {
  switch (form.kind) {
    case 'text':
      return 'string';
    case 'number':
      return 'number';
    case 'switch':
      return 'bool';
    case 'choice':
      return form.choices.every((choice) => typeof choice === 'number') ? 'number' : 'string';
    case 'list':
      return `list(${typeOf(form.of)})`;
    case 'map':
      return 'map(string)';
  }
}

/** Formats a value in the language of Terraform, with `${` and `%{` in its texts escaped. */
function literal(value: unknown): string {
  // Not texts as replacements, in which $$ means $.
  return JSON.stringify(value).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** Returns the condition for a valid value as a Terraform expression; undefined where its type is sufficient. */
function condition(value: string, form: FieldForm): string | undefined {
  switch (form.kind) {
    case 'text':
      return form.pattern && `can(regex(${literal(form.pattern.source.replaceAll('\\/', '/'))}, ${value}))`;
    case 'number': {
      const within = `${value} >= ${form.minimum} && ${value} <= ${form.maximum}`;
      return form.whole ? `${within} && floor(${value}) == ${value}` : within;
    }
    case 'choice':
      return `contains(${literal(form.choices)}, ${value})`;
    case 'list': {
      const each = condition('item', form.of);
      const parts = [
        ...(form.minimum > 0 ? [`length(${value}) >= ${form.minimum}`] : []),
        ...(each === undefined ? [] : [`alltrue([for item in ${value} : ${each}])`]),
      ];
      return parts.length === 0 ? undefined : parts.join(' && ');
    }
    default:
      return undefined;
  }
}

/** Returns the validations of a setting's limits, with the same message as the constructs. */
function limits({ name, form, allowed = 'another value', optional }: Field): Validation[] {
  const variable = `var.${snakeName(name)}`;
  const holds = condition(variable, form);
  if (holds === undefined) return [];
  return [
    {
      // A conditional, because Terraform evaluates both sides of ||.
      condition: `\${${optional ? `${variable} == null ? true : ${holds}` : holds}}`,
      errorMessage: `\${jsonencode(${variable})} is not valid: expected ${allowed}`,
    },
  ];
}

function description({ description: text, allowed, whenOmitted, form, optional }: Field): string {
  const sentences = [
    text,
    ...(allowed === undefined || form.kind === 'switch' || form.kind === 'map'
      ? []
      : [`Allowed: ${allowed}.`]),
    ...(optional && whenOmitted !== undefined ? [`Default: ${whenOmitted}.`] : []),
  ];
  return sentences.join(' ');
}

/** Creates the variable of a setting: its type, limits, default and description. */
function streamVariable(scope: Construct, field: Field): TerraformVariable {
  const name = snakeName(field.name);
  const variable = new TerraformVariable(scope, name, {
    type: typeOf(field.form),
    description: description(field),
    nullable: field.optional,
  });
  for (const limit of limits(field)) variable.addValidation(limit);
  variable.overrideLogicalId(name);
  // Not as an argument, because CDKTF fails on null, and rewrites the keys of a map.
  variable.addOverride('default', field.default ?? null);
  return variable;
}

/** Converts a variable to a value of the setting's prop. */
function tokenOf({ field, variable }: Declared): unknown {
  const type = typeOf(field.form);
  if (type === 'string') return variable.stringValue;
  if (type === 'number') return variable.numberValue;
  if (type === 'bool') return variable.booleanValue;
  return type === 'map(string)' ? Token.asStringMap(variable.value) : variable.listValue;
}

export { streamVariable, tokenOf };
