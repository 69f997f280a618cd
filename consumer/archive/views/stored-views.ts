import { duckdb } from '../dialects/duckdb';
import { duckdbViews } from './duckdb-views';
import type { ArchiveView } from './view';
import { views } from './views';

/** The views of an archive's file, each behind those that it reads. */
const storedViews: readonly ArchiveView[] = [...duckdbViews, ...views];

/**
 * The statement that makes a view of the archive in use.
 *
 * @param isTemporary whether it is the session's own, and hides the stored one of its name
 */
function createView({ name, sql }: ArchiveView, { isTemporary = false } = {}): string {
  return `CREATE OR REPLACE ${isTemporary ? 'TEMP ' : ''}VIEW ${name} AS ${sql(duckdb).trim()};`;
}

export { createView, storedViews };
