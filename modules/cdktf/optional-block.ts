import { conditional, type TerraformResource, Token } from 'cdktf';
import { type Condition, isKnown } from './condition';

/** A block's arguments, in Terraform's spelling. */
type BlockContent = Readonly<Record<string, unknown>>;

/** A block with the condition for its existence. */
interface OptionalBlock {
  condition: Condition;
  content: BlockContent;
}

/**
 * Creates blocks of one name as arguments of the enclosing block: plain when the condition is known to hold,
 * `dynamic` when Terraform evaluates it.
 */
function blocks(name: string, ...all: readonly OptionalBlock[]): BlockContent {
  const present = all.filter(({ condition }) => condition === true);
  const open = all.filter(({ condition }) => !isKnown(condition));
  return {
    ...(present.length > 0 && { [name]: present.map(({ content }) => content) }),
    ...(open.length > 0 && {
      dynamic: {
        [name]: open.map(({ condition, content }) => ({
          for_each: Token.asList(conditional(condition, [1], [])),
          content,
        })),
      },
    }),
  };
}

/** Merges blocks of several names. */
function mergeBlocks(...all: readonly BlockContent[]): BlockContent {
  const dynamic = Object.assign({}, ...all.map((each) => each.dynamic));
  return { ...Object.assign({}, ...all), ...(Object.keys(dynamic).length > 0 && { dynamic }) };
}

/** Adds blocks to a resource, in the block at `path`, or at the top level where that is undefined. */
function addBlocks(resource: TerraformResource, path: string | undefined, content: BlockContent): void {
  const below = path === undefined ? '' : `${path}.`;
  for (const [name, value] of Object.entries(content)) {
    if (name !== 'dynamic') resource.addOverride(`${below}${name}`, value);
    // blocks() writes this object
    else
      for (const [label, bodies] of Object.entries(value as object))
        resource.addOverride(`${below}dynamic.${label}`, bodies);
  }
}

export { addBlocks, type BlockContent, blocks, mergeBlocks };
