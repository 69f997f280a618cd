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

describe('read without objects', () => {
  it.concurrent.each(['ndjson', 'table'])(
    'advises to check the name, and exits with 0: %s',
    async (format) => {
      const { code, stderr } = await run(['read', 'empty', '--format', format], { cwd });
      expect(stderr).toMatch(/; 0 objects \(check the name of the source\); 0 B read/);
      expect(code).toBe(0);
    },
  );

  it.concurrent.each([
    ['a folder', ['empty'], 'in empty: check the name, or omit --fail-empty'],
    ['several sources', ['empty', 'errors'], 'in empty, errors: check'],
    ['hidden files', ['hidden'], 'in hidden (1 foreign skipped): check'],
    ['only older objects', ['old', '--since', '2026-04-01'], 'in old (1 skipped before --since): check'],
    ['a table', ['empty', '--format', 'table'], 'in empty: check'],
  ])('fails with --fail-empty: %s', async (_, args, where) => {
    const { code, stderr } = await run(['read', '--fail-empty', ...args], { cwd });
    const [closing, error, end] = stderr.split('\n');
    expect(closing).toMatch(/^read 0 records: /);
    expect(error).toContain(`error: no objects to read ${where}`);
    expect(end).toBe('');
    expect(code).toBe(1);
  });

  it.concurrent('does not fail when one of several sources has an object', async () => {
    const { code, stderr } = await run(['read', '--fail-empty', 'empty', 'full'], { cwd });
    expect([code, stderr.includes('error')]).toEqual([0, false]);
  });
});

describe('ingest without objects', () => {
  it('fails with advice while the archive is empty, and not when it has an object', async () => {
    const archive = newArchive();
    const ingest = (...args: string[]) => run(['ingest', '-a', archive, ...args], { cwd });
    for (let time = 0; time < 2; time++) {
      const { code, stderr } = await ingest('empty', 'errors');
      expect(stderr).toMatch(/^ingested 0 records: .*; 0 objects \(check the name of the source\); /);
      expect(stderr).toContain(
        `\nerror: no objects to ingest in empty, errors, and the archive ${archive} is empty: check the name\n`,
      );
      expect(code).toBe(1);
    }
    expect((await ingest('full', 'errors')).code).toBe(0);
    const { code, stderr } = await ingest('empty');
    expect([code, stderr.includes('error')]).toEqual([0, false]);
  });

  it('fails with --fail-empty, unless the objects are already in the archive', async () => {
    const archive = newArchive();
    const ingest = (...args: string[]) => run(['ingest', '-a', archive, '--fail-empty', ...args], { cwd });
    expect((await ingest('full')).code).toBe(0);
    expect((await ingest('full', 'empty')).code).toBe(0);
    const { code, stderr } = await ingest('hidden');
    expect(stderr).toContain(
      '\nerror: no objects to ingest in hidden (1 foreign skipped): check the name, or omit --fail-empty\n',
    );
    expect(code).toBe(1);
  });

  it('reports a prefix with its control characters escaped', async () => {
    const server = await S3Server.start({ buckets: ['mail'] });
    const source = 's3://mail/evnts\u001b[2J/';
    const { code, stderr } = await run(
      ['ingest', source, '--endpoint', server.endpoint, '-a', newArchive()],
      { cwd },
    );
    expect(stderr).toContain('error: no objects to ingest in s3://mail/evnts\\u001b[2J/, and the archive');
    expect(stderr).not.toContain('\u001b');
    expect(code).toBe(1);
    await server.close();
  });

  it.concurrent.each([
    ['--queue', ['--queue', 'https://sqs.eu-west-1.amazonaws.com/123456789012/q']],
    ['--follow', ['full', '--follow']],
  ])('cannot combine --fail-empty with %s, which waits for objects', async (option, args) => {
    const { code, stderr } = await run(['ingest', '--fail-empty', ...args], { cwd });
    expect(stderr).toBe(`error: --fail-empty cannot be combined with ${option}\n`);
    expect(code).toBe(2);
  });
});
