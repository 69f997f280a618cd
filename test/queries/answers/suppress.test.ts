import { ask, suppress } from '../../../consumer/queries';
import { run } from '../../cli/run-command';
import { AskedArchive } from '../asked-archive';

const archive = new AskedArchive();

describe('suppress', () => {
  it.each([1, 2])('returns the addresses that the command writes, from %d bounces on', async (minBounces) => {
    const args = ['--archive', archive.path, '--format', 'csv', '--min-bounces', String(minBounces)];
    const { stdout } = await run(['suppress', ...args]);
    const found = await suppress(archive.path, { minBounces }).all();
    expect(found.map(({ address, reason }) => `${address},${reason}\n`).join('')).toBe(stdout);
    expect(found).not.toEqual([]);
  });

  it('counts only selected addresses toward the limit, as the command does', async () => {
    const all = await suppress(archive.path, { minBounces: 2 }).all();
    expect(all.length).toBeGreaterThan(0);
    expect((await suppress(archive.path).all()).length).toBeGreaterThan(all.length);
    const limit = all.length;
    expect(await suppress(archive.path, { minBounces: 2, limit }).all()).toEqual(all);
    expect(await suppress(archive.path, { minBounces: 2, limit: limit - 1 }).all()).toEqual(all.slice(0, -1));
    const args = [
      '--archive',
      archive.path,
      '--format',
      'csv',
      '--min-bounces',
      '2',
      '--limit',
      String(limit),
    ];
    expect((await run(['suppress', ...args])).stdout.split('\n')).toHaveLength(limit + 1);
  });

  it('returns the newest time and an example of each address, as the question does', async () => {
    const asked = await ask(archive.path, 'suppression').all();
    const found = await suppress(archive.path).all();
    expect(found.map(({ lastAt, example }) => [lastAt, example])).toEqual(
      asked.map(({ last_at: lastAt, example }) => [lastAt ?? undefined, example ?? undefined]),
    );
    expect(found.some(({ lastAt, example }) => lastAt !== undefined && example !== undefined)).toBe(true);
  });
});
