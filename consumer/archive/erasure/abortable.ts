import type { Database } from '../store/database';

/**
 * Does work that may be given up at any time: when the signal comes, the statement under way is ended.
 *
 * @throws the signal's reason, when the signal came before the work was done
 */
async function abortable<Result>(
  database: Database,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const interrupt = () => database.interrupt();
  signal?.throwIfAborted();
  signal?.addEventListener('abort', interrupt);
  try {
    const result = await work();
    signal?.throwIfAborted();
    return result;
  } catch (error) {
    signal?.throwIfAborted(); // the engine's own error says only that it was interrupted
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

export { abortable };
