import { chmodSync } from 'node:fs';
import { ArchiveFolder } from '../../archive/archive-folder';
import { sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const folder = new ArchiveFolder();
beforeAll(async () => {
  folder.write('m1.json', `${sendText('m1')}\n`);
  await folder.ingest();
});

describe('the call of serve', () => {
  const token = 'x'.repeat(32);
  const readable = scratch.write('readable', token);
  const short = scratch.write('short', 'x'.repeat(31));
  const good = scratch.write('good', `${token}\n`);
  chmodSync(readable, 0o644);
  for (const path of [short, good]) chmodSync(path, 0o600);

  it.each<[args: string[], code: number, message: string]>([
    [['--host', '0.0.0.0'], 2, '--host 0.0.0.0 requires --token-file'],
    [['--host', '192.0.2.1', '--token-file', good], 2, '192.0.2.1 is not an address of this machine'],
    [['--host', 'example.com'], 2, 'Expected an IP address'],
    [['--token-file', scratch.at('missing')], 2, 'cannot be read (ENOENT)'],
    [['--token-file', readable], 2, 'other users can read the file: run chmod 600'],
    [['--token-file', short], 2, 'a token has 32 characters or more'],
    [['./objects'], 2, 'the source ./objects requires --follow'],
    [['--follow'], 2, '--follow requires a source'],
    [['./objects', '--follow', '--engine', 'athena'], 2, '--follow cannot be combined with --engine athena'],
    [['--queue', 'x'], 2, 'is not the URL of a queue'],
    [['--every', '5'], 2, '--every requires --follow'],
    [['--mask-links'], 2, '--mask-links requires --follow or --queue'],
    [['--workgroup', 'x'], 2, '--workgroup requires --engine athena'],
    [['--source', 'lines'], 2, '--source requires --engine athena'],
    [['--port', '65536'], 2, 'a whole number from 0 to 65535'],
    [['--archive', scratch.at('missing.duckdb')], 1, 'there is no archive'],
  ])('%j is an error', async (args, code, message) => {
    const result = await run(['serve', '--port', '0', '--archive', folder.archive, ...args]);
    expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)]);
    expect(result.stdout).toBe('');
  });
});
