import { getPriority, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/** Steps by which the priority of a reading thread is below that of the engine. */
const steps = 10;

/** The lowest priority of Unix. */
const lowest = 19;

/** Whether this thread already has the lower priority. */
let hasYielded = false;

/**
 * Lowers the priority of this worker thread. More threads read than the engine has, and at the same priority they take
 * its processor. Each batch of rows then waits for the engine, and at the end nothing else is left to do.
 *
 * Only Linux has a priority for each thread. On other systems, and in the main thread, nothing changes.
 */
function yieldToEngine(): void {
  if (hasYielded || isMainThread || process.platform !== 'linux') return;
  hasYielded = true;
  try {
    setPriority(0, Math.min(getPriority(0) + steps, lowest));
  } catch {
    // Some sandboxes forbid it. The ingest only takes longer.
  }
}

export { yieldToEngine };
