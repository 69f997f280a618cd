import { conditional, type TerraformResource, Token } from 'cdktf';
import { type Condition, isKnown } from './condition';

/** A block's arguments, in Terraform's spelling. */
type BlockContent = Readonly<Record<string, unknown>>;

/** A block that is there only under a condition. */
interface OptionalBlock {
  condition: Condition;
  content: BlockContent;
}

/**
 * Blocks of one name as arguments of what contains them: written out when it is known that they are there, `dynamic`
 * when only Terraform can tell.
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

/** Blocks of several names, beside each other. */
function beside(...all: readonly BlockContent[]): BlockContent {
  const dynamic = Object.assign({}, ...all.map((each) => each.dynamic));
  return { ...Object.assign({}, ...all), ...(Object.keys(dynamic).length > 0 && { dynamic }) };
}

/** Puts blocks into a resource, below the block at `path`; into the resource itself where that is undefined. */
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

export { addBlocks, type BlockContent, beside, blocks };
