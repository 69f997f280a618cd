import { join } from 'node:path';
import { isUnknown, readEvents } from '../../consumer';
import { assumed, usageOf } from '../../docs/costs';
import { sampleFolder } from '../../docs/sample-archive';
import { root } from '../package/source-files';

describe('the assumptions of docs/costs.md', () => {
  it('are at least the values of the bundled sample', async () => {
    const counts = { events: 0, emails: 0, largest: 0, bytes: 0 };
    const read = readEvents(join(root, sampleFolder, 'events'), { onReject: () => {} });
    for await (const { event } of read) {
      if (isUnknown(event)) continue;
      const bytes = Buffer.byteLength(JSON.stringify(event));
      counts.events++;
      counts.bytes += bytes;
      counts.largest = Math.max(counts.largest, bytes);
      if ('eventType' in event && event.eventType === 'Send')
        counts.emails += event.mail.destination?.length ?? 0;
    }
    expect(counts.emails).toBeGreaterThan(500);
    expect(counts.events / counts.emails).toBeLessThanOrEqual(assumed.eventsPerEmail);
    expect(counts.bytes / counts.events).toBeLessThanOrEqual(assumed.recordKilobytes * 1024);
    expect(counts.largest).toBeLessThanOrEqual(5 * 1024);
  });
});

describe('usageOf', () => {
  it('has at most one object for each event, and one for each interval or full buffer', () => {
    expect(usageOf(10).objects).toBe(30);
    expect(usageOf(1_000_000).objects).toBe(8_640); // every 300 seconds
    expect(usageOf(1_000_000_000).objects).toBe(91_553); // of 64 MB
  });

  it('rounds each record up to 5 KB', () => {
    expect(usageOf(1_000_000).billedGigabytes).toBeCloseTo((3_000_000 * 5) / 1024 ** 2);
  });
});
