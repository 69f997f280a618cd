import { tmpdir } from 'node:os';
import { App, TerraformOutput, TerraformStack, type TerraformVariableConfig } from 'cdktf';
import { Construct } from 'constructs';
import { isKnown, not } from '../cdktf/condition';
import { snakeName } from '../cdktf/logical-id';
import { renderingFailureWarning, trackingWarning } from '../configuration-set/configuration-set';
import { EmailEventStream } from '../email-event-stream';
import { withDefaults } from '../settings/configure';
import { streamVariable, tokenOf } from '../settings/field-variable';
import { messageOf } from '../settings/rule';
import type { StreamProps } from '../settings/stream-props.generated';
import { describeFields, type StreamSettings, streamSettings } from '../stream-settings';
import type { JsonBody } from './hcl/from-json';

/** Blocks of one type by their labels: the name, or the type and the name. */
type Named<Body = JsonBody> = Readonly<Record<string, Body>>;

/** The blocks of the module in Terraform's JSON syntax. */
interface ModuleBlocks {
  variable: Named<VariableBody>;
  output: Named<{ value: unknown; description: string; depends_on?: readonly string[] }>;
  locals: JsonBody;
  resource: Named<Named>;
  data: Named<Named>;
  check: Named;
}

/** The declaration of a variable. */
interface VariableBody extends JsonBody {
  type: string;
  description: string;
  default?: unknown;
  validation?: readonly { condition: string; error_message: string }[];
}

/** Spells the names of settings in a text as variables. */
function snakeCase(text: string): string {
  const names = streamSettings.fields;
  return text.replace(/\b[a-z]+(?:[A-Z][a-z]*)+\b/g, (word) =>
    Object.hasOwn(names, word) ? snakeName(word) : word,
  );
}

/** Removes CDKTF's metadata from blocks, and spells settings in texts as variables. */
function asModule(blocks: object): ModuleBlocks {
  const replaced = (key: string, value: unknown) => {
    if (key === '//') return undefined;
    const isText = ['description', 'error_message'].includes(key) && typeof value === 'string';
    return isText ? snakeCase(value) : value;
  };
  return JSON.parse(JSON.stringify(blocks, replaced));
}

/** One validation of a variable. */
type Validation = NonNullable<TerraformVariableConfig['validation']>[number];

/** Returns the validations of the rules of a setting; all settings are tokens. */
function ruleValidations(name: string, config: StreamSettings): Validation[] {
  return streamSettings.rules
    .filter(({ setting }) => setting === name)
    .map((rule) => {
      const message = messageOf(rule, config);
      const condition = rule.holds(config);
      if (isKnown(condition))
        throw new Error(`the rule of ${name} does not depend on a variable: ${message}`);
      return { condition, errorMessage: `${name} ${message}` };
    });
}

/** Creates the composite with a variable for each setting, as a stack without a provider or a state. */
function createBlocks(): ModuleBlocks {
  // The app is never written; with an existing folder it does not create one.
  const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'terraform');
  // Variables and outputs share names, which Terraform allows and CDKTF does not, so they have separate
  // scopes.
  const variables = new Construct(stack, 'variables');
  const fields = describeFields();
  const declared = fields.map((field) => ({ field, variable: streamVariable(variables, field) }));
  const props = Object.fromEntries(declared.map((each) => [each.field.name, tokenOf(each)])) as StreamProps; // a token for each
  const config = withDefaults(streamSettings.fields, { ...props });
  const stream = new EmailEventStream(stack, 'Default', props);
  for (const { field, variable } of declared) {
    for (const validation of ruleValidations(field.name, config)) variable.addValidation(validation);
  }
  const outputs = new Construct(stack, 'outputs');
  for (const [name, output] of Object.entries(stream.outputs)) {
    new TerraformOutput(outputs, name, output).overrideLogicalId(name);
  }
  stack.addOverride('check', {
    rendering_failures: {
      assert: {
        condition: stream.configurationSet.recordsRenderingFailures,
        error_message: renderingFailureWarning,
      },
    },
    engagement_tracking: {
      assert: {
        condition: not(stream.configurationSet.changesExistingMail),
        error_message: trackingWarning,
      },
    },
  });
  stack.prepareStack();
  return asModule(stack.toTerraform());
}

/** The blocks, created only once. */
let blocks: ModuleBlocks | undefined;

/**
 * Returns the Terraform module as blocks: the same composite for workspaces without TypeScript. It has variables and
 * outputs, and neither a provider nor a backend, so that it supports `count`, `for_each` and aliases.
 */
function moduleBlocks(): ModuleBlocks {
  blocks ??= createBlocks();
  return blocks;
}

export { type ModuleBlocks, moduleBlocks, snakeCase, type VariableBody };
