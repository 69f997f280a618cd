import type { Expression } from './expression';
import { assignments, layout } from './layout';

/** A block: `resource "aws_s3_bucket" "archive" { … }`. */
interface Block {
  type: string;
  labels: readonly string[];
  /** A text above the block. Lines of it are not broken. */
  comment?: string | undefined;
  body: Body;
}

interface Body {
  attributes: readonly Attribute[];
  blocks: readonly Block[];
}

interface Attribute {
  name: string;
  /** An expression, or a text that is written as it is. */
  value: Expression | string;
}

/** Arguments at the beginning of a block, as in HashiCorp's style guide. */
const first = ['count', 'for_each', 'provider'];
/** Arguments that name a resource, before the others. */
const naming = ['name', 'bucket', 'alarm_name', 'configuration_set_name', 'queue_url'];
const describing = ['description', 'alarm_description'];

/** The place of an argument in its block; arguments of one place keep their order. */
function placeOf(name: string): number {
  const places = [first, naming, describing].findIndex((names) => names.includes(name));
  if (places >= 0) return places;
  return name === 'tags' ? 4 : 3;
}

/** Writes a comment, a line of `#` for each line. */
function commentLines(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => `${indent}# ${line}`.trimEnd())
    .join('\n');
}

/** The parts of a body in their order, with a blank line between two of them. */
function parts({ attributes, blocks }: Body, indent: string): string[] {
  const written = attributes
    .map(({ name, value }) => ({
      name,
      value: typeof value === 'string' ? value : layout(value, indent, name.length + 3),
    }))
    .sort((one, other) => placeOf(one.name) - placeOf(other.name));
  // A condition and its message belong together.
  if (attributes.some(({ name }) => name === 'error_message')) return [assignments(written, indent)];
  const isLong = ({ value }: { value: string }) => value.includes('\n') && !value.startsWith('<<');
  const last = written.filter(({ name }) => name === 'depends_on');
  const rest = written.filter((each) => !last.includes(each));
  const meta = rest.filter(({ name }) => first.includes(name));
  const short = rest.filter((each) => !meta.includes(each) && !isLong(each));
  const long = rest.filter((each) => !meta.includes(each) && isLong(each));
  const isLifecycle = ({ type }: Block) => type === 'lifecycle';
  const inOrder = [...blocks.filter((each) => !isLifecycle(each)), ...blocks.filter(isLifecycle)];
  return [
    assignments(meta, indent),
    assignments(short, indent),
    ...long.map((each) => assignments([each], indent)),
    ...inOrder.map((each) => writeBlock(each, indent)),
    assignments(last, indent),
  ].filter((part) => part !== '');
}

/** Writes a block in the format of `terraform fmt`. */
function writeBlock({ type, labels, comment, body }: Block, indent = ''): string {
  const above = comment === undefined ? '' : `${commentLines(comment, indent)}\n`;
  const head = [type, ...labels.map((label) => JSON.stringify(label))].join(' ');
  const inner = parts(body, `${indent}  `);
  if (inner.length === 0) return `${above}${indent}${head} {}\n`;
  return `${above}${indent}${head} {\n${inner.join('\n')}${indent}}\n`;
}

export { type Attribute, type Block, type Body, commentLines, writeBlock };
