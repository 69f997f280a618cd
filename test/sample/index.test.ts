import { gunzipSync } from 'node:zlib';
import { byteCount, skippedCount } from '../../consumer/records/counts';
import { type SampleObject, sampleEvents, sampleObjects } from '../../consumer/sample';
import { isFirehoseKey } from '../../consumer/sources/firehose-key';
import { type ReadSampleObject, readSample, sumOf } from './read-sample';

const keyPattern =
  /^(?:events|errors\/processing-failed)\/dt=(\d{4}-\d\d-\d\d)\/hour=(\d\d)\/email-events-1-(\d{4}-\d\d-\d\d)-(\d\d)-\d\d-\d\d-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}(?:\.gz)?$/;

/** Returns the content of an object, decompressed without the reader. */
function plainText({ bytes }: SampleObject): string {
  let plain = bytes;
  while (plain[0] === 0x1f && plain[1] === 0x8b) plain = gunzipSync(plain);
  return plain.toString();
}

/** Returns the time in a key, in epoch milliseconds. */
function keyTime(key: string): number {
  const [, day, hour, minute, second] = /-1-(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d)-/.exec(key) ?? [];
  return Date.parse(`${day}T${hour}:${minute}:${second}Z`);
}

/** Checks whether the bytes are one gzip member with one record per line. Records can be broken. */
function isPlainLines(bytes: Buffer): boolean {
  const text = gunzipSync(bytes).toString();
  return text.endsWith('}\n') && !text.includes('\r\n') && text.startsWith('{');
}

describe('sampleObjects', () => {
  it('generates the same keys and content for the same options', () => {
    const objects = () =>
      [...sampleObjects({ events: 1_000, seed: 5, days: 20 })].map((object) => [
        object.key,
        plainText(object),
      ]);
    expect(objects()).toEqual(objects());
  });

  it.each([
    [0, 1, undefined],
    [1, 1, undefined],
    [80, 2, undefined],
    [299, 3, undefined],
    [300, 4, undefined],
    [300, 5, 10],
    [2_000, 1, undefined],
    [12_000, 6, 500],
  ])('reports the counts that a reader finds (%d events, seed %d)', async (events, seed, eventsPerObject) => {
    const archive = await readSample({ events, seed, ...(eventsPerObject && { eventsPerObject }) });
    for (const { object, read } of archive) {
      expect(read.counts.events).toBe(object.events + object.duplicates + object.extras);
      expect(read.counts.rejects).toBe(object.broken);
      expect(skippedCount(read.counts)).toBe(object.skipped);
      expect(byteCount(read.counts)).toBe(Buffer.byteLength(plainText(object)));
    }
    const objects = archive.map(({ object }) => object);
    expect(sumOf('events', objects)).toBe(events);
    const ids = new Set(archive.flatMap(({ read }) => read.events.map((event) => event.id)));
    expect(ids.size).toBe(events + sumOf('extras', objects));
  });

  it('names objects as Firehose does, with the arrival time of the oldest record', () => {
    for (const { key } of sampleObjects({ events: 2_000, seed: 1 })) {
      const [, partitionDay, partitionHour, day, hour] = keyPattern.exec(key) ?? [];
      expect([partitionDay, partitionHour]).toEqual([day, hour]);
      expect(isFirehoseKey(key)).toBe(true);
    }
    const [first] = sampleObjects({ events: 1, seed: 1, streamName: 'my.stream-2' });
    expect(first?.key).toContain('/my.stream-2-1-2026-08-04-07-00-0');
  });

  it('limits an object to 15 minutes', async () => {
    const arrivals = new Map<string, number>();
    for (const { event, arrival } of sampleEvents({ events: 5_000, seed: 1 })) {
      arrivals.set(JSON.stringify(event), arrival);
    }
    for (const { object, read } of await readSample({ events: 5_000, seed: 1 })) {
      const times = read.events.flatMap(({ event }) => arrivals.get(JSON.stringify(event)) ?? []);
      // A second delivery can follow half a day after the first.
      const firstDeliveries = times.filter((time) => time >= keyTime(object.key));
      expect(firstDeliveries.length).toBeGreaterThanOrEqual(object.events);
      expect(Math.max(...firstDeliveries) - keyTime(object.key)).toBeLessThan(15 * 60 * 1000);
    }
  });

  it('generates few objects: at most 15 for 2,000 events, over three days or more', () => {
    const keys = [...sampleObjects({ events: 2_000, seed: 1 })].map(({ key }) => key);
    const plain = keys.filter((key) => key.startsWith('events/'));
    expect(plain.length).toBeLessThanOrEqual(15);
    expect(new Set(plain.map((key) => key.slice(0, 20))).size).toBeGreaterThanOrEqual(3);
  });

  it('begins a new object when the current one is full', () => {
    for (const object of sampleObjects({ events: 2_000, seed: 1, eventsPerObject: 50 })) {
      const { events, duplicates, extras, broken } = object;
      expect(events + duplicates + extras + broken).toBeLessThanOrEqual(50);
    }
  });

  it('delivers one event in 200 twice', () => {
    const archive = [...sampleObjects({ events: 20_000, seed: 1 })];
    expect(Math.abs(sumOf('duplicates', archive) - 100)).toBeLessThanOrEqual(1);
  });

  it('contains the same unusual objects at every size, and none below 300 events', () => {
    const total = (events: number, days?: number) => {
      const archive = [...sampleObjects({ events, seed: 1, ...(days && { days }) })];
      const unusual = archive.filter(({ bytes, key }) => !key.endsWith('.gz') || !isPlainLines(bytes));
      return {
        unusual: unusual.length,
        extras: sumOf('extras', archive),
        broken: sumOf('broken', archive),
        skipped: sumOf('skipped', archive),
      };
    };
    expect(total(299)).toEqual({ unusual: 0, extras: 0, broken: 0, skipped: 0 });
    expect(total(300)).toEqual({ unusual: 4, extras: 3, broken: 4, skipped: 2 });
    expect(total(20_000)).toEqual({ unusual: 4, extras: 3, broken: 8, skipped: 2 });
    for (const days of [1, 2, 5, 6, 28]) {
      expect(total(1_000, days)).toEqual({ unusual: 4, extras: 3, broken: 4, skipped: 2 });
    }
  });
});

describe('unusual data in a sample', () => {
  let archive: ReadSampleObject[];

  beforeAll(async () => {
    archive = await readSample({ events: 300, seed: 1 });
  });

  it('includes records without line ends, CR LF, a byte order mark, blank lines and escaped delimiters', () => {
    const texts = archive.map(({ object }) => plainText(object));
    for (const pattern of [
      /\}\{"eventType"/,
      /\}\r\n\{/,
      /^\ufeff\n/,
      /\}\n\n \n\{/,
      /\}\\n\{/,
      /^\{\n {2}"eventType"/,
    ]) {
      expect(texts.filter((text) => pattern.test(text))).toHaveLength(1);
    }
  });

  it('includes objects with two gzip members, compressed twice, and not compressed', () => {
    const once = archive.filter(({ object }) => object.key.endsWith('.gz'));
    const twice = once.filter(({ object }) => gunzipSync(object.bytes)[0] === 0x1f);
    expect(twice).toHaveLength(1);
    expect(archive.length - once.length).toBe(2);
    const members = once.map(
      ({ object }) => object.bytes.toString('latin1').split('\x1f\x8b\x08').length - 1,
    );
    expect(members.filter((count) => count === 2).length).toBeGreaterThanOrEqual(1);
  });

  it('includes envelopes, other streams and an unknown kind', () => {
    const events = archive.flatMap(({ read }) => read.events);
    const envelopes = events.flatMap(({ provenance }) => provenance.envelopes);
    expect(new Set(envelopes)).toEqual(new Set(['sns', 'eventbridge', 'firehose-error']));
    const origins = events.map(({ provenance }) => provenance.origin);
    expect(origins.filter((origin) => origin === 'pinpoint')).toHaveLength(1);
    expect(origins.filter((origin) => origin === 'legacy-notification')).toHaveLength(1);
    const unknown = events.flatMap(({ event }) => (event.eventType === 'Unknown' ? [event.recordType] : []));
    expect(unknown).toEqual(['Teleport']);
  });

  it('includes a bounce with a legacy twin', () => {
    const bounces = archive
      .flatMap(({ read }) => read.events)
      .flatMap(({ event, provenance }) =>
        event.eventType === 'Bounce' ? [{ id: event.bounce.feedbackId, origin: provenance.origin }] : [],
      );
    const twin = bounces.find(({ origin }) => origin === 'legacy-notification');
    expect(bounces.filter(({ id }) => id === twin?.id).map(({ origin }) => origin)).toContain(
      'event-publishing',
    );
  });

  it('includes records that are broken in four ways, and two records that are not email events', () => {
    const rejects = archive.flatMap(({ read }) => read.rejects);
    expect(rejects.map(({ reason }) => reason).sort()).toEqual([
      'damaged-json',
      'invalid-event',
      'not-an-email-event',
      'not-json',
    ]);
    const skipped = archive.map(({ read }) => read.counts.skipped);
    expect(skipped).toContainEqual({ 'set-up-message': 1, 'other-pinpoint-event': 1 });
  });
});
