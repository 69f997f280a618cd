import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { useSdkFixture } from './sdk-fixture';

const fixture = useSdkFixture();
const empty = Buffer.alloc(0);

function putAll(keys: readonly string[]): void {
  for (const key of keys) fixture.server.put('archive', key, empty);
}

/** Keys and common prefixes, page by page. */
async function list(input: Omit<ListObjectsV2CommandInput, 'Bucket'>): Promise<string[][]> {
  const pages: string[][] = [];
  for await (const page of paginateListObjectsV2(
    { client: fixture.client },
    { Bucket: 'archive', ...input },
  )) {
    const { Contents = [], CommonPrefixes = [] } = page;
    pages.push([...Contents.map(({ Key = '' }) => Key), ...CommonPrefixes.map(({ Prefix = '' }) => Prefix)]);
    expect(page.KeyCount).toBe(pages.at(-1)?.length);
  }
  return pages;
}

describe('a listing', () => {
  it.each([
    ['everything', {}, [['a', 'a/1', 'a/2', 'b/1', 'c']]],
    ['a prefix', { Prefix: 'a/' }, [['a/1', 'a/2']]],
    ['a prefix without keys', { Prefix: 'x' }, [[]]],
    ['the keys after a key', { StartAfter: 'a/1' }, [['a/2', 'b/1', 'c']]],
    ['the keys after a key that does not exist', { StartAfter: 'a/11' }, [['a/2', 'b/1', 'c']]],
    ['folders', { Delimiter: '/' }, [['a', 'c', 'a/', 'b/']]],
    ['a folder that contains the start', { Delimiter: '/', StartAfter: 'a/1' }, [['c', 'a/', 'b/']]],
    ['one folder', { Delimiter: '/', Prefix: 'a/' }, [['a/1', 'a/2']]],
    ['an empty delimiter', { Delimiter: '' }, [['a', 'a/1', 'a/2', 'b/1', 'c']]],
    ['small pages', { MaxKeys: 2 }, [['a', 'a/1'], ['a/2', 'b/1'], ['c']]],
    [
      'small pages of folders',
      { MaxKeys: 2, Delimiter: '/' },
      [
        ['a', 'a/'],
        ['c', 'b/'],
      ],
    ],
    ['a page that contains the last key', { MaxKeys: 1, Prefix: 'c' }, [['c']]],
    ['no keys at all', { MaxKeys: 0 }, [[]]],
  ])('returns %s', async (_name, input, pages) => {
    putAll(['c', 'b/1', 'a/2', 'a', 'a/1']);
    expect(await list(input)).toEqual(pages);
  });

  it('returns at most 1,000 keys per page, even for a larger MaxKeys', async () => {
    const keys = Array.from({ length: 2500 }, (_, index) => `year=2024/${String(index).padStart(5, '0')}`);
    putAll(keys.toReversed());
    const pages = await list({ MaxKeys: 5000 });
    expect(pages.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(pages.flat()).toEqual(keys);
    expect(fixture.server.requests).toHaveLength(3);
  });

  it('has the order of UTF-8 bytes, not of UTF-16 units', async () => {
    putAll(['\u{1f600}', '\uff5e', 'é', 'z']);
    expect(await list({})).toEqual([['z', 'é', '\uff5e', '\u{1f600}']]);
  });

  it('contains the properties of an object', async () => {
    const { server, client } = fixture;
    server.put('archive', 'key', Buffer.from('0123456789'), {
      lastModified: new Date('2024-01-02T03:04:05.678Z'),
    });
    const input = { Bucket: 'archive', FetchOwner: true };
    const { Contents, Name, IsTruncated, MaxKeys } = await client.send(new ListObjectsV2Command(input));
    expect({ Name, IsTruncated, MaxKeys }).toEqual({ Name: 'archive', IsTruncated: false, MaxKeys: 1000 });
    expect(Contents).toEqual([
      {
        Key: 'key',
        Size: 10,
        ETag: '"781e5e245d69b566979b86e28d23f2c7"',
        LastModified: new Date('2024-01-02T03:04:05Z'),
        StorageClass: 'STANDARD',
        Owner: { ID: '0'.repeat(64) },
      },
    ]);
  });

  it('returns keys with special characters', async () => {
    const keys = [' ', '&amp;<>"\'', 'a\t\r\n', 'a+b=c%20d', 'é日本😀'];
    putAll(keys);
    const [page = []] = await list({});
    expect(page).toEqual(keys);
    for (const Key of page) await fixture.client.send(new GetObjectCommand({ Bucket: 'archive', Key }));
  });

  it('encodes names for EncodingType url, and the SDK does not decode them', async () => {
    putAll(['a b/c(1).txt', 'a+b', 'é*~']);
    expect(await list({ EncodingType: 'url' })).toEqual([['a+b/c%281%29.txt', 'a%2Bb', '%C3%A9*%7E']]);
    expect(await list({ EncodingType: 'url', Delimiter: '/', Prefix: 'a b' })).toEqual([['a+b/']]);
  });

  it('sorts 10,000 keys once, not for each page', async () => {
    putAll(Array.from({ length: 10_000 }, (_, index) => `key-${index}`));
    const compare = jest.spyOn(Buffer, 'compare');
    const pages = await list({});
    expect(pages).toHaveLength(10);
    expect(compare.mock.calls.length).toBeGreaterThan(10_000);
    // A sort takes at most n log2 n comparisons. The start of a page takes two binary searches.
    expect(compare.mock.calls.length).toBeLessThan(10_000 * Math.log2(10_000) + 10 * 2 * 14);
    compare.mockRestore();
  });
});
