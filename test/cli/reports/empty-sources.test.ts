import { mkdirSync } from 'node:fs';
import { S3Server } from '../../s3-server/s3-server';
import { sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const { path: cwd } = scratch;
for (const name of ['empty', 'errors']) mkdirSync(scratch.at(name));
scratch.write('hidden/.DS_Store', 'x');
scratch.write('full/a', sendText('a'));
scratch.write('old/dt=2026-03-01/hour=00/a', sendText('a'));

let archives = 0;
const newArchive = () => `${archives++}.duckdb`;

describe('read of what holds no object', () => {
  it.concurrent.each(['ndjson', 'table'])('says what to look at, and is done: %s', async (format) => {
    const { code, stderr } = await run(['read', 'empty', '--format', format], { cwd });
    expect(stderr).toMatch(/; 0 objects, check the name of the source; 0 B read/);
    expect(code).toBe(0);
  });

  it.concurrent.each([
    ['a directory', ['empty'], 'in empty: check the name, or leave out --fail-empty'],
    ['several', ['empty', 'errors'], 'in empty, errors: check'],
    ['hidden files', ['hidden'], 'in hidden, and 1 foreign passed over: check'],
    ['nothing since', ['old', '--since', '2026-04-01'], 'in old, and 1 before --since: check'],
    ['for a table', ['empty', '--format', 'table'], 'in empty: check'],
  ])('fails with --fail-empty: %s', async (_, args, where) => {
    const { code, stderr } = await run(['read', '--fail-empty', ...args], { cwd });
    const [closing, error, end] = stderr.split('\n');
    expect(closing).toMatch(/^0 records = /);
    expect(error).toContain(`error: there is no object to read ${where}`);
    expect(end).toBe('');
    expect(code).toBe(1);
  });

  it.concurrent('does not fail when one of several sources has an object', async () => {
    const { code, stderr } = await run(['read', '--fail-empty', 'empty', 'full'], { cwd });
    expect([code, stderr.includes('error')]).toEqual([0, false]);
  });
});

describe('ingest of what holds no object', () => {
  it('fails the first time, with what to do, and once the archive has an object does not', async () => {
    const archive = newArchive();
    const ingest = (...args: string[]) => run(['ingest', '-a', archive, ...args], { cwd });
    for (let time = 0; time < 2; time++) {
      const { code, stderr } = await ingest('empty', 'errors');
      expect(stderr).toMatch(/^0 records = .*; 0 objects, check the name of the source; /);
      expect(stderr).toContain(
        `\nerror: there is no object to ingest in empty, errors, and the archive ${archive} has none yet: check the name\n`,
      );
      expect(code).toBe(1);
    }
    expect((await ingest('full', 'errors')).code).toBe(0);
    const { code, stderr } = await ingest('empty');
    expect([code, stderr.includes('error')]).toEqual([0, false]);
  });

  it('fails with --fail-empty, unless everything is in the archive already', async () => {
    const archive = newArchive();
    const ingest = (...args: string[]) => run(['ingest', '-a', archive, '--fail-empty', ...args], { cwd });
    expect((await ingest('full')).code).toBe(0);
    expect((await ingest('full', 'empty')).code).toBe(0);
    const { code, stderr } = await ingest('hidden');
    expect(stderr).toContain(
      '\nerror: there is no object to ingest in hidden, and 1 foreign passed over: check the name, or leave out --fail-empty\n',
    );
    expect(code).toBe(1);
  });

  it('is told of a prefix too, without control characters', async () => {
    const server = await S3Server.start({ buckets: ['mail'] });
    const source = 's3://mail/evnts\u001b[2J/';
    const { code, stderr } = await run(
      ['ingest', source, '--endpoint', server.endpoint, '-a', newArchive()],
      { cwd },
    );
    expect(stderr).toContain(
      'error: there is no object to ingest in s3://mail/evnts\\u001b[2J/, and the archive',
    );
    expect(stderr).not.toContain('\u001b');
    expect(code).toBe(1);
    await server.close();
  });

  it.concurrent.each([
    ['--queue', ['--queue', 'https://sqs.eu-west-1.amazonaws.com/123456789012/q']],
    ['--follow', ['full', '--follow']],
  ])('cannot be combined with %s, which waits', async (option, args) => {
    const { code, stderr } = await run(['ingest', '--fail-empty', ...args], { cwd });
    expect(stderr).toBe(`error: --fail-empty cannot be combined with ${option}\n`);
    expect(code).toBe(2);
  });
});
