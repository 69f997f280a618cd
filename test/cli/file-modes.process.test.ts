import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportParquet, readArchive } from '../../consumer/queries';
import { ArchiveFolder } from '../archive/archive-folder';
import { environment } from './command-call';
import { packageFolder } from './compiled-command';
import { sendText } from './records';
import { entry } from './run-process';

/** Runs the command with the usual umask, with which everyone can read new files. */
function run(...args: string[]): void {
  const result = spawnSync('sh', ['-c', 'umask 022; exec "$@"', 'sh', process.execPath, entry, ...args], {
    cwd: packageFolder,
    env: environment(),
    encoding: 'utf8',
  });
  expect([result.status, result.stderr]).toEqual([0, expect.any(String)]);
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** Returns the modes of a file or a folder, and of everything in it. */
function modesBelow(path: string): string[] {
  const below = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
  return [...new Set([path, ...below.map((name) => join(path, name))].map(modeOf))].sort();
}

const unix = process.platform === 'win32' ? describe.skip : describe;

unix('only the owner can read', () => {
  let folder: ArchiveFolder;
  const exportTo = (name: string, format: string, ...more: string[]) => {
    const path = join(folder.path, name);
    run('export', '--archive', folder.archive, '--format', format, '--output', path, ...more);
    return path;
  };

  beforeEach(() => {
    folder = new ArchiveFolder();
    folder.write('a.json', `${sendText('a')}\n${sendText('b')}\n`);
    run('ingest', folder.objects, '--archive', folder.archive);
  });

  it('an archive, also after compaction', () => {
    expect(modeOf(folder.archive)).toBe('600');
    run('forget', 'ana@example.com', '--archive', folder.archive);
    expect(modeOf(folder.archive)).toBe('600');
  });

  it.each(['ndjson', 'csv'])('an export as %s', (format) => {
    expect(modesBelow(exportTo('out', format))).toEqual(['600']);
  });

  it('an export as Parquet, its folders included', () => {
    expect(modesBelow(exportTo('out', 'parquet'))).toEqual(['600', '700']);
  });

  it('the files of the library', async () => {
    const library = new ArchiveFolder();
    library.write('a.json', `${sendText('a')}\n`);
    const before = process.umask(0o022);
    try {
      await library.ingest();
      await readArchive(library.archive, {}, (database) => exportParquet(database, { folder: library.path }));
    } finally {
      process.umask(before);
    }
    expect(modeOf(library.archive)).toBe('600');
    const partitions = readdirSync(library.path).filter((name) => name.startsWith('event_date='));
    expect(partitions.flatMap((name) => modesBelow(join(library.path, name)))).toEqual(['600', '700']);
  });

  it('except that an existing file keeps its mode', () => {
    chmodSync(folder.archive, 0o640);
    run('forget', 'ana@example.com', '--archive', folder.archive);
    expect(modeOf(folder.archive)).toBe('640');
    const file = join(folder.path, 'out');
    writeFileSync(file, '');
    chmodSync(file, 0o644);
    exportTo('out', 'ndjson', '--overwrite');
    expect(modeOf(file)).toBe('644');
    const parquet = exportTo('parquet', 'parquet');
    chmodSync(parquet, 0o755);
    exportTo('parquet', 'parquet', '--overwrite');
    expect(modeOf(parquet)).toBe('755');
  });
});
