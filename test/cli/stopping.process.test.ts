import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { ArchiveFolder } from '../archive/archive-folder';
import { S3Server } from '../s3-server/s3-server';
import { closingCounts } from './closing-counts';
import { environment } from './command-call';
import { packageFolder } from './compiled-command';
import { pressCtrlC } from './press-ctrl-c';
import { sendText } from './records';
import { entry, run, type Started, startCommand } from './run-process';
import { ScratchFolder } from './scratch-folder';

const scratch = new ScratchFolder();
const sampleArchive = 'examples/sample-archive';
/** More than the command writes in one piece. */
const manyEvents = Array.from({ length: 1000 }, (_, index) => `${sendText(`m${index}`)}\n`).join('');

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function start(...args: string[]): Started {
  const child = startCommand(args);
  started.push(child);
  return child;
}

/** Whether a non-blocking pipe is full. If it is not, one byte is added. */
function isFull(pipe: number): boolean {
  try {
    writeSync(pipe, '\n');
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return true; // an error of the system
    throw error;
  }
}

async function ended(child: Started): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'close');
  return child.exitCode;
}

/** Starts `read` with events on standard input, which then remains open. */
async function startWaiting(format: string) {
  const child = start('read', '--format', format, '-');
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  child.stdin.write(manyEvents);
  await once(child.stdout, 'data');
  return { child, stdout, stderr };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(10);
}

describe('read without a reader', () => {
  it.concurrent.each(['ndjson', 'csv'])('ends with 0 and without a message, as %s', async (format) => {
    const child = start('read', '--format', format, sampleArchive);
    const stderr = text(child.stderr);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect([await ended(child), await stderr]).toEqual([0, '']);
  });

  const withFullDevice = existsSync('/dev/full') ? it : it.skip;
  withFullDevice('because the disk is full reports it without a stack', async () => {
    const child = spawn(process.execPath, [entry, 'read', sampleArchive], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      cwd: packageFolder,
      env: environment(),
    });
    const [stderr] = await Promise.all([child.stderr && text(child.stderr), once(child, 'close')]);
    expect([child.exitCode, stderr]).toEqual([1, 'error: cannot write to standard output: ENOSPC\n']);
  });
});

describe('Ctrl-C', () => {
  it.each(['ndjson', 'json', 'csv'])(
    'ends a read that waits for input, and counts its records, as %s',
    async (format) => {
      const { child, stdout, stderr } = await startWaiting(format);
      child.kill('SIGINT');
      expect(await ended(child)).toBe(130);
      const { events, records } = closingCounts(await stderr);
      expect(events).toBeGreaterThan(0);
      expect(records).toBe(events);
      const written = await stdout;
      if (format === 'ndjson') expect(written.split('\n')).toHaveLength(events + 1);
      if (format === 'csv') expect(written.split('\r\n')).toHaveLength(events + 2);
      if (format === 'json') expect(JSON.parse(written)).toHaveLength(events);
    },
  );

  it('ends a table that waits for input, with the events so far', async () => {
    const rejects = scratch.at('rejects');
    const child = start('read', '--format', 'table', '--rejects', rejects, '-');
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
    child.stdin.write(`${manyEvents}INFO started\n${sendText('last')}\n`);
    await until(() => existsSync(rejects) && statSync(rejects).size > 0);
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
    expect(closingCounts(await stderr)).toMatchObject({ rejected: 1, objects: 0 });
    expect(await stdout).toMatch(/│ Send +│ 1,00[01] │/);
  });

  it('ends a table during the work of threads, with the completed objects', async () => {
    const server = await S3Server.start();
    const body = gzipSync(manyEvents.repeat(5));
    for (let index = 0; index < 200; index++) server.put('archive', `events/${index}`, body);
    const child = start('read', '--format', 'table', 's3://archive/events/', '--endpoint', server.endpoint);
    const stderr = text(child.stderr);
    child.stdout.resume();
    await until(() => server.requests.length > 10);
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
    const { events, objects } = closingCounts(await stderr);
    expect(objects).toBeLessThan(200);
    expect(events).toBe(5000 * objects);
    await server.close();
  });

  it('that reaches the process twice, as through npx, still reports the counts', async () => {
    const { child, stderr } = await startWaiting('ndjson');
    child.kill('SIGINT');
    await setTimeout(3);
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
    expect(closingCounts(await stderr).events).toBeGreaterThan(0);
  });

  it('ends immediately the second time, even without a reader of the output', async () => {
    const path = scratch.at('pipe');
    execFileSync('mkfifo', [path]);
    const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    const child = spawn(process.execPath, [entry, 'read', sampleArchive], {
      stdio: ['pipe', pipe, 'pipe'],
      cwd: packageFolder,
      env: environment(),
    });
    started.push(child);
    const stderr = child.stderr && text(child.stderr);
    await until(() => isFull(pipe));
    await pressCtrlC(child);
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    await once(child, 'exit');
    expect([child.exitCode, child.signalCode]).toEqual([130, null]);
    closeSync(pipe);
    expect(await stderr).toMatch(/^\nstopping; press Ctrl-C again to stop at once\nread \d+ records: /);
  });

  it.each([
    ['ingest', []],
    ['ingest --follow', ['--follow']],
  ])('ends a listing at once that S3 keeps waiting, in %s', async (_, more) => {
    const server = await S3Server.start();
    for (let index = 0; index < 3; index++)
      server.put('mail', `events/${index}`, Buffer.from(sendText(`m${index}`)));
    const folder = new ArchiveFolder();
    const args = ['ingest', 's3://mail/events/', '--endpoint', server.endpoint, '--archive', folder.archive];
    expect((await run(args)).code).toBe(0);
    server.put('mail', 'events/3', Buffer.from(sendText('m3')));
    server.fail({ kind: 'stall', operation: 'ListObjectsV2', afterBytes: 10, milliseconds: 600_000 });
    const before = server.requests.length;
    const child = start(...args, ...more);
    const stderr = text(child.stderr);
    await until(() => server.requests.length > before);
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
    expect(await stderr).not.toContain('check the name');
    expect(await folder.rows('FROM events')).toHaveLength(3);
    expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', 'objects']);
    expect((await run(args)).stderr).toContain('ingested 1 record: 1 new event');
    await server.close();
  });

  it('stops a sample, and reports that it is incomplete', async () => {
    const out = scratch.at('sample');
    const child = start('sample', '--events', '2000000', '--output', out);
    const stderr = text(child.stderr);
    await until(() => existsSync(out));
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
    expect((await stderr).trimEnd().split('\n').at(-1)).toMatch(
      /^stopped: some of 2,000,000 events in \d+ objects?, /,
    );
  });
});
