import { z } from 'zod';
import { type Route, route } from './route';
import { SesError } from './ses-error';
import type { SesRegion, Tags } from './ses-region';

/** Tags in the form of the API. */
const tagList = z.array(z.object({ Key: z.string(), Value: z.string() }));

function tagsOf(list: z.infer<typeof tagList> = []): Tags {
  return new Map(list.map(({ Key, Value }) => [Key, Value]));
}

/** Returns the tags of the resource with an ARN. */
function tagsAt(region: SesRegion, arn: string): Tags {
  const resources = [...region.configurationSets.values(), ...region.identities.values()];
  const found = resources.find((resource) => resource.arn === arn);
  if (found === undefined) throw new SesError('NotFoundException', `No resource exists for ${arn}.`);
  return found.tags;
}

const path = '/v2/email/tags';

/**
 * Operations on tags.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TagResource.html
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTagsForResource.html
 */
const tagRoutes: readonly Route[] = [
  route('POST', path, z.object({ ResourceArn: z.string(), Tags: tagList }), ({ region, input }) => {
    const tags = tagsAt(region, input.ResourceArn);
    for (const { Key, Value } of input.Tags) tags.set(Key, Value);
  }),
  route('DELETE', path, z.unknown(), ({ region, query }) => {
    const tags = tagsAt(region, query.get('ResourceArn') ?? '');
    for (const key of query.getAll('TagKeys')) tags.delete(key);
  }),
  route('GET', path, z.unknown(), ({ region, query }) => {
    const tags = tagsAt(region, query.get('ResourceArn') ?? '');
    return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
  }),
];

export { tagList, tagRoutes, tagsOf };
