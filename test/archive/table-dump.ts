import type { ArchiveFolder } from './archive-folder';

/** All rows of the tables that an ingest or a replay changes, without the time of ingest, in one order. */
async function tableDump(folder: ArchiveFolder) {
  const [objects, events, occurrences, rejects] = [
    await folder.rows('SELECT * EXCLUDE (ingested_at) FROM objects ORDER BY ALL'),
    await folder.rows('SELECT * FROM event_rows ORDER BY event_id'),
    await folder.rows('SELECT * FROM occurrences ORDER BY ALL'),
    await folder.rows('SELECT * FROM rejects ORDER BY ALL'),
  ];
  return { objects, events, occurrences, rejects };
}

/** Objects whose counts in the ledger differ from their rows. */
async function wrongCounts(folder: ArchiveFolder) {
  return folder.rows(`
    SELECT object, events, rejects,
      (SELECT count(*) FROM occurrences WHERE occurrences.object_number = objects.object_number) AS found_events,
      (SELECT count(*) FROM rejects WHERE rejects.object_number = objects.object_number) AS found_rejects
    FROM objects WHERE events <> found_events OR objects.rejects <> found_rejects`);
}

export { tableDump, wrongCounts };
