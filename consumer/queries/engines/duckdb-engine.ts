import type { Database } from '../../archive/database/database';
import { duckdb } from '../dialects/duckdb';
import { duckdbViews, findTwins } from '../views/duckdb-views';
import { views } from '../views/views';

/** All views over an archive, as statements. They are the session's own: nothing is written. */
const createViews = [
  findTwins,
  ...[...duckdbViews, ...views].map(
    ({ name, sql }) => `CREATE OR REPLACE TEMP VIEW ${name} AS ${sql(duckdb)};`,
  ),
].join('\n');

/** Gives an open archive the views that questions and people's queries read. */
async function prepare(database: Database): Promise<void> {
  await database.run(createViews);
}

export { createViews, prepare };
