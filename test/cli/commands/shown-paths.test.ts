import { dirname } from 'node:path';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');
const elsewhere = dirname(scratch.write('elsewhere/empty', ''));
scratch.write('objects/one', `${sendText('a', { destination: ['ana@example.com'] })}\nbroken\n`);
scratch.write('objects/two', `${sendText('a', { destination: ['ana@example.com'] })}\n`);
scratch.write('objects/notes', 'no event\n');

beforeAll(() => ingest(scratch.at('objects'), { archive, workers: 0 }));

const tables: [name: string, args: string[], shown: string][] = [
  ['rejects', ['rejects', '-a', archive], 'objects/one'],
  ['rejects --duplicates', ['rejects', '--duplicates', '-a', archive], 'objects/two'],
  ['rejects --ignored', ['rejects', '--ignored', '-a', archive], 'objects/notes'],
  ['read', ['read', scratch.at('objects/one')], 'objects/one at byte '],
  ['forget', ['forget', 'ana@example.com', '--dry-run', '-a', archive], 'objects/one\n'],
];

describe('the table of', () => {
  it.each(tables)('%s has relative paths below the working directory', async (_, args, shown) => {
    const { stdout } = await run([...args, '-f', 'table'], { cwd: scratch.path });
    expect(stdout).toContain(shown);
    expect(stdout).not.toContain(scratch.path);
  });

  it.each(tables)('%s has absolute paths in another directory', async (_, args, shown) => {
    const { stdout } = await run([...args, '-f', 'table'], { cwd: elsewhere });
    expect(stdout).toContain(scratch.at(shown));
  });
});

it.each(['json', 'ndjson', 'csv'])('%s has absolute paths', async (format) => {
  const { stdout } = await run(['rejects', '-a', archive, '-f', format], { cwd: scratch.path });
  expect(stdout).toContain(scratch.at('objects/one'));
});

it('a message of ingest has relative paths', async () => {
  const { stderr } = await run(['ingest', scratch.at('objects'), '-a', 'new.duckdb'], { cwd: scratch.path });
  expect(stderr).toMatch(/^ignored 1 object: objects\/notes; to ingest/);
  expect(stderr).not.toContain(scratch.path);
});
