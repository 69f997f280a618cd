import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../consumer/archive/file/open';
import { ArchiveFolder } from '../../archive/archive-folder';
import { type Got, send } from '../../report/server/page-server';
import { sendText } from '../records';
import { run, type Started, startCommand } from '../run-process';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const started: Started[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A running `ses-events serve`, as a browser that has opened its address. */
interface Serving {
  child: Started;
  output: { text: string };
  address: URL;
  get(path: string): Promise<Got>;
}

/** Starts the command, and waits for the address that it prints. */
async function serve(...args: string[]): Promise<Serving> {
  const child = startCommand(['serve', '--port', '0', ...args]);
  started.push(child);
  const output = { text: '' };
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    output.text += part;
  });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const address = new URL(/^open (\S+)/.exec(String(line))?.[1] ?? '');
  const port = Number(address.port);
  const { headers } = await send(port, `${address.pathname}${address.search}`);
  const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const get = (path: string) => send(port, path, { headers: { cookie } });
  return { child, output, address, get };
}

async function archiveOf(...ids: string[]): Promise<ArchiveFolder> {
  const folder = new ArchiveFolder();
  for (const id of ids) folder.write(`${id}.json`, `${sendText(id)}\n`);
  await folder.ingest();
  return folder;
}

/** Returns the number of events that a page shows. */
const eventsOn = ({ text }: Got) => Number(/UTC: ([\d,]+) events?/.exec(text)?.[1]?.replaceAll(',', ''));

describe('serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints the address, answers, and ends with success on %s',
    async (signal) => {
      const folder = await archiveOf('m1');
      const { child, address, output, get } = await serve('--archive', folder.archive);
      expect(address.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
      expect((await get('/questions/kinds')).text).toContain('<h1>');
      expect((await get('/messages/m1')).status).toBe(200);
      child.kill(signal);
      await once(child, 'close');
      expect(child.exitCode).toBe(0);
      // No request is logged.
      expect(output.text.replace('\nstopping; press Ctrl-C again to stop at once\n', '')).toBe('');
    },
  );

  it('completes the pages that were requested before it ends', async () => {
    const folder = await archiveOf('m1');
    const { child, get } = await serve('--archive', folder.archive);
    const pages = ['/', '/questions/health', '/messages/m1', '/rejects'].map(get);
    await sleep(50);
    child.kill('SIGTERM');
    for (const page of pages) {
      const { status, text } = await page;
      expect(status).toBe(200);
      expect(text).toMatch(/<\/html>\n?$/);
    }
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
  });

  it('frees the archive between pages, and shows what another process has ingested', async () => {
    const folder = await archiveOf('m1');
    const { get } = await serve('--archive', folder.archive);
    expect(eventsOn(await get('/questions'))).toBe(1);
    const { text: before } = await get('/state');
    folder.write('m2.json', `${sendText('m2')}\n`);
    const ingested = await run(['ingest', folder.objects, '--archive', folder.archive, '--wait', '0']);
    expect(ingested.code).toBe(0);
    expect(eventsOn(await get('/questions'))).toBe(2);
    expect((await get('/state')).text).not.toBe(before);
  });

  it('answers 503 with a retry while another process has the archive, and then the page', async () => {
    const folder = await archiveOf('m1');
    const { get } = await serve('--archive', folder.archive, '--wait', '0.2');
    const database = await openDatabase(folder.archive);
    const started = performance.now();
    const pages = await Promise.all(Array.from({ length: 50 }, (_, index) => get(`/messages/m${index}`)));
    expect(performance.now() - started).toBeLessThan(5_000);
    for (const { status, headers, text } of pages) {
      expect(status).toBe(503);
      expect(headers).toMatchObject({ 'retry-after': '3', refresh: '3' });
      expect(text).toContain('Another process is writing to the archive.');
      expect(text).not.toContain(folder.archive);
    }
    database.close();
    expect((await get('/messages/m1')).status).toBe(200);
  });

  it('shows no path and no stack when the archive disappears, and reports it in the terminal', async () => {
    const folder = await archiveOf('m1');
    const { get, output } = await serve('--archive', folder.archive);
    folder.remove();
    const { status, text } = await get('/questions');
    expect(status).toBe(503);
    expect(text).toContain('The terminal in which ses-events serve runs shows the cause.');
    expect(text).not.toMatch(/archive\.duckdb|\bat \/|node_modules/);
    expect(output.text).toContain(`error: there is no archive ${folder.archive}`);
  });
});

describe('serve --follow', () => {
  it('answers 1,000 requests at once while it ingests, and loses no event', async () => {
    const folder = new ArchiveFolder();
    const objects = 400;
    const lines = (object: number) =>
      Array.from({ length: 50 }, (_, line) => `${sendText(`m${object}-${line}`)}\n`).join('');
    for (let object = 0; object < objects; object++) folder.write(`${object}.json`, lines(object));
    const { child, output, get } = await serve(
      folder.objects,
      '--follow',
      '--every',
      '1',
      '--archive',
      folder.archive,
    );
    const batches = () => output.text.match(/^ingested /gm)?.length ?? 0;
    while (batches() === 0) await sleep(20);
    const before = batches();
    const paths = [
      '/',
      '/questions/kinds',
      '/questions/health',
      '/messages/m1-1',
      '/rejects',
      '/people',
      '/state',
      '/nothing',
    ];
    const requested = Array.from({ length: 1_000 }, (_, index) => {
      const path = paths[index % paths.length] ?? '/';
      return get(path === '/questions/kinds' ? `${path}?limit=${index % 40}` : path);
    });
    for (let object = objects; object < objects + 100; object++)
      folder.write(`${object}.json`, lines(object));
    const counts = new Map<number, number>();
    for (const { status } of await Promise.all(requested)) counts.set(status, (counts.get(status) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([200, 404]);
    expect(counts.get(200)).toBe(875);
    expect(batches()).toBeGreaterThan(before);
    const all = (objects + 100) * 50;
    while (eventsOn(await get('/questions')) < all) await sleep(200);
    child.kill('SIGINT');
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
    expect(await folder.rows('FROM events')).toHaveLength(all);
  }, 120_000);

  it('creates the archive, and shows new events on the next page', async () => {
    const folder = new ArchiveFolder();
    folder.write('m1.json', `${sendText('m1')}\n`);
    const { get, output } = await serve(
      folder.objects,
      '--follow',
      '--every',
      '1',
      '--archive',
      folder.archive,
    );
    for (const id of ['m1', 'm2']) {
      folder.write(`${id}.json`, `${sendText(id)}\n`);
      while ((await get(`/messages/${id}`)).status !== 200) await sleep(50);
    }
    expect(output.text.match(/^ingested 1 record: 1 new event/gm)).toHaveLength(2);
  });

  it('ends with an error when its source cannot be read', async () => {
    const folder = await archiveOf('m1');
    const { code, stderr } = await run([
      'serve',
      '/nothing/here',
      '--follow',
      '--port',
      '0',
      '--archive',
      folder.archive,
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('error: ');
    expect(stderr).toContain('/nothing/here');
  });
});

describe('the address of serve', () => {
  it('is an error for a port in use', async () => {
    const folder = await archiveOf('m1');
    const { address } = await serve('--archive', folder.archive);
    const result = await run(['serve', '--port', address.port, '--archive', folder.archive]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`port ${address.port} of 127.0.0.1 is in use`);
  });

  it('takes the token of a file, and does not print it', async () => {
    const token = 'x'.repeat(32);
    const good = scratch.write('token', `${token}\n`);
    chmodSync(good, 0o600);
    const folder = await archiveOf('m1');
    const { address } = await serve('--archive', folder.archive, '--token-file', good);
    expect(address.search).toBe('?token=TOKEN');
    expect((await send(Number(address.port), `/?token=${token}`)).status).toBe(303);
    expect((await send(Number(address.port), '/?token=TOKEN')).status).toBe(403);
  });
});
