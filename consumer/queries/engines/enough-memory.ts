import type { Database } from '../../archive/store/database';
import { isOutOfMemory } from '../../archive/store/engine-memory';
import { queryMemory } from './duckdb-engine';

/** Gives an engine whose settings are not locked the memory of other queries. */
async function raiseMemory(database: Database): Promise<void> {
  await database.run(`SET memory_limit = '${queryMemory()}B'`);
}

/** Repeats work that runs out of memory once, with the memory of other queries. The settings must not be locked. */
async function withEnoughMemory<Result>(database: Database, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    await raiseMemory(database);
    return work();
  }
}

export { raiseMemory, withEnoughMemory };
