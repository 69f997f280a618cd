import { StagedRowsError } from '../store/archive-error';
import type { Database } from '../store/database';
import { makeRoomForRows } from '../store/engine-memory';
import type { StagedFile } from './row-file';
import type { StagedColumn } from './staged-columns';
import { stagedRows } from './staged-rows';

/**
 * Reads a file of staged rows into a temporary table; without a file the table is empty.
 * @throws {StagedRowsError} when not every row has arrived
 */
async function loadRows(
  database: Database,
  table: string,
  columns: readonly StagedColumn[],
  file: StagedFile | undefined,
): Promise<void> {
  if (file === undefined) {
    const nulls = columns.map(({ name, readAs }) => `NULL::${readAs} AS "${name}"`).join(', ');
    const list = columns.map(({ name, expression }) => `${expression} AS "${name}"`).join(', ');
    await database.run(
      `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT ${list} FROM (SELECT ${nulls} WHERE false)`,
    );
    return;
  }
  await makeRoomForRows(database, file.heaviestVector);
  await database.run(`CREATE OR REPLACE TEMP TABLE ${table} AS FROM ${stagedRows(columns, [file])}`);
  const loaded = await database.count(table);
  if (loaded !== file.rows)
    throw new StagedRowsError(`${file.rows} changed rows were expected for ${table} and ${loaded} read`);
}

export { loadRows };
