import { gzipSync } from 'node:zlib';
import { sendText } from '../records';
import { run } from '../run-command';
import { eventLines, messageIds, runRead } from '../run-read';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
scratch.write('archive/2026/a.gz', gzipSync(`${sendText('a')}\n`));
scratch.write('archive/2026/b', sendText('b'));
scratch.write('archive/.hidden', sendText('hidden'));
scratch.write('other/c', sendText('c'));
const { path: cwd } = scratch;
const both = `${sendText('a')}${sendText('b')}`;

describe('read', () => {
  it.concurrent.each([
    ['a folder', ['archive'], ['a', 'b'], 2],
    ['a file', ['other/c'], ['c'], 1],
    ['a glob', ['archive/**/*.gz'], ['a'], 1],
    ['several sources in their order', ['other', 'archive/2026/b', 'archive/*/a*'], ['c', 'b', 'a'], 3],
  ])('reads %s', async (_, sources, ids, objects) => {
    const result = await runRead(sources, { cwd });
    expect(messageIds(result)).toEqual(ids);
    expect(result.counts).toMatchObject({ events: ids.length, objects });
    expect(result.code).toBe(0);
  });

  it.concurrent('reports the number of skipped hidden files', async () => {
    const { stdout, stderr } = await runRead(['archive'], { cwd });
    expect(stderr).toContain('2 objects, 1 foreign skipped;');
    expect(stdout).not.toContain('hidden');
  });

  it.concurrent.each([
    ['plain', 'ndjson', both],
    ['gzip', 'ndjson', gzipSync(both)],
    ['plain', 'table', both],
  ])('reads %s standard input, as %s', async (_, format, stdin) => {
    const result = await runRead(['--format', format, '-'], { stdin });
    if (format === 'ndjson') {
      expect(eventLines(result).map(({ provenance }) => provenance.object)).toEqual(['-', '-']);
    }
    expect(result.counts).toMatchObject({ records: 2, events: 2, objects: 1 });
    expect(result.code).toBe(0);
  });
});

describe('read of a missing source', () => {
  it.concurrent.each([
    ['a path', ['nope'], 'error: no such file or folder: nope; use a file, a folder, a glob'],
    ['a glob', ['nope-*.gz'], 'error: no file matches nope-*.gz: check the pattern'],
    [
      'an address without a bucket',
      ['s3://'],
      'error: invalid S3 address s3://: use the form s3://bucket/prefix',
    ],
    ['for a table', ['--format', 'table', 'nope'], 'error: no such file or folder: nope;'],
    [
      'for an array, with an existing source',
      ['--format', 'json', 'other', 'nope'],
      'error: no such file or folder: nope;',
    ],
  ])('reports the problem, the place and the fix, without a stack: %s', async (_, args, message) => {
    const { code, stdout, stderr } = await run(['read', ...args], { cwd });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it.concurrent.each([
    ['before', ['--debug', 'read', 'nope']],
    ['after', ['read', 'nope', '--debug']],
  ])('shows the stack with --debug %s the command', async (_, args) => {
    const { code, stderr } = await run(args, { cwd });
    expect(stderr).toMatch(/^SourceError: no such file or folder: nope;.*\n {4}at /);
    expect(code).toBe(1);
  });

  it.concurrent('escapes control characters of names, in a stack too', async () => {
    const results = await Promise.all([
      run(['read', '\u001b[2J\u202enope']),
      run(['read', '\u001b[2J\u202enope', '--debug']),
    ]);
    for (const { stderr } of results) {
      expect(stderr).toContain('\\u001b[2J\\u202enope');
      for (const obeyed of ['\u001b', '\u202e']) expect(stderr).not.toContain(obeyed);
    }
  });
});
