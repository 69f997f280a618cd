import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { securityHeaders } from '../../../consumer/report/server/http/security-headers';
import { ArchiveFolder } from '../../archive/archive-folder';
import { rejectedTexts, tenKinds } from '../../cli/records';
import { type Got, PageServer } from './page-server';

const folder = new ArchiveFolder();
beforeAll(async () => {
  folder.write('events.json', tenKinds);
  folder.write('rejected.json', rejectedTexts.map(([, line]) => `${line}\n`).join(''));
  await folder.ingest();
});
const server = PageServer.forTests({ source: folder.archive });

const paths = [
  '/',
  '/messages',
  '/messages/0100',
  '/people',
  '/people?address=ana@example.com',
  '/questions',
  '/questions/health',
  '/questions/health?since=soon',
  '/questions/nothing',
  '/rejects',
  '/state',
  '/nothing',
];

function expectSecurityHeaders({ headers }: Pick<Got, 'headers'>): void {
  for (const [name, value] of Object.entries(securityHeaders))
    expect([name, headers[name.toLowerCase()]]).toEqual([name, value]);
}

/** Sends the bytes of a request, and returns the response. */
async function sendRaw(bytes: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  socket.end(bytes);
  return text(socket);
}

describe('access to the pages', () => {
  it.each(paths)('%s requires the token', async (path) => {
    const got = await server.send(path);
    expect(got.status).toBe(403);
    expect(got.text).toContain('Open the address that <code>ses-events serve</code> printed');
    expectSecurityHeaders(got);
  });

  it('sets a cookie for the token, and leads to the same page without it', async () => {
    const got = await server.send(`/questions/bounces?since=7d&token=${server.token}`);
    expect(got.status).toBe(303);
    expect(got.headers.location).toBe('/questions/bounces?since=7d');
    expect(got.headers['set-cookie']).toEqual([
      expect.stringMatching(/^ses_events_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect(got.headers['set-cookie']?.[0]).toContain(`ses_events_${server.port}=`);
    expect(got.headers['set-cookie']?.[0]).not.toContain(server.token);
    expectSecurityHeaders(got);
  });

  it.each(['//evil.example/', '/\\evil.example/', '///evil.example', '/%2F/evil.example'])(
    'never leads to another server: %s',
    async (path) => {
      const { headers, status } = await server.send(`${path}?token=${server.token}`);
      if (status === 303) expect(headers.location).toMatch(/^\/[^/\\]*/);
      expect(headers.location ?? '/').not.toMatch(/^[/\\]{2}|^\w+:/);
    },
  );

  it.each(['', 'x', 'x'.repeat(43), `${'y'.repeat(5_000)}`])('refuses a wrong token of %j', async (token) => {
    const got = await server.send(`/?token=${token}`);
    expect(got.status).toBe(403);
    expect(got.headers['set-cookie']).toBeUndefined();
  });

  it('refuses a token or a cookie with one character changed', async () => {
    const changed = server.token.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'));
    expect((await server.send(`/?token=${changed}`)).status).toBe(403);
    const cookie = `ses_events_${server.port}=${server.token}`;
    expect((await server.send('/', { headers: { cookie } })).status).toBe(403);
  });

  it.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '[::2]',
    'a b',
  ])('refuses the Host header %j, also with the cookie', async (host) => {
    const got = await server.get('/questions', { headers: { host } });
    expect([400, 403]).toContain(got.status);
    expect(got.text).not.toContain('evil');
    expectSecurityHeaders(got);
  });

  it.each(['127.0.0.1', 'localhost', 'LocalHost:9000', '[::1]:9000', '127.0.0.1:1'])(
    'accepts the Host header %s: a tunnel can have another port',
    async (host) => {
      expect((await server.get('/questions', { headers: { host } })).status).toBe(200);
    },
  );
});

describe('requests of pages of other origins', () => {
  it.each([
    ['same-origin', 'cors', 200],
    ['none', 'navigate', 200],
    ['cross-site', 'navigate', 200],
    ['same-site', 'navigate', 200],
    ['cross-site', 'no-cors', 403],
    ['same-site', 'no-cors', 403],
    ['same-site', 'cors', 403],
    ['same-site', undefined, 403],
  ])('from %s in the mode %s are answered with %i', async (site, mode, status) => {
    const headers = { 'sec-fetch-site': site, ...(mode !== undefined && { 'sec-fetch-mode': mode }) };
    const got = await server.get('/questions', { headers });
    expect(got.status).toBe(status);
    expectSecurityHeaders(got);
  });

  it.each([
    ['document', 200],
    ['iframe', 403],
    ['embed', 403],
    ['object', 403],
  ])('that open a page as %s are answered with %i', async (dest, status) => {
    const headers = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': dest };
    expect((await server.get('/questions', { headers })).status).toBe(status);
  });
});

describe('every response', () => {
  it.each(paths)('%s has the security headers, and the same ones for HEAD without a body', async (path) => {
    const got = await server.get(path);
    expectSecurityHeaders(got);
    const head = await server.get(path, { method: 'HEAD' });
    expect(head.status).toBe(got.status);
    expect(head.text).toBe('');
    expect(head.headers['content-type']).toBe(got.headers['content-type']);
    expectSecurityHeaders(head);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'is 405 for %s, with and without the cookie',
    async (method) => {
      for (const got of [await server.get('/', { method }), await server.send('/', { method })]) {
        expect(got.status).toBe(405);
        expect(got.headers.allow).toBe('GET, HEAD');
        expectSecurityHeaders(got);
      }
    },
  );

  it('is an error for an address that is too long', async () => {
    const long = await server.get(`/questions?since=${'x'.repeat(8_192)}`);
    expect(long.status).toBe(414);
    expectSecurityHeaders(long);
    const longer = await sendRaw(`GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    expect(longer).toMatch(/^HTTP\/1.1 431 /);
    expect(longer).toContain("Content-Security-Policy: default-src 'none'");
  });

  it.each([
    'nonsense\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.0\r\n\r\n',
    'GET / HTTP/1.1\r\nHost:\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: more\r\n\r\n',
    'CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n',
  ])('has the security headers for %j', async (bytes) => {
    const response = await sendRaw(bytes);
    expect(response).toMatch(/^HTTP\/1.1 4\d\d /);
    expect(response).toContain("Content-Security-Policy: default-src 'none'");
  });

  it.each([
    '/assets/../../../../package.json',
    '/assets/..%2f..%2fapp.tsx',
    '/assets/%2e%2e/app.tsx',
    '/assets/page.css/../../app.tsx',
    '/assets//etc/passwd',
    '/assets/page.js%00',
    '/..%5c..%5cpackage.json',
    '/%c0%ae%c0%ae/',
    '/%',
  ])('is 404 for %s', async (path) => {
    const got = await server.get(path);
    expect(got.status).toBe(404);
    expect(got.text).not.toMatch(/root:|createApp|"version"/);
  });

  it.each([
    ['/assets/page.css', 'text/css; charset=utf-8'],
    ['/assets/page.js', 'text/javascript; charset=utf-8'],
  ])('serves %s without the token, because it contains no data', async (path, type) => {
    const got = await server.send(path);
    expect(got.status).toBe(200);
    expect(got.headers['content-type']).toBe(type);
    expectSecurityHeaders(got);
  });
});

describe('the pages', () => {
  it.each([
    ['/', 200, 'Email report'],
    ['/messages', 200, '<h1>Find messages</h1>'],
    ['/messages?recipient=nobody@example.net', 200, 'No matching events.'],
    ['/messages?status=lost', 400, 'status: Expected one of '],
    ['/messages?by=day', 400, 'This page has no parameter by.'],
    ['/people', 200, 'Messages to a person'],
    ['/questions', 200, 'Bounces by cause and recipient domain'],
    ['/questions/health', 200, 'Bounce rate'],
    ['/questions/nothing', 404, 'There is no question with this name.'],
    ['/questions/constructor', 404, 'There is no question with this name.'],
    ['/messages/nothing', 404, 'There are no events of a message with this id.'],
    ['/messages/ana@example.com', 404, 'This is not a message id.'],
    ['/people?address=nobody@example.net', 200, 'No events of this address.'],
    ['/people?address=nobody', 400, 'This is not an email address'],
    ['/rejects', 200, '3 rejected records'],
    ['/rejects?reason=not-json', 200, '1 rejected record: 1 not-json.'],
    ['/rejects?resaon=not-json', 400, 'This page has no parameter resaon. It has reason, object.'],
    ['/questions/bounces?since=soon', 400, 'since: Expected a day or time'],
    ['/questions/bounces?since=1d&until=2d', 400, 'since must be before until.'],
    ['/questions/bounces?limit=all', 400, 'limit: Expected a whole number from 0 to 1,000.'],
    ['/questions/bounces?tag=welcome', 400, 'tag: Expected name=value'],
    ['/questions/bounces?timezone=Berlin', 400, 'did you mean Europe/Berlin?'],
    ['/questions/trend?by=year', 400, 'by: Expected one of day, week, month.'],
    ['/questions/bounces?domian=example.com', 400, 'This page has no parameter domian.'],
    ['/questions/bounces?domain=nope.example', 404, 'there is no recipient domain'],
    ['/?since=soon', 400, 'since: Expected a day or time'],
    ['/nothing', 404, 'There is no page with this address.'],
  ])('%s is %i: %s', async (path, status, part) => {
    const got = await server.get(path);
    expect([got.status, got.text.replaceAll('&quot;', '"')]).toEqual([status, expect.stringContaining(part)]);
    expect(got.text).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(got.text).toMatch(/<\/html>\n?$/);
  });

  it('show when the data was read, and the state with which the script compares', async () => {
    const { text: page } = await server.get('/questions');
    expect(page).toMatch(/Read at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: \d+ events, newest \d{4}-/);
    const { state } = JSON.parse((await server.get('/state')).text);
    expect(page).toContain(`data-state="${state}"`);
  });

  it('have no inline script, style or handler, and load nothing from elsewhere', async () => {
    for (const path of paths) {
      const { text: page } = await server.get(path);
      expect(page).not.toMatch(/<style|<script(?![^>]* src="\/assets\/page\.js")|\sstyle=|\son\w+=/);
      for (const [, address] of page.matchAll(/\s(?:href|src|action)="([^"]*)"/g))
        expect(address).toMatch(/^(\/(?!\/)|#)/);
    }
  });

  it('report no error to the terminal', () => expect(server.errors).toEqual([]));
});
