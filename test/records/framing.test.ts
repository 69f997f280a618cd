import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReadBytes, readBytes } from './read-bytes';

const folder = join(__dirname, '../fixtures/framing');
const all = ['a', 'b', 'c'];

interface Expected {
  ids: string[];
  rejects?: string[];
  skipped?: Record<string, number>;
}

/** The contents of each fixture. Fixtures that are not listed contain the three records only. */
const expectations: Record<string, Expected> = {
  empty: { ids: [] },
  'gzip-of-nothing': { ids: [] },
  'nul-bytes': { ids: all, rejects: ['not-json'] },
  'cut-record': { ids: all, rejects: ['damaged-json'] },
  'text-line': { ids: all, rejects: ['not-json'], skipped: { 'set-up-message': 1 } },
  'gzip-cut': { ids: all, rejects: ['damaged-compression'] },
  'gzip-without-trailer': { ids: all, rejects: ['damaged-compression'] },
  'gzip-then-text': { ids: all, rejects: ['damaged-compression'] },
};

const ids = ({ events }: ReadBytes) =>
  events.map(({ event }) => (event.eventType === 'Unknown' ? undefined : event.mail.messageId));

function* inChunksOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe.each(readdirSync(folder).map((file) => [file.replace('.bin', ''), file]))('%s', (name, file) => {
  const bytes = readFileSync(join(folder, file));
  const { ids: expectedIds, rejects = [], skipped = {} } = expectations[name] ?? { ids: all };

  it.each([1, 2, 3, 7, 64, 1_000_000])('has its records, read %i bytes at a time', async (size) => {
    const read = await readBytes([...inChunksOf(bytes, size)]);
    expect(ids(read)).toEqual(expectedIds);
    expect(read.rejects.map(({ reason }) => reason)).toEqual(rejects);
    expect(read.counts.skipped).toEqual(skipped);
    if (rejects.length === 0) expect(read.counts.fetchedBytes).toBe(bytes.length);
  });

  it('reports the place of each event', async () => {
    const { events } = await readBytes(bytes);
    for (const { provenance, raw } of events) {
      expect(provenance).toMatchObject({ object: 'object', length: raw.length, origin: 'event-publishing' });
    }
    const offsets = events.map(({ provenance }) => provenance.offset);
    expect(offsets).toEqual([...offsets].sort((one, other) => one - other));
  });
});

describe('text in JSON', () => {
  const read = (name: string) => readBytes(readFileSync(join(folder, `${name}.bin`)));
  const subject = ({ events }: ReadBytes, index: number) => {
    const event = events[index]?.event;
    return event === undefined || event.eventType === 'Unknown'
      ? undefined
      : event.mail.commonHeaders?.subject;
  };

  it.each(['lines', 'gzip', 'zip', 'snappy-java', 'snappy-hadoop', 'concatenated', 'gzip-twice'])(
    'keeps multibyte characters and escapes (%s)',
    async (name) => {
      const result = await read(name);
      expect(subject(result, 0)).toBe('Grüße, 你好 😀');
      expect(subject(result, 1)).toBe('braces } { and "quotes" and \\ backslash');
      expect(subject(result, 2)).toBe('line\nfeed');
    },
  );

  it('keeps a lone surrogate', async () => {
    expect(subject(await read('lone-surrogate'), 1)).toBe('\ud800 } { and "quotes" and \\ backslash');
  });

  it('keeps an own __proto__ key without touching any prototype', async () => {
    const { events } = await read('own-proto-key');
    expect(Object.keys(events[1]?.event ?? {})).toContain('__proto__');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((events[1]?.event as { polluted?: boolean } | undefined)?.polluted).toBeUndefined();
  });

  it('keeps the exact bytes of a record that is not UTF-8', async () => {
    const { events } = await read('invalid-utf-8');
    expect(Buffer.from(events[1]?.raw ?? []).includes(Buffer.from([0xff, 0xfe]))).toBe(true);
  });

  it('keeps the bytes of a record in a truncated compressed object', async () => {
    const { rejects } = await read('gzip-cut');
    expect(rejects).toHaveLength(1);
    expect(Buffer.from(rejects[0]?.raw ?? []).toString()).toMatch(/^\{"eventType": "Send"/);
    expect(rejects[0]?.message).toMatch(/^gzip: unexpected end of file/);
  });
});
