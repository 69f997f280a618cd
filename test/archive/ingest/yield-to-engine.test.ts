import { getPriority } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { yieldToEngine } from '../../../consumer/archive/ingest/yield-to-engine';

const source = join(__dirname, '../../../consumer/archive/ingest/yield-to-engine.ts');

/** Returns the priorities of a new thread: at its start, and after each of two calls. */
async function prioritiesOfThread(): Promise<number[]> {
  const script = `
    const { getPriority } = require('node:os');
    const { yieldToEngine } = require(${JSON.stringify(source)});
    const priorities = [getPriority(0)];
    for (let call = 0; call < 2; call++) {
      yieldToEngine();
      priorities.push(getPriority(0));
    }
    require('node:worker_threads').parentPort.postMessage(priorities);`;
  const worker = new Worker(script, { eval: true, execArgv: ['--require', require.resolve('tsx/cjs')] });
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
}

describe('yieldToEngine', () => {
  it('lowers the priority of a worker thread once, on Linux only', async () => {
    const own = getPriority(0);
    const lower = process.platform === 'linux' ? Math.min(own + 10, 19) : own;
    expect(await prioritiesOfThread()).toEqual([own, lower, lower]);
    expect(getPriority(0)).toBe(own);
  });

  it('does not change the priority of the main thread', () => {
    const own = getPriority(0);
    yieldToEngine();
    expect(getPriority(0)).toBe(own);
  });
});
