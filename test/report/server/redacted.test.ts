import { ArchiveFolder } from '../../archive/archive-folder';
import { eventFolders } from '../../events/event-folders';
import { fixtures } from '../../fixtures/load';
import { PageServer } from './page-server';

const folder = new ArchiveFolder();
const ids: string[] = [];
const names = new Set<string>();
beforeAll(async () => {
  const records = eventFolders.flatMap(([kind]) => fixtures(kind).map(([, , text]) => text));
  folder.write('events.json', records.map((text) => `${JSON.stringify(JSON.parse(text))}\n`).join(''));
  folder.write(
    'rejected.json',
    'not JSON: ana.reject@example.com\n{"eventType":"Bounce","mail":"ana.reject@example.com"}\n',
  );
  const mail = {
    timestamp: '2026-03-04T05:06:07.000Z',
    messageId: 'quoted',
    destination: ['"ana tagged"@example.com'],
    tags: { 'ana.tagged@example.com': ['yes'] },
  };
  folder.write('quoted.json', `${JSON.stringify({ eventType: 'Send', mail, send: {} })}\n`);
  await folder.ingest();
  const found = await folder.rows<{ id: string }>(
    'SELECT min(message_id) AS id FROM event_rows GROUP BY event_type, origin HAVING id IS NOT NULL',
  );
  ids.push(...found.map(({ id }) => id));
  for (const text of [...records, 'ana.reject@example.com'])
    for (const [, name = ''] of text.matchAll(/([\w.+-]{3,})@[\w-]+\./g)) names.add(name);
});
const masked = PageServer.forTests({ source: folder.archive, isMasked: true });
const open = PageServer.forTests({ source: folder.archive });

async function paths(): Promise<string[]> {
  const { text } = await open.get('/questions');
  const questions = [...text.matchAll(/href="(\/questions\/[\w-]+)"/g)].map(([, path = '']) => path);
  const messages = ids.map((id) => `/messages/${encodeURIComponent(id)}`);
  return ['/', '/messages', '/rejects', ...questions, ...messages];
}

describe('pages with masked addresses', () => {
  it('contain no name before an @, on any page, where others do', async () => {
    expect(names.size).toBeGreaterThan(5);
    const shown = new Set<string>();
    for (const path of await paths()) {
      // A form has examples of addresses.
      const page = (await masked.get(path)).text.replaceAll(/ placeholder="[^"]*"/g, '');
      const plain = (await open.get(path)).text;
      for (const name of names) {
        if (plain.includes(`${name}@`)) shown.add(name);
        expect([path, name, page.includes(`${name}@`) || page.includes(`${name}%40`)]).toEqual([
          path,
          name,
          false,
        ]);
      }
      expect(page).toContain('Addresses are masked.');
    }
    expect(shown.size).toBeGreaterThan(3);
  });

  it('contain the events of a message to a quoted address', async () => {
    const { text } = await masked.get('/messages/quoted');
    expect(text).not.toContain('role="alert"');
    expect(text).toContain('&quot;***@example.com&quot;');
    expect(text).not.toContain('ana tagged');
  });

  it('suggest names of the archive without the names of people', async () => {
    const { status, text } = await masked.get('/messages?tag=an.tagged@example.com%3Dyes');
    expect(status).toBe(404);
    expect(text).toContain('***@example.com');
    expect(text).not.toContain('ana.tagged');
  });

  it('still find a person by the address that was typed', async () => {
    const [row] = await folder.rows<{ address: string }>(
      "SELECT address FROM recipients WHERE event_type = 'Bounce' AND address LIKE '%@%' LIMIT 1",
    );
    const { status, text } = await masked.get(
      `/people?${new URLSearchParams({ address: row?.address ?? '' })}`,
    );
    expect(status).toBe(200);
    expect(text).toContain('<tbody>');
    expect(text).toContain('<h1>Messages to ***@');
  });
});
