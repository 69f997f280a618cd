import { tmpdir } from 'node:os';
import { App, TerraformStack, Testing } from 'cdktf';
import { EmailEventStack } from '../../modules/app/email-event-stack';
import { EmailEventStream } from '../../modules/email-event-stream';
import type { StreamProps } from '../../modules/settings/stream-props.generated';

type Arguments = Record<string, unknown>;

/** A synthesized stack: what Terraform reads. */
interface Synthesized {
  resource: Record<string, Record<string, Arguments>>;
  data: Record<string, Record<string, Arguments>>;
  output: Record<string, { value: unknown; description: string }>;
  terraform: Record<string, unknown>;
  provider: Record<string, unknown>;
}

/** A value without the comments that CDKTF leaves in it. */
function withoutComments<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value, (key, member) => (key === '//' ? undefined : member)));
}

/** What a stack becomes. */
function synthesize(stack: TerraformStack): Synthesized {
  // CDKTF checks and prepares a stack when it writes it.
  stack.prepareStack();
  return withoutComments(stack.toTerraform()) as Synthesized; // CDKTF types it as any object
}

/** An app that nothing is written of; with a folder that exists it makes none. */
const newApp = () => new App({ outdir: tmpdir() });

/** A stack to put something into. */
function newStack(): TerraformStack {
  return new TerraformStack(newApp(), 'stack');
}

/** The text of a stack with what `build` puts into it, as CDKTF's matchers want it. */
function synthesizeText(build: (stack: TerraformStack) => void): string {
  const stack = newStack();
  build(stack);
  return Testing.synth(stack);
}

/** A stack with what `build` puts into it. */
function synthesizeWith(build: (stack: TerraformStack) => void): Synthesized {
  const stack = newStack();
  build(stack);
  return synthesize(stack);
}

/** The composite with some props, in a stack of its own. */
function synthesizeStream(props: StreamProps = {}, id = 'Default'): Synthesized {
  return synthesizeWith((stack) => new EmailEventStream(stack, id, props));
}

/** The stack that `cdktf deploy` deploys, with some props. */
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

/** The addresses of all resources, in order. */
function addresses({ resource }: Pick<Synthesized, 'resource'>): string[] {
  return Object.entries(resource ?? {})
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();
}

/** The arguments of the resource at an address. */
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
