import type { Database } from '../../archive/store/database';
import { createView, sessionTwins, storedViews } from '../../archive/views/stored-views';

const createTemporary = storedViews.map((view) => [view, createView(view, { isTemporary: true })] as const);

/** Statements that create all views over the tables of an archive, for one session. */
const createViews = [...createTemporary.map(([, sql]) => sql), sessionTwins].join('\n');

/**
 * Prepares the views that questions and queries read. Nothing is written.
 *
 * An open archive has the views of this version, in its file or in the session, so they are not created again: the
 * engine plans a view when it creates it, which takes longer than most queries. Another program may have removed or
 * replaced a view in the file, and the comment with it. Such views are created in the session.
 */
async function prepare(database: Database): Promise<void> {
  const found = await database.rows<{ name: string; comment: string | null; temporary: boolean }>(
    `SELECT view_name AS name, comment, temporary FROM duckdb_views()
    WHERE NOT internal AND (temporary OR database_name = current_database())`,
  );
  const missing = createTemporary.filter(
    ([{ name, meaning }]) =>
      !found.some((view) => view.name === name && (view.temporary || view.comment === meaning)),
  );
  await database.run([...missing.map(([, sql]) => sql), sessionTwins].join('\n'));
}

export { createViews, prepare };
