import { viewsOfKinds } from '../../consumer/archive/views/kinds';
import { withFiles } from './catalog-files';
import { type Block, writeBlock } from './hcl/block';
import { bodyOf, type JsonBody } from './hcl/from-json';
import type { ModuleBlocks } from './module-blocks';
import { withNames } from './named-expressions';
import { resourceFiles } from './resource-files';

/** Arguments that are maps, by the type of their resource. */
const maps: Readonly<Record<string, readonly string[]>> = {
  aws_glue_catalog_table: ['parameters'],
  aws_cloudwatch_metric_alarm: ['dimensions'],
};

/** A block of a file, with the addresses and texts that decide its file and comment. */
interface Addressed {
  address: string;
  labels: readonly string[];
  type: string;
  body: JsonBody;
}

function addressed({ data, resource, check }: ModuleBlocks): Addressed[] {
  const withType = (type: string, group: ModuleBlocks['resource'], start: string) =>
    Object.entries(group).flatMap(([label, byName]) =>
      Object.entries(byName).map(([name, body]) => ({
        address: `${start}${label}.${name}`,
        labels: [label, name],
        type,
        body,
      })),
    );
  return [
    ...withType('data', data, 'data.'),
    ...withType('resource', resource, ''),
    ...Object.entries(check).map(([name, body]) => ({
      address: `check.${name}`,
      labels: [name],
      type: 'check',
      body,
    })),
  ];
}

const listed = Object.entries(resourceFiles).flatMap(([file, comments]) =>
  Object.entries(comments).map(([address, comment]) => ({ address, file, comment })),
);

/** Whether a schedule maintains the files and the rows of the archive. The others fill it. */
const isUpkeep = (name = '') => /_archive_(compact|remove|delete)_/.test(name);

/** Finds the file and the comment of a block. Views, saved queries and schedules are commented by their description. */
function placeOf({ address, labels, body }: Addressed): { file: string; comment: string } {
  const found = listed.find((each) => each.address === address);
  if (found !== undefined) return found;
  // The first sentence.
  const comment = String(body.description).replace(/\. .*/s, '.');
  if (labels[0] === 'aws_athena_named_query') return { file: 'catalog-queries.tf', comment };
  if (labels[0] === 'aws_scheduler_schedule')
    return { file: isUpkeep(labels[1]) ? 'catalog-upkeep.tf' : 'catalog-schedules.tf', comment };
  if (body.table_type === 'VIRTUAL_VIEW') {
    const isKind = viewsOfKinds.some(({ name }) => name === body.name);
    return { file: isKind ? 'catalog-kinds.tf' : 'catalog-views.tf', comment };
  }
  throw new Error(`${address} has no file: add it to modules/terraform-module/resource-files.ts`);
}

/** Writes the resources, data sources and checks in their files, and the files that they read. */
function blockFiles(blocks: ModuleBlocks): Record<string, string> {
  const texts = new Map<string, string[]>();
  const read: Record<string, string> = {};
  const all = addressed(blocks);
  const absent = listed.filter(({ address }) => !all.some((each) => each.address === address));
  if (absent.length > 0)
    throw new Error(`resource-files.ts has an address that does not exist: ${absent[0]?.address}`);
  for (const each of all) {
    const { file, comment } = placeOf(each);
    const [resourceType = ''] = each.labels;
    const { body, files } = withFiles(resourceType, each.body);
    Object.assign(read, files);
    const block: Block = {
      ...{ type: each.type, labels: each.labels, comment },
      body: bodyOf(body, {
        isMap: (name) => maps[resourceType]?.includes(name) ?? false,
        convert: withNames,
      }),
    };
    texts.set(file, [...(texts.get(file) ?? []), writeBlock(block)]);
  }
  return { ...Object.fromEntries([...texts].map(([file, written]) => [file, written.join('\n')])), ...read };
}

export { blockFiles };
