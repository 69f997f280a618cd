import { ArchiveFolder } from '../../archive/archive-folder';
import { unsafe } from '../../cli/unsafe-text';
import { eventFolders } from '../../events/event-folders';
import { fixtures } from '../../fixtures/load';
import { PageServer } from './page-server';

const markup = `</td></script><script>alert(1)</script><img src=x onerror="alert('2')"><!--parts-->`;
const attack = `${markup}\u202e\u2066\u001b[31m\u0000\r\n`;

/** Values that select how a record is read. */
const isStructure = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text);
const structural: ReadonlySet<string> = new Set(['eventType', 'notificationType', 'event_type']);

/** Returns a value with the attack in all of its texts, also in the names of tags. */
function hostile(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return isStructure(value) || structural.has(key) ? value : `${attack}${value}`;
  if (Array.isArray(value)) return value.map((item) => hostile(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    key === 'tags' ? attack : name,
    hostile(inner, name),
  ]);
  return Object.fromEntries(entries);
}

const folder = new ArchiveFolder();
const ids: string[] = [];
beforeAll(async () => {
  const records = eventFolders.flatMap(([kind]) => fixtures(kind).map(([, record]) => hostile(record)));
  folder.write('events.json', records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  folder.write(
    'rejected.json',
    `${attack}\n{"${JSON.stringify(attack).slice(1, -1)}":1}\n{"eventType":${JSON.stringify(attack)},"mail":1}\n`,
  );
  await folder.ingest();
  const found = await folder.rows<{ id: string }>(
    'SELECT min(message_id) AS id FROM event_rows GROUP BY event_type, origin HAVING id IS NOT NULL',
  );
  ids.push(...found.map(({ id }) => id));
});
const server = PageServer.forTests({ source: folder.archive });

function expectHarmless(text: string): void {
  // A field contains the text that was typed.
  const page = text.replaceAll(/(<input [^>]*) value="[^"]*"/g, '$1');
  expect(page).not.toMatch(/<script(?! type="module" src="\/assets\/page\.js"><\/script>)/);
  expect(page).not.toMatch(/<img|<!--/);
  expect(page.replaceAll('\n', '')).not.toMatch(unsafe);
  // A quote that is not escaped would end an attribute.
  expect(page.match(/<[a-z][^>]*>/g)?.filter((tag) => /alert\([^"]*"[^>\s/]/.test(tag))).toEqual([]);
  for (const [, address] of page.matchAll(/\shref="([^"]*)"/g)) expect(address).toMatch(/^(\/(?!\/)|#)/);
}

describe('texts of events', () => {
  it('are in the archive, with the attack in all of them', async () => {
    // The archive stores NUL as the replacement character.
    const stored = attack.replace('\u0000', '\ufffd');
    expect(ids.some((id) => id.startsWith(stored))).toBe(true);
    expect(ids.length).toBeGreaterThan(5);
  });

  it.each(['/', '/questions', '/rejects', '/people', '/messages'])('are text on %s', async (path) =>
    expectHarmless((await server.get(path)).text),
  );

  it('are text in the answers to all questions', async () => {
    const { text } = await server.get('/questions');
    const pages = [...text.matchAll(/href="(\/questions\/[\w-]+)"/g)].map(([, path = '']) => path);
    expect(pages.length).toBeGreaterThan(15);
    let attacks = 0;
    for (const path of pages) {
      const { status, text: page } = await server.get(path);
      expect([path, status]).toEqual([path, 200]);
      expectHarmless(page);
      if (page.includes('&lt;script&gt;')) attacks++;
    }
    expect(attacks).toBeGreaterThan(5);
  });

  it('are text on the pages of their messages', async () => {
    for (const id of ids) {
      const { status, text } = await server.get(`/messages/${encodeURIComponent(id)}`);
      expect(status).toBe(200);
      expectHarmless(text);
      expect(text).toContain('&lt;script&gt;');
    }
  });

  it('are text on the pages of their recipients, and in forms', async () => {
    const { text } = await server.get(`/messages/${encodeURIComponent(ids[0] ?? '')}`);
    const people = [...text.matchAll(/href="(\/people\?[^"]*)"/g)].map(([, path = '']) => path);
    for (const path of [...people, `/people?address=${encodeURIComponent(`${attack}@example.com`)}`]) {
      const { text: page } = await server.get(path.replaceAll('&amp;', '&'));
      expectHarmless(page);
    }
  });

  it.each(['/questions/bounces', '/rejects', '/messages', '/'])(
    'are text in the parameters of %s',
    async (path) => {
      for (const name of ['since', 'domain', 'tag', 'reason', 'object', attack]) {
        const query = new URLSearchParams({ [name]: `a=${attack}` });
        const { status, text } = await server.get(`${path}?${query}`);
        expect([200, 400, 404]).toContain(status);
        expectHarmless(text);
      }
    },
  );

  it('report no error to the terminal', () => expect(server.errors).toEqual([]));
});
