import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { sendText } from '../records';
import { startCommand } from '../run-process';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

beforeAll(() => ingest(scratch.write('a', sendText('a')), { archive, workers: 0 }));

describe('Ctrl-C', () => {
  // The early one stops a command before its query, the late one during the query.
  it.each([700, 3000])('ends a long query after %d ms', async (delay) => {
    const long =
      'SELECT count(*) FROM range(1_000_000) a, range(1_000_000) b WHERE hash(a.range, b.range) = 1';
    const child = startCommand(['query', '-a', archive, long]);
    try {
      const stderr = text(child.stderr);
      const stdout = text(child.stdout);
      await setTimeout(delay);
      child.kill('SIGINT');
      await once(child, 'close');
      expect(await stdout).toBe('');
      // A process that was still being loaded is ended by the signal itself.
      expect([child.exitCode ?? 130, (await stderr) || 'stopped\n']).toEqual([
        130,
        expect.stringMatching(/stopped\n$/),
      ]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
