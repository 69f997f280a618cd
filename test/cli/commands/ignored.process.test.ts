import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { environment } from '../command-call';
import { sendText } from '../records';
import { entry, run } from '../run-process';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const cwd = scratch.path;
scratch.write('objects/a.json', `${sendText('a')}\nno event\n`);

const command = (...args: string[]) => run(args, { cwd });

/** Runs the command with standard output redirected to a file, as a shell does. */
function runInto(file: string, ...args: string[]): void {
  const descriptor = openSync(scratch.at(file), 'w');
  spawnSync(process.execPath, [entry, ...args], {
    cwd,
    env: environment(),
    stdio: ['ignore', descriptor, 'pipe'],
  });
  closeSync(descriptor);
}

describe('a folder with the archive and its exports', () => {
  it('is ingested again without new events', async () => {
    expect((await command('ingest', '.')).stderr).toMatch(/1 new event, 0 duplicates, 1 rejected/);
    await command('export', '--format', 'csv', '--output', 'events.csv');
    await command('export', '--format', 'ndjson', '--output', 'rows.ndjson');
    await command('export', '--format', 'ndjson', '--raw', '--output', 'records.ndjson');
    await command('export', '--format', 'parquet', '--output', 'parquet');
    await command('ask', 'health', '--format', 'json', '--output', 'health.json');
    await command('ask', 'kinds', '--format', 'csv', '--output', 'kinds.csv');
    await command('read', 'objects', '--rejects', 'rejects.ndjson');
    runInto('redirected.ndjson', 'export', '--format', 'ndjson', '--raw');
    for (let round = 0; round < 2; round++) {
      const { code, stderr } = await command('ingest', '.');
      expect(stderr).toMatch(
        /^ingested 0 records: 0 new events, 0 duplicates, 0 rejected, .* 1 unchanged, 8 ignored;/m,
      );
      expect(stderr).toMatch(
        /^ignored 8 objects: .*, .* and 3 more \(ses-events rejects --ignored\); to ingest /m,
      );
      expect(code).toBe(0);
    }
  });

  it('lists ignored objects with the reason', async () => {
    const { stdout, stderr } = await command('rejects', '--ignored', '--format', 'csv');
    const reasons = stdout
      .split('\r\n')
      .map((line) => line.split(',').slice(0, 2).join(' ').replace(`${cwd}/`, ''));
    expect(reasons.sort()).toEqual([
      '',
      'events.csv no-email-event',
      'health.json no-email-event',
      'kinds.csv no-email-event',
      'object reason',
      'parquet/event_date=2026-03-04/data_0.parquet database',
      'records.ndjson export',
      'redirected.ndjson export',
      'rejects.ndjson no-email-event',
      'rows.ndjson no-email-event',
    ]);
    expect(stderr).toBe('8 ignored objects\n');
  });

  it('reads an exported file that is a source itself', async () => {
    const { stderr } = await command('ingest', 'records.ndjson');
    expect(stderr).toMatch(/^ingested 1 record: 1 new event, 0 duplicates, 0 rejected/m);
  });

  it('removes a dropped object with its rejects', async () => {
    const dropped = await command('rejects', '--drop-object', 'objects/a.json');
    expect([dropped.code, dropped.stderr]).toEqual([
      0,
      'dropped 1 object with 1 reject and 1 event; to ingest an object again, use it as a source\n',
    ]);
    expect((await command('rejects')).stderr).toBe('0 rejects\n');
    const missing = await command('rejects', '--drop-object', 'none.json');
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/has no object .*none\.json: to list the names, run ses-events query /);
  });
});
