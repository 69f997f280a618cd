import { ArchiveFolder } from '../../../archive/archive-folder';
import { PageServer } from '../page-server';

const mail = {
  timestamp: '2026-03-04T05:06:07.000Z',
  messageId: 'm1',
  source: 'news@shop.example',
  destination: ['ana@example.com', 'bo@example.org'],
  commonHeaders: { subject: '=?UTF-8?B?R3LDvG4=?=' },
};
const diagnosticCode = `smtp; 550 5.1.1 ${'user unknown '.repeat(100)}`;
const events = [
  { eventType: 'Send', mail, send: {} },
  {
    eventType: 'Delivery',
    mail,
    delivery: {
      timestamp: '2026-03-04T05:06:09.000Z',
      processingTimeMillis: 2000,
      recipients: ['ana@example.com'],
      smtpResponse: '250 2.0.0 OK <queued>',
      reportingMTA: 'a8-1.smtp-out.amazonses.com',
    },
  },
  {
    eventType: 'Bounce',
    mail,
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'NoEmail',
      bouncedRecipients: [{ emailAddress: 'bo@example.org', status: '5.1.1', diagnosticCode }],
      timestamp: '2026-03-04T05:06:10.000Z',
      feedbackId: 'f1',
    },
  },
];

const folder = new ArchiveFolder();
beforeAll(async () => {
  folder.write('events.json', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  await folder.ingest();
});
const server = PageServer.forTests({ source: folder.archive });

/** Returns the rows of the tables of a page as texts. */
function rowsOf(page: string): string[][] {
  const plain = (html = '') =>
    html
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll(/\s+/g, ' ')
      .trim();
  return [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell]) => plain(cell)),
  );
}

describe('the page of a message', () => {
  it('shows the last result of each recipient, in the words of the server', async () => {
    const { text } = await server.get('/messages/m1');
    const rows = rowsOf(text);
    expect(rows.slice(0, 2)).toEqual([
      ['Recipient', 'Last result, with the response of the server', 'Time (UTC)'],
      ['ana@example.com', 'delivered: 250 2.0.0 OK <queued>', '2026-03-04 05:06:09'],
    ]);
    expect(rows[2]).toEqual([
      'bo@example.org',
      expect.stringMatching(
        /^bounced \(no-such-address; Permanent\/NoEmail\): 5\.1\.1, smtp; 550 5\.1\.1 user.*…$/,
      ),
      '2026-03-04 05:06:10',
    ]);
  });

  it('shows the timeline, with the object and the byte of each event', async () => {
    const { text } = await server.get('/messages/m1');
    const places = rowsOf(text)
      .slice(4)
      .map((row) => row[3]);
    const offsets = [0, 1, 2].map((count) =>
      events.slice(0, count).reduce((sum, event) => sum + JSON.stringify(event).length + 1, 0),
    );
    expect(places).toEqual(offsets.map((offset) => `${folder.objects}/events.json byte ${offset}`));
  });

  it('shows the subject decoded, and each event as JSON on several lines', async () => {
    const { text } = await server.get('/messages/m1');
    expect(text).toContain('<h1>Grün</h1>');
    expect(text.match(/<details id="event-[\da-f-]+">/g)).toHaveLength(3);
    expect(text).toContain('{\n  &quot;eventType&quot;: &quot;Send&quot;,\n  &quot;mail&quot;: {\n');
  });

  it('is found by the Message-ID header of SES, and leads to its recipients', async () => {
    const { status, text } = await server.get('/messages/%3Cm1%40eu-west-1.amazonses.com%3E');
    expect(status).toBe(200);
    expect(text).toContain('href="/people?address=ana%40example.com"');
    const { text: person } = await server.get('/people?address=ANA%40Example.com');
    expect(person).toContain('href="/messages/m1"');
    expect(rowsOf(person).map((row) => row[2])).toContain('delivered: 250 2.0.0 OK <queued>');
    expect(person).not.toContain('bo@example.org');
  });

  it('cuts a long event, with a note of its length', async () => {
    const long = {
      ...events[0],
      mail: { ...mail, messageId: 'm2', headersTruncated: false, tags: { a: ['x'.repeat(50_000)] } },
    };
    folder.write('long.json', `${JSON.stringify(long)}\n`);
    await folder.ingest();
    const { text } = await server.get('/messages/m2');
    expect(text).toMatch(/… cut, [\d,]+ characters in all/);
    expect(text.length).toBeLessThan(40_000);
  });
});
