import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventKinds } from '../../../consumer/events';
import { packageFolder } from '../compiled-command';
import { run } from '../run-process';
import { messageIds, runRead } from '../run-read';

/** The number of objects of the bundled sample. */
const objectCount = readdirSync(join(packageFolder, 'examples/sample-archive'), {
  recursive: true,
  withFileTypes: true,
}).filter((entry) => entry.isFile()).length;

describe('demo', () => {
  it.concurrent('reports the fix when the folder for temporary files is missing', async () => {
    const { code, stderr } = await run(['demo'], { env: { TMPDIR: '/no/such/folder' } });
    expect(stderr).toBe(
      'error: cannot create a folder in /no/such/folder: ENOENT; set TMPDIR to a writable folder\n',
    );
    expect(code).toBe(1);
  });

  it.concurrent('shows all ten kinds from an archive with each event once', async () => {
    const { code, stdout, stderr } = await run(['demo'], { cwd: packageFolder });
    for (const kind of eventKinds) expect(stdout).toMatch(new RegExp(`│ ${kind} +│ +\\d+ │`));
    expect(stdout).not.toContain('\u001b');
    const [, records, newEvents, duplicates, rejected, skippedObjects, objects] =
      /^ingested (\S+) records: (\S+) new events, (\S+) duplicates, (\S+) rejected, (\S+) skipped; (\S+) objects; /m
        .exec(stderr)
        ?.map((count) => Number(count.replaceAll(',', ''))) ?? [];
    expect(objects).toBe(objectCount);
    expect(records).toBe((newEvents ?? 0) + (duplicates ?? 0) + (rejected ?? 0) + (skippedObjects ?? 0));
    const shown = eventKinds.map((kind) => Number(new RegExp(`│ ${kind} +│ +(\\d+) │`).exec(stdout)?.[1]));
    expect(shown.reduce((sum, count) => sum + count, 0)).toBe((newEvents ?? 0) - 1); // and one of an unknown kind
    for (const count of [newEvents, duplicates, rejected, skippedObjects]) expect(count).toBeGreaterThan(0);
    expect(code).toBe(0);
  });

  it.concurrent('answers questions from the archive', async () => {
    const { stdout } = await run(['demo'], { cwd: packageFolder });
    expect(stdout).toMatch(
      /\$ ses-events ask health\nAccount health\nall time \(UTC\): .+\n\n┌[\s\S]*│ bounce_rate +│ \d\.\d\d%/,
    );
    expect(stdout).toMatch(/\n1 row; archive: 2,003 events, newest .+ UTC; 4 unreadable records: .+\n/);
    expect(stdout).toMatch(/\$ ses-events ask statuses\n/);
    expect(stdout).not.toContain('deliverability'); // whose rates count otherwise
  });

  it.concurrent('works in another folder, as does the command that it shows', async () => {
    const cwd = tmpdir();
    const { code, stdout } = await run(['demo'], { cwd });
    expect(code).toBe(0);
    const [, ...next] = /ses-events read (\S+) (--kind) (Bounce)/.exec(stdout) ?? [];
    const read = await runRead(next, { cwd });
    expect(messageIds(read).length).toBeGreaterThan(0);
    expect(read.code).toBe(3);
  });

  it.concurrent('writes a report, and leaves nothing else', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'ses-events-cli-'));
    try {
      const { code, stdout } = await run(['demo'], { cwd, env: { TMPDIR: cwd } });
      expect(code).toBe(0);
      const [, report = ''] = /^A report with charts is in (.+)$/m.exec(stdout) ?? [];
      expect(readFileSync(report, 'utf8')).toMatch(/^<!doctype html>[\s\S]*2,003 events[\s\S]*<\/html>\n$/);
      const [folder, ...others] = readdirSync(cwd);
      expect(others).toEqual([]);
      expect(readdirSync(join(cwd, folder ?? ''))).toEqual(['report.html']);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});
