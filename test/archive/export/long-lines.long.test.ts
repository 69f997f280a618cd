import { randomBytes } from 'node:crypto';
import { type EventForm, eventLines } from '../../../consumer/archive/export/event-lines';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { ArchiveFolder } from '../archive-folder';

const count = 6000;

/** Records of 10 KB, whose times are not in the order of the object. */
const folder = new ArchiveFolder();
beforeAll(async () => {
  const records = Array.from({ length: count }, (_, index) => {
    const text = `${index}:${randomBytes(3500).toString('base64')}`;
    return JSON.stringify({
      eventType: 'Send',
      mail: {
        timestamp: new Date(Date.UTC(2026, 2, 4) + ((index * 7919) % count) * 1000).toISOString(),
        messageId: `message-${index}`,
        destination: ['ana@shop.example'],
        headers: [{ name: 'Subject', value: text }],
        commonHeaders: { subject: text },
      },
      send: {},
    });
  });
  folder.write('records.json', records.join('\n'));
  await folder.ingest();
}, 120_000);

describe('thousands of records of 10 KB', () => {
  it.each<EventForm>(['csv', 'ndjson', 'record'])('are exported as %s in the order of time', async (form) => {
    const numbers: number[] = [];
    await readArchive(folder.archive, {}, async (database) => {
      for await (const lines of eventLines(database, form)) {
        for (const line of lines) {
          expect(line.length).toBeGreaterThan(9000);
          const [, number] = /message-(\d+)/.exec(Buffer.from(line).toString()) ?? [];
          numbers.push((Number(number) * 7919) % count);
        }
      }
    });
    expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index));
  });
});
