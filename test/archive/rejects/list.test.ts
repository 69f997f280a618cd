import { join } from 'node:path';
import { openDatabase } from '../../../consumer/archive/file/open';
import {
  countDuplicates,
  type Duplicate,
  type ListDuplicatesOptions,
  listDuplicates,
} from '../../../consumer/archive/rejects/duplicates';
import { countRejects, type ListRejectsOptions, listRejects } from '../../../consumer/archive/rejects/list';
import type { Reject } from '../../../consumer/records/outcome';
import { readEvents } from '../../../consumer/sources/event-reader';
import { fixtureKinds, fixtures } from '../../fixtures/load';
import { ArchiveFolder } from '../archive-folder';

const framing = join(__dirname, '..', '..', 'fixtures', 'framing');
const send = (id: string) =>
  `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"${id}"},"send":{}}`;

async function gathered<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function listed(folder: ArchiveFolder, options: ListRejectsOptions = {}) {
  const database = await openDatabase(folder.archive, { readOnly: true });
  try {
    const rejects = await gathered(listRejects(database, options));
    return { rejects, counts: await countRejects(database, options) };
  } finally {
    database.close();
  }
}

async function duplicates(folder: ArchiveFolder, options: ListDuplicatesOptions = {}) {
  const database = await openDatabase(folder.archive, { readOnly: true });
  try {
    return {
      list: await gathered(listDuplicates(database, options)),
      counts: await countDuplicates(database, options),
    };
  } finally {
    database.close();
  }
}

/** The rejects of a source from the reader, in the order of the list. */
async function rejectsOf(source: string): Promise<Reject[]> {
  const rejects: Reject[] = [];
  await gathered(readEvents(source, { onReject: (reject) => rejects.push(reject) }));
  return rejects;
}

/** A reject without the class of its bytes. */
const plain = ({ raw, ...reject }: Reject) => ({ ...reject, raw: Buffer.from(raw).toString('latin1') });

describe('the list of rejects', () => {
  it('equals the rejects of a read, for unusual framings', async () => {
    const folder = new ArchiveFolder();
    await folder.ingest({ source: framing });
    const expected = await rejectsOf(framing);
    const { rejects, counts } = await listed(folder);
    expect(expected.length).toBeGreaterThan(3);
    expect(rejects.map(plain)).toEqual(expected.map(plain));
    expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(rejects.length);
  });

  it('equals the rejects of a read, for fixtures with and without envelopes', async () => {
    const folder = new ArchiveFolder();
    for (const kind of fixtureKinds) {
      folder.write(
        kind,
        fixtures(kind)
          .map(([, record]) => `${JSON.stringify(record)}\n`)
          .join(''),
      );
    }
    await folder.ingest();
    const expected = await rejectsOf(folder.objects);
    const { rejects } = await listed(folder);
    expect(rejects.some(({ index, firehoseError }) => index !== undefined && firehoseError)).toBe(true);
    expect(rejects.map(plain)).toEqual(expected.map(plain));
  });

  it('keeps bytes that are not text', async () => {
    const folder = new ArchiveFolder();
    const bytes = Buffer.from([0xff, 0x00, 0x1e, 0x1f, 0x41]);
    folder.write('odd', bytes);
    await folder.ingest({ source: folder.written });
    const { rejects } = await listed(folder);
    expect(rejects.map(({ raw }) => Buffer.from(raw))).toEqual([bytes]);
  });

  it.each<[string, ListRejectsOptions, string[], [string, number][]]>([
    [
      'all',
      {},
      ['a 0', 'a 6', 'b 0'],
      [
        ['not-json', 2],
        ['not-an-email-event', 1],
      ],
    ],
    ['the rejects of a reason', { reason: 'not-json' }, ['a 0', 'b 0'], [['not-json', 2]]],
    ['nothing for a reason without rejects', { reason: 'invalid-event' }, [], []],
    [
      'the first reject, and counts all',
      { limit: 1 },
      ['a 0'],
      [
        ['not-json', 2],
        ['not-an-email-event', 1],
      ],
    ],
    [
      'no rejects, and counts all',
      { limit: 0 },
      [],
      [
        ['not-json', 2],
        ['not-an-email-event', 1],
      ],
    ],
  ])('shows %s', async (_, options, places, counts) => {
    const folder = new ArchiveFolder();
    folder.write('b', 'text\n');
    folder.write('a', `first\n{"x":1}\n${send('a')}\n`);
    await folder.ingest({ source: folder.written });
    const found = await listed(folder, options);
    const short = found.rejects.map(({ object, offset }) => `${object.slice(-1)} ${offset}`);
    expect(short).toEqual(places);
    expect(found.counts).toEqual(counts);
  });

  it('treats the name of an object as text, whatever its characters', async () => {
    const folder = new ArchiveFolder();
    const path = folder.write("it's; DROP TABLE rejects --", 'text\n');
    folder.write('b', 'text\n');
    await folder.ingest({ source: folder.written });
    const { rejects } = await listed(folder, { object: path });
    expect(rejects.map(({ object }) => object)).toEqual([path]);
    expect((await listed(folder)).rejects).toHaveLength(2);
  });
});

describe('the list of duplicates', () => {
  const short = ({ object, offset, kept }: Duplicate) =>
    `${object.slice(-1)} ${offset} for ${kept.object.slice(-1)} ${kept.offset}`;

  it('reports the first occurrence by object and offset as the kept one', async () => {
    const folder = new ArchiveFolder();
    const line = `${send('x')}\n`;
    folder.write('b', line + line);
    folder.write('c', `${send('y')}\n${line}`);
    await folder.ingest();
    folder.write('a', line);
    await folder.ingest();
    const { list, counts } = await duplicates(folder);
    expect(list.map(short)).toEqual(['b 0 for a 0', `b ${line.length} for a 0`, `c ${line.length} for a 0`]);
    expect(counts).toEqual({ duplicates: 3, events: 1 });
    const [event] = (await folder.events()).filter(({ id }) => id === list[0]?.id);
    expect(event?.record).toContain('"x"');
    const inOne = await duplicates(folder, { object: join(folder.objects, 'c'), limit: 5 });
    expect(inOne.list.map(short)).toEqual([`c ${line.length} for a 0`]);
    expect(inOne.counts).toEqual({ duplicates: 1, events: 1 });
    expect((await duplicates(folder, { limit: 1 })).list).toHaveLength(1);
  });

  it('distinguishes the records of one envelope', async () => {
    const folder = new ArchiveFolder();
    const rawData = Buffer.from(`${send('x')}\n${send('x')}`).toString('base64');
    folder.write('error', JSON.stringify({ attemptsMade: 1, rawData }));
    await folder.ingest();
    const { list } = await duplicates(folder);
    expect(list).toMatchObject([{ offset: 0, index: 1, kept: { offset: 0, index: 0 } }]);
  });

  it('is empty when each event was delivered once', async () => {
    const folder = new ArchiveFolder();
    folder.write('a', send('x'));
    await folder.ingest();
    expect(await duplicates(folder)).toEqual({ list: [], counts: { duplicates: 0, events: 0 } });
  });
});
