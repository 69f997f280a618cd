import { eventRows } from '../../../consumer/archive/export/event-rows';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { listRejects } from '../../../consumer/archive/rejects/list';
import { ArchiveFolder } from '../archive-folder';

/** A text of this length that does not compress well. */
function longText(length: number, seed: number): string {
  let text = '';
  for (let part = seed; text.length < length; part = (part * 48_271) % 0x7fffffff) text += part.toString(36);
  return text.slice(0, length);
}

function record(index: number, bytes: number): string {
  const headers = [{ name: 'X-Long', value: longText(bytes, index + 1) }];
  const timestamp = new Date(Date.UTC(2026, 2, 4) + ((index * 7_919) % 100_000)).toISOString();
  return JSON.stringify({
    eventType: 'Send',
    mail: { timestamp, messageId: String(index), headers },
    send: {},
  });
}

// Each is a small part of the engine's memory limit, and all together exceed it.
it.each([
  [9_000, 18_000],
  [800, 140_000],
])('%i events of %i bytes are ingested and exported, each once and in order', async (count, bytes) => {
  const folder = new ArchiveFolder();
  folder.write('wide', Array.from({ length: count }, (_, index) => record(index, bytes)).join('\n'));
  await folder.ingest();
  const times: string[] = [];
  const messages = new Set<unknown>();
  await readArchive(folder.archive, {}, async (database) => {
    const threads = () => database.rows(`SELECT current_setting('threads')::VARCHAR AS threads`);
    const before = await threads();
    for await (const { event_time: time, message_id: id, headers } of eventRows(database)) {
      times.push((time as Date).toISOString()); // the column is a timestamp
      messages.add(id);
      expect(headers).toHaveLength(bytes + '[{"name":"X-Long","value":""}]'.length);
    }
    expect(await threads()).toEqual(before);
  });
  expect(times).toEqual([...times].sort());
  expect(messages.size).toBe(count);
});

it('800 rejects of 140,000 bytes are ingested and listed, each once and in order', async () => {
  const folder = new ArchiveFolder();
  const lines = Array.from({ length: 800 }, (_, index) => `{"no":"${longText(140_000, index + 1)}"}`);
  folder.write('wide', lines.join('\n'));
  await folder.ingest({ source: folder.written });
  const offsets: number[] = [];
  await readArchive(folder.archive, {}, async (database) => {
    for await (const { offset, raw } of listRejects(database)) {
      offsets.push(offset);
      expect(raw).toHaveLength(140_009);
    }
  });
  expect(offsets).toEqual(lines.map((_, index) => index * 140_010));
});
