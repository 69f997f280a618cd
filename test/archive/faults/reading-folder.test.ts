import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { environment } from '../../cli/command-call';
import { entry } from '../../cli/run-process';
import { ArchiveFolder } from '../archive-folder';

async function filled(): Promise<ArchiveFolder> {
  const folder = new ArchiveFolder();
  folder.write('a', '');
  await folder.ingest();
  return folder;
}

const beside = (folder: ArchiveFolder) => readdirSync(folder.path).sort();

/** Reads an archive until it is killed. */
const reader = `
  const { readArchive } = require('./file/read-archive');
  readArchive(process.argv[1], {}, async () => {
    console.log('reading');
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  });`;

describe('the temporary folder of a reader', () => {
  it('is removed after reading', async () => {
    const folder = await filled();
    const during = await readArchive(folder.archive, {}, () => Promise.resolve(beside(folder)));
    expect(during).toEqual([
      'archive.duckdb',
      expect.stringMatching(/^archive\.duckdb\.reading-\w{6}$/),
      'objects',
    ]);
    expect(beside(folder)).toEqual(['archive.duckdb', 'objects']);
  });

  it('is removed when the process ends early, for example when its pipe is closed', async () => {
    const folder = await filled();
    const ending = `
      const { readdirSync } = require('node:fs');
      const { readArchive } = require('./file/read-archive');
      readArchive(process.argv[1], {}, async () => {
        process.exit(readdirSync(process.argv[2]).length);
      });`;
    const child = spawn(process.execPath, ['-e', ending, '--', folder.archive, folder.path], {
      cwd: join(dirname(entry), '..', 'archive'),
      env: environment(),
    });
    await once(child, 'close');
    expect(child.exitCode).toBe(3);
    expect(beside(folder)).toEqual(['archive.duckdb', 'objects']);
  });

  it('is removed by the next writer after the reader was killed, and nothing else is', async () => {
    const folder = await filled();
    const child = spawn(process.execPath, ['-e', reader, '--', folder.archive], {
      cwd: join(dirname(entry), '..', 'archive'),
      env: environment(),
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(beside(folder)).toHaveLength(3);
    mkdirSync(`${folder.archive}.reading-mine`);
    await readArchive(folder.archive, {}, () => Promise.resolve());
    expect(beside(folder)).toHaveLength(4); // several processes can read at the same time
    await folder.ingest();
    expect(beside(folder)).toEqual(['archive.duckdb', 'archive.duckdb.reading-mine', 'objects']);
  });
});
