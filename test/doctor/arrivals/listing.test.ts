import { found } from '../../../consumer/doctor/answers/answer';
import {
  askNewestObjects,
  askObjects,
  type Listing,
  newestOf,
} from '../../../consumer/doctor/arrivals/listing';
import { useSdkFixture } from '../../s3-server/sdk-fixture';

const fixture = useSdkFixture();
const hive = 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/';
const at = (time: string) => ({ lastModified: new Date(time) });

function put(...keys: string[]): void {
  for (const key of keys) fixture.server.put('archive', key, Buffer.from('{}'));
}

async function newest(
  prefix: string,
  scope: { without?: string[]; folders?: number } = {},
): Promise<Listing> {
  const where = { bucket: 'archive', prefix };
  const answer = await askNewestObjects({ s3: fixture.client }, where, { without: [], ...scope });
  const listing = found(answer);
  if (listing === undefined) throw new Error(`the listing is ${answer.state}`);
  return listing;
}

const keysOf = ({ objects }: Listing) => objects.map(({ key }) => key);
const requests = () => fixture.server.requests.length;

describe('the newest objects', () => {
  it('are in the last folder, and the other folders are not listed', async () => {
    for (let day = 1; day <= 28; day++) {
      const folder = `events/dt=2026-02-${String(day).padStart(2, '0')}`;
      put(`${folder}/hour=01/a`, `${folder}/hour=02/b`);
    }
    expect(keysOf(await newest(hive))).toEqual(['events/dt=2026-02-28/hour=02/b']);
    expect(requests()).toBe(3);
  });

  it.each<[name: string, prefix: string, keys: string[], expected: string[]]>([
    [
      "Firehose's own folders",
      'events/',
      ['events/2025/12/31/23/a', 'events/2026/01/01/00/b', 'events/2026/01/01/00/c'],
      ['events/2026/01/01/00/b', 'events/2026/01/01/00/c'],
    ],
    ['no prefix', '', ['2026/01/01/00/a', 'other/z'], ['2026/01/01/00/a']],
    [
      'a prefix without a slash',
      'mail-',
      ['mail-2026/01/01/00/a', 'mail-2025/01/01/00/b'],
      ['mail-2026/01/01/00/a'],
    ],
    [
      'folders of customers, each with its time',
      'events/!{partitionKeyFromQuery:customer}/!{timestamp:yyyy}/',
      ['events/ana/2026/a', 'events/ana/2025/b', 'events/zoe/2024/c'],
      ['events/ana/2026/a', 'events/zoe/2024/c'],
    ],
    [
      'objects in a parent folder',
      hive,
      ['events/dt=2026-01-01/loose', 'events/dt=2026-01-01/hour=01/a'],
      ['events/dt=2026-01-01/loose', 'events/dt=2026-01-01/hour=01/a'],
    ],
    ['nothing', hive, ['other/a'], []],
  ])('of %s', async (_, prefix, keys, expected) => {
    put(...keys);
    const without = prefix === '' ? ['other/'] : [];
    expect(keysOf(await newest(prefix, { without })).sort()).toEqual([...expected].sort());
  });

  it('exclude the errors prefix and the markers of empty folders', async () => {
    put('2026/01/01/00/a', 'processing-failed/2026/01/01/00/b', '2026/01/01/01/');
    expect(keysOf(await newest('', { without: ['processing-failed/'] }))).toEqual(['2026/01/01/00/a']);
  });

  it('can be those of the newest two folders', async () => {
    put(
      ...['01', '02', '03'].map((hour) => `events/dt=2026-01-01/hour=${hour}/a`),
      'events/dt=2025-12-31/hour=23/b',
    );
    expect(keysOf(await newest(hive, { folders: 2 })).sort()).toEqual([
      'events/dt=2025-12-31/hour=23/b',
      'events/dt=2026-01-01/hour=02/a',
      'events/dt=2026-01-01/hour=03/a',
    ]);
  });

  it('show that there are more folders than the maximum', async () => {
    for (let customer = 0; customer < 51; customer++) put(`events/c${customer}/a`);
    const listing = await newest('events/!{partitionKeyFromQuery:customer}/');
    expect([listing.objects.length, listing.hasMore]).toEqual([50, true]);
  });

  it('include the last one written', async () => {
    fixture.server.put(
      'archive',
      'events/dt=2026-01-01/hour=00/a',
      Buffer.from(''),
      at('2026-01-01T00:10:00Z'),
    );
    fixture.server.put(
      'archive',
      'events/dt=2026-01-01/hour=00/b',
      Buffer.from(''),
      at('2026-01-01T00:05:00Z'),
    );
    expect(newestOf(await newest(hive))?.key).toBe('events/dt=2026-01-01/hour=00/a');
  });

  it('name the missing action if listing is not allowed', async () => {
    fixture.server.deny('archive');
    const where = { bucket: 'archive', prefix: hive };
    expect(await askNewestObjects({ s3: fixture.client }, where, { without: [] })).toEqual({
      state: 'refused',
      action: 's3:ListBucket',
    });
  });
});

describe('everything below a prefix', () => {
  it('is listed in pages, up to 10,000 objects', async () => {
    for (let index = 0; index < 10_001; index++) put(`errors/${index}`);
    const listing = found(await askObjects({ s3: fixture.client }, { bucket: 'archive', prefix: 'errors/' }));
    expect([listing?.objects.length, listing?.hasMore]).toEqual([10_000, true]);
    expect(requests()).toBe(10);
  });
});
