import { exactForm } from '../../../consumer/archive/rows/exact-form';
import type { ArchiveFolder } from '../archive-folder';

/**
 * A row of `event_rows` in a form that is equal for equal rows, regardless of the order of keys in
 * `extra`.
 */
type ComparableRow = Readonly<Record<string, unknown>>;

/** The rows of `event_rows`, by their id. */
async function rowsById(folder: ArchiveFolder): Promise<ReadonlyMap<string, ComparableRow>> {
  const rows = await folder.rows('SELECT * FROM events');
  return new Map(
    rows.map((row) => [
      String(row.event_id),
      {
        ...row,
        raw: row.raw instanceof Uint8Array ? Buffer.from(row.raw).toString('base64') : null,
        extra: typeof row.extra === 'string' ? exactForm(row.extra) : null,
      },
    ]),
  );
}

/** The records that an archive returns, by id, in a form that is equal for equal records. */
async function recordsById(folder: ArchiveFolder): Promise<ReadonlyMap<string, string>> {
  return new Map((await folder.events()).map(({ id, record }) => [id, exactForm(record)]));
}

export { recordsById, rowsById };
