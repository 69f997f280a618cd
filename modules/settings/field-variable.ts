import { TerraformVariable, type TerraformVariableConfig, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { snakeName } from '../cdktf/logical-id';
import type { Field, FieldForm } from './field';

type Validation = NonNullable<TerraformVariableConfig['validation']>[number];

/** A setting and the variable that it is given with. */
interface Declared {
  field: Field;
  variable: TerraformVariable;
}

/** The type that a form has in Terraform. */
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

/** A value in the language of Terraform, with nothing in its texts that Terraform would take for its own. */
function literal(value: unknown): string {
  // Not texts as replacements: in those $$ stands for $.
  return JSON.stringify(value).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** What must hold for a value, as an expression of Terraform; undefined where its type says it all. */
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

/** The limits of a setting, with the message that the constructs give for them. */
function limits({ name, form, allowed = 'another value', optional }: Field): Validation[] {
  const variable = `var.${snakeName(name)}`;
  const holds = condition(variable, form);
  if (holds === undefined) return [];
  return [
    {
      // A conditional, because both sides of || are computed.
      condition: `\${${optional ? `${variable} == null ? true : ${holds}` : holds}}`,
      errorMessage: `\${jsonencode(${variable})} is not allowed here: write ${allowed}`,
    },
  ];
}

function description({ description: text, allowed, leftOut, form, optional }: Field): string {
  const sentences = [
    text,
    ...(allowed === undefined || form.kind === 'switch' ? [] : [`Allowed: ${allowed}.`]),
    ...(optional && leftOut !== undefined ? [`When null: ${leftOut}.`] : []),
  ];
  return sentences.join(' ');
}

/** The variable of a setting: its type, limits, default and description. */
function streamVariable(scope: Construct, field: Field): TerraformVariable {
  const name = snakeName(field.name);
  const variable = new TerraformVariable(scope, name, {
    type: typeOf(field.form),
    description: description(field),
    nullable: field.optional,
  });
  for (const limit of limits(field)) variable.addValidation(limit);
  variable.overrideLogicalId(name);
  // Not as an argument: CDKTF fails on null, and rewrites the keys of a map.
  variable.addOverride('default', field.default ?? null);
  return variable;
}

/** A variable's value, as what the setting's prop takes. */
function tokenOf({ field, variable }: Declared): unknown {
  const type = typeOf(field.form);
  if (type === 'string') return variable.stringValue;
  if (type === 'number') return variable.numberValue;
  if (type === 'bool') return variable.booleanValue;
  return type === 'map(string)' ? Token.asStringMap(variable.value) : variable.listValue;
}

export { streamVariable, tokenOf };
