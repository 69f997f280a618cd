import { gzipSync } from 'node:zlib';
import { found } from '../../../consumer/doctor/answers/answer';
import { readErrorCodes } from '../../../consumer/doctor/arrivals/error-codes';
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
  it('are those of the last folder, found without reading the others', async () => {
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
    ['no prefix at all', '', ['2026/01/01/00/a', 'other/z'], ['2026/01/01/00/a']],
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
      'objects that lie higher',
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

  it('are not in a folder of errors, or only the marker of an empty one', async () => {
    put('2026/01/01/00/a', 'processing-failed/2026/01/01/00/b', '2026/01/01/01/');
    expect(keysOf(await newest('', { without: ['processing-failed/'] }))).toEqual(['2026/01/01/00/a']);
  });

  it('may be asked of the newest two folders', async () => {
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

  it('says when there are more folders than it looks into', async () => {
    for (let customer = 0; customer < 51; customer++) put(`events/c${customer}/a`);
    const listing = await newest('events/!{partitionKeyFromQuery:customer}/');
    expect([listing.objects.length, listing.hasMore]).toEqual([50, true]);
  });

  it('is the one that was written last', async () => {
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

  it('may not be listed', async () => {
    fixture.server.deny('archive');
    const where = { bucket: 'archive', prefix: hive };
    expect(await askNewestObjects({ s3: fixture.client }, where, { without: [] })).toEqual({
      state: 'refused',
      action: 's3:ListBucket',
    });
  });
});

describe('everything below a prefix', () => {
  it('is counted up to ten thousand, by pages', async () => {
    for (let index = 0; index < 10_001; index++) put(`errors/${index}`);
    const listing = found(await askObjects({ s3: fixture.client }, { bucket: 'archive', prefix: 'errors/' }));
    expect([listing?.objects.length, listing?.hasMore]).toEqual([10_000, true]);
    expect(requests()).toBe(10);
  });
});

describe('the codes of errors', () => {
  const record = (name: string, code: string) => `${JSON.stringify({ [name]: code, rawData: 'e30=' })}\n`;

  beforeEach(() => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' });
  });

  async function codes(...texts: string[]): Promise<string[]> {
    const objects = texts.map((text, index) => {
      const lastModified = new Date(Date.UTC(2026, 0, 1, index));
      fixture.server.put('archive', `errors/${index}`, Buffer.from(text), { lastModified });
      return { key: `errors/${index}`, lastModified };
    });
    return readErrorCodes({ s3Options: { endpoint: fixture.server.endpoint } }, 'archive', objects);
  }

  it('are told in both of their spellings, the most frequent first', async () => {
    const conversion = record('ErrorCode', 'DataFormatConversion.InvalidSchema');
    const lambda = record('errorCode', 'Lambda.FunctionError');
    expect(await codes(lambda + conversion + conversion)).toEqual([
      'DataFormatConversion.InvalidSchema',
      'Lambda.FunctionError',
    ]);
  });

  it('are those of the newest three objects', async () => {
    expect(await codes(...['A', 'B', 'C', 'D'].map((code) => record('errorCode', code)))).toEqual([
      'D',
      'C',
      'B',
    ]);
    expect(fixture.server.requests.map(({ key }) => key)).toEqual(['errors/3', 'errors/2', 'errors/1']);
  });

  it('are no words of a record, and none where there are none', async () => {
    expect(await codes('', record('errorCode', 'ana@example.com'), record('errorMessage', 'x'))).toEqual([]);
  });

  it('are told up to a damage', async () => {
    const whole = gzipSync(record('errorCode', 'A') + 'x'.repeat(100_000));
    fixture.server.put('archive', 'errors/damaged', whole.subarray(0, whole.length - 20));
    const damaged = { key: 'errors/damaged', lastModified: new Date() };
    const reading = { s3Options: { endpoint: fixture.server.endpoint } };
    expect(await readErrorCodes(reading, 'archive', [damaged])).toEqual(['A']);
  });

  it('are none of an object that is gone', async () => {
    const gone = { key: 'errors/gone', lastModified: new Date() };
    const reading = { s3Options: { endpoint: fixture.server.endpoint } };
    expect(await readErrorCodes(reading, 'archive', [gone])).toEqual([]);
  });
});
