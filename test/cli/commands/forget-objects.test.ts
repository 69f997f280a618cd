import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArchiveFolder } from '../../archive/archive-folder';
import { address, send } from '../../archive/objects/person';
import { run } from '../run-command';

const others = ['a@o.example', 'b@o.example'];
const mine = `${send('m1', [...others, address])}\n`;
const ofOthers = `${send('m2', others)}\n`;

function filled(): ArchiveFolder & { manifest: string } {
  const folder = new ArchiveFolder();
  folder.write('a.json', mine + ofOthers);
  folder.write('b.json', ofOthers);
  return Object.assign(folder, { manifest: join(folder.path, 'erasure.ndjson') });
}

const missing = 'missing.duckdb';

function forget(folder: ReturnType<typeof filled>, ...more: string[]) {
  const args = ['forget', address, '--objects', folder.objects, '--manifest', folder.manifest];
  return run([...args, ...more], { cwd: folder.path });
}

describe('forget --objects', () => {
  it('erases from the objects and the archive', async () => {
    const folder = filled();
    await folder.ingest();
    const { code, stdout, stderr } = await forget(folder, '--archive', folder.archive);
    expect(code).toBe(0);
    expect(stderr).toBe(
      'rewrote 1 object with 1 record about the person, examined 1 object, skipped 1\n' +
        'archive: changed 1 event and 0 rejects, removed 0 events\n',
    );
    const { objects, archive } = JSON.parse(stdout);
    expect(archive).toMatchObject({ pseudonym: objects.pseudonym, eventsChanged: 1, objects: [] });
    expect(readFileSync(join(folder.objects, 'a.json'), 'utf8')).toBe(
      mine.replace(address, objects.pseudonym) + ofOthers,
    );
    const [tombstones] = await folder.rows('SELECT count(*) AS people FROM tombstones');
    expect(tombstones).toEqual({ people: 1n });
  });

  it('erases from the objects alone, when no archive exists', async () => {
    const folder = filled();
    const { code, stdout, stderr } = await forget(folder);
    expect([code, stderr]).toEqual([
      0,
      'rewrote 1 object with 1 record about the person, examined 2 objects, skipped 0\n',
    ]);
    expect(JSON.parse(stdout)).not.toHaveProperty('archive');
    expect(existsSync(folder.archive)).toBe(false);
  });

  it('requires an archive that is named', async () => {
    const folder = filled();
    const named = { cwd: folder.path, env: { SES_EVENTS_ARCHIVE: missing } };
    for (const call of [
      () => forget(folder, '--archive', missing),
      () => run(['forget', address, '--objects', folder.objects], named),
    ]) {
      const { code, stderr } = await call();
      expect([code, stderr]).toEqual([1, expect.stringContaining(missing)]);
    }
    expect(readFileSync(join(folder.objects, 'a.json'), 'utf8')).toBe(mine + ofOthers);
    expect(readdirSync(folder.path)).toEqual(['objects']);
  });

  it('shows a table', async () => {
    const folder = filled();
    await folder.ingest();
    const { stdout } = await forget(folder, '--archive', folder.archive, '--format', 'table', '--dry-run');
    expect(stdout).toMatch(/in objects would be replaced by forgotten-/);
    expect(stdout).toMatch(/objects rewritten\W+1\W/);
    expect(stdout).toContain(`objects that contain the person:\n${join('objects', 'a.json')}: 1 record\n`);
    expect(stdout).toMatch(/events changed\W+1\W/);
    expect(readFileSync(join(folder.objects, 'a.json'), 'utf8')).toBe(mine + ofOthers);
    expect(existsSync(folder.manifest)).toBe(false);
  });

  it('reports failed objects, and exits with 1', async () => {
    const folder = filled();
    folder.write('bad', Buffer.from('PAR1....'));
    await folder.ingest();
    const { code, stdout, stderr } = await forget(folder, '--archive', folder.archive);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `${join('objects', 'bad')} could not be erased: it is a Parquet file, whose rows cannot be rewritten in place: delete it, and write it again\n` +
        '1 object can still contain the person: run the same command again after the fix\n',
    );
    expect(JSON.parse(stdout)).toMatchObject({ archive: { eventsChanged: 1 }, objects: { failed: [{}] } });
  });

  it('neutralizes control characters in names', async () => {
    const folder = filled();
    writeFileSync(join(folder.objects, 'x\u001b[2J.json'), mine);
    const { stdout } = await forget(folder, '--format', 'table');
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('[2J.json');
  });

  it.each([
    [['--objects', '.', '--older-than', '400d'], '--objects requires an address; a lifecycle rule'],
    [[address, '--manifest', 'm'], '--manifest requires --objects'],
    [[address, '--since', '7d'], '--since requires --objects'],
    [[address, '--all-objects'], '--all-objects requires --objects'],
    [[address, '--endpoint', 'http://x'], '--endpoint requires --objects'],
    [[address, '--objects', '.', '--since', 'soon'], "option '--since <time>' argument 'soon' is invalid"],
    [['ana', '--objects', '.'], '"ana" is not a valid email address'],
  ])('rejects %j', async (args, message) => {
    const { code, stderr } = await run(['forget', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
