import { ingest } from '../../../../consumer/archive/ingest/ingest';
import { ArchiveFolder } from '../../../archive/archive-folder';
import { packageFolder } from '../../../cli/compiled-command';
import { PageServer } from '../page-server';

const folder = new ArchiveFolder();
beforeAll(() => ingest(`${packageFolder}/examples/sample-archive`, { archive: folder.archive, workers: 0 }));
const server = PageServer.forTests({ source: folder.archive });

const addressesOf = (page: string) =>
  new Set(
    [...page.matchAll(/ href="(\/(?:questions|messages)[^"]*\?[^"]*)"/g)].map(([, address = '']) =>
      address.replaceAll('&amp;', '&'),
    ),
  );

describe('the report as a page', () => {
  it.each([
    [
      'since=2026-08-09&until=2026-08-14&domain=mail.example',
      ['since=2026-08-09T00', 'until=2026-08-14T00', 'domain=mail.example', 'recipient=%40mail.example'],
    ],
    [
      'configuration-set=marketing&timezone=Europe%2FBerlin',
      ['configuration-set=marketing', 'timezone=Europe%2FBerlin'],
    ],
  ])('with %j has links that all lead to a page, with the filters', async (query, parts) => {
    const { status, text } = await server.get(`/?${query}`);
    expect(status).toBe(200);
    const addresses = [...addressesOf(text)];
    expect(addresses.length).toBeGreaterThan(10);
    for (const part of parts) expect(addresses.join(' ')).toContain(part);
    for (const address of addresses) {
      const got = await server.get(address);
      expect([address, got.status]).toEqual([address, 200]);
    }
  });

  it.each(['', '?since=2026-08-09&until=2026-08-13T06:00Z&timezone=Europe%2FBerlin', '?domain=mail.example'])(
    'leads from each count of emails to as many rows, with %j',
    async (query) => {
      const { text } = await server.get(`/${query}`);
      const counts = [...text.matchAll(/<a href="(\/questions\/emails\?[^"]*)">([\d,]+)<\/a>/g)];
      expect(counts.length).toBeGreaterThan(10);
      for (const [, link = '', count = ''] of counts) {
        const address = link.replaceAll('&amp;', '&');
        const { text: rows } = await server.get(address);
        expect([address, / of ([\d,]+) rows/.exec(rows)?.[1]]).toEqual([address, count]);
      }
    },
  );

  it('is complete HTML also when a filter has a name that does not exist', async () => {
    const { text } = await server.get('/?configuration-set=nobody');
    expect(text).toContain('role="alert">Nothing found. there is no configuration set');
    expect(text.trimEnd()).toMatch(/<\/main><\/body><\/html>$/);
  });

  it.each(['/questions/emails?outcome=toString', '/?since=constructor'])(
    'and other pages refuse %s, with the values that are allowed',
    async (path) => {
      const { status, text } = await server.get(path);
      expect(status).toBe(400);
      expect(text).toContain('Expected ');
      expect(server.errors).toEqual([]);
    },
  );

  it('of an empty archive has no figures and no error', async () => {
    const empty = new ArchiveFolder();
    empty.write('rejected.json', 'not JSON\n');
    await empty.ingest();
    const other = new PageServer();
    await other.start({ source: empty.archive });
    const { status, text } = await other.get('/');
    expect(status).toBe(200);
    expect(text).toContain('No matching events.');
    expect(other.errors).toEqual([]);
    await other.close();
  });
});
