import { tmpdir } from 'node:os';
import { App, TerraformStack, Testing } from 'cdktf';
import { EmailEventStack } from '../../modules/app/email-event-stack';
import { EmailEventStream } from '../../modules/email-event-stream';
import type { StreamProps } from '../../modules/settings/stream-props.generated';

type Arguments = Record<string, unknown>;

/** A synthesized stack, as Terraform reads it. */
interface Synthesized {
  resource: Record<string, Record<string, Arguments>>;
  data: Record<string, Record<string, Arguments>>;
  output: Record<string, { value: unknown; description: string }>;
  terraform: Record<string, unknown>;
  provider: Record<string, unknown>;
}

/** Removes the comments of CDKTF from a value. */
function withoutComments<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value, (key, member) => (key === '//' ? undefined : member)));
}

/** Synthesizes a stack. */
function synthesize(stack: TerraformStack): Synthesized {
  // CDKTF checks and prepares a stack when it writes it.
  stack.prepareStack();
  return withoutComments(stack.toTerraform()) as Synthesized; // CDKTF types it as any object
}

/** Creates an app that is never written; with an existing folder it does not create one. */
const newApp = () => new App({ outdir: tmpdir() });

/** Creates an empty stack. */
function newStack(): TerraformStack {
  return new TerraformStack(newApp(), 'stack');
}

/** Synthesizes a stack with the constructs of `build` to text, for CDKTF's matchers. */
function synthesizeText(build: (stack: TerraformStack) => void): string {
  const stack = newStack();
  build(stack);
  return Testing.synth(stack);
}

/** Synthesizes a stack with the constructs of `build`. */
function synthesizeWith(build: (stack: TerraformStack) => void): Synthesized {
  const stack = newStack();
  build(stack);
  return synthesize(stack);
}

/** Synthesizes the composite with some props, in a separate stack. */
function synthesizeStream(props: StreamProps = {}, id = 'Default'): Synthesized {
  return synthesizeWith((stack) => new EmailEventStream(stack, id, props));
}

/** Synthesizes the stack of `cdktf deploy`, with some props. */
function synthesizeStack(stream: StreamProps): Synthesized {
  const target = {
    region: 'eu-west-1',
    accountId: undefined,
    defaultTags: {},
    stateBucket: undefined,
    stateKey: undefined,
    stateRegion: undefined,
  };
  return synthesize(new EmailEventStack(newApp(), { stage: 'test', target, stream }));
}

/** Returns the addresses of all resources, sorted. */
function addresses({ resource }: Pick<Synthesized, 'resource'>): string[] {
  return Object.entries(resource ?? {})
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();
}

/** Returns the arguments of the resource at an address. */
function resourceAt({ resource }: Pick<Synthesized, 'resource'>, address: string): Arguments {
  const [type = '', name = ''] = address.split('.');
  const found = resource?.[type]?.[name];
  if (found === undefined) throw new Error(`no ${address} among ${addresses({ resource }).join(', ')}`);
  return found;
}

export {
  type Arguments,
  addresses,
  newStack,
  resourceAt,
  type Synthesized,
  synthesizeStack,
  synthesizeStream,
  synthesizeText,
  synthesizeWith,
  withoutComments,
};
