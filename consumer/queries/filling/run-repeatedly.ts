import type { AthenaEngine } from '../engines/athena/athena-engine';

/** VACUUM and OPTIMIZE change a limited number of files at a time, and then ask for another run. This many are made. */
const maxRuns = 50;

/**
 * Runs a statement until it has nothing left to do.
 * @throws {QueryError} when Athena fails
 */
async function runRepeatedly(engine: AthenaEngine, sql: string): Promise<void> {
  for (let runs = 1; ; runs++) {
    try {
      await engine.query(sql);
      return;
    } catch (error) {
      if (!/ICEBERG_(?:VACUUM|OPTIMIZE)_MORE_RUNS_NEEDED/.test(String(error)) || runs === maxRuns)
        throw error;
    }
  }
}

export { runRepeatedly };
