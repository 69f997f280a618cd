import { tmpdir } from 'node:os';
import { eventKinds } from '../../consumer/events';
import { closingCounts } from './closing-counts';
import { packageFolder } from './compiled-command';
import { run } from './run-command';
import { messageIds, runRead } from './run-read';

describe('demo', () => {
  it.concurrent('shows all ten kinds, and a closing line that adds up', async () => {
    const { code, stdout, stderr } = await run(['demo'], { cwd: packageFolder });
    for (const kind of eventKinds) expect(stdout).toMatch(new RegExp(`│ ${kind} +│ +\\d+ │`));
    expect(stdout).not.toContain('\u001b');
    const { events, rejected, objects } = closingCounts(stderr);
    for (const count of [events, rejected, objects]) expect(count).toBeGreaterThan(0);
    expect(code).toBe(0);
  });

  it.concurrent('works from another folder, and so does the command that it names next', async () => {
    const cwd = tmpdir();
    const { code, stdout, stderr } = await run(['demo'], { cwd });
    const { events } = closingCounts(stderr);
    expect(code).toBe(0);
    const [, ...next] = /ses-events read (\S+) (--kind) (Bounce)/.exec(stdout) ?? [];
    const read = await runRead(next, { cwd });
    expect(messageIds(read).length).toBeGreaterThan(0);
    expect(read.counts.records).toBeGreaterThan(events);
    expect(read.code).toBe(3);
  });
});
