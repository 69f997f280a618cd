import type { Database } from '../../archive/store/database';
import { type ArchiveEngine, type ArchiveEngineOptions, archiveEngine } from '../engines/duckdb-engine';
import { traceArchive } from '../trace/trace-archive';
import { BoundedAnswers } from './bounded-answers';
import { explained, explainMissing } from './explained';
import { firstRows } from './first-rows';
import type { ArchiveFacts, OpenSource } from './open-source';

/** Counts the events and rejects of an archive. */
async function archiveFacts(database: Database): Promise<ArchiveFacts> {
  const [row] = await database.rows<{ events: bigint; newest: Date | null; rejects: bigint }>(
    'SELECT count(*) AS events, max(event_time) AS newest, (SELECT count(*) FROM rejects) AS rejects FROM event_rows',
  );
  return {
    events: Number(row?.events ?? 0),
    newest: row?.newest ?? undefined,
    rejects: Number(row?.rejects ?? 0),
  };
}

/** Answers a request from an archive that was opened for reading. The caller closes it. */
function archiveSource(
  database: Database,
  { prepareViews }: Pick<ArchiveEngineOptions, 'prepareViews'> = {},
): OpenSource {
  const search = ({ query }: ArchiveEngine) => ({ query, place: 'in this archive' });
  let opened: Promise<ArchiveEngine> | undefined;
  const open = (options?: ArchiveEngineOptions) => {
    opened ??= archiveEngine(database, { ...options, prepareViews });
    return opened;
  };
  let bounded: BoundedAnswers | undefined;
  return {
    basis: {},
    async answer(request) {
      if (bounded !== undefined)
        return explained(request, await bounded.answer(request), search(bounded.engine));
      const engine = await open();
      const { sql, parameters } = request.archive();
      const result = await engine.query(sql, parameters);
      return explained(request, firstRows(result, request.limit), search(engine));
    },
    async keepSent(range) {
      if (opened === undefined) bounded = await BoundedAnswers.open(database, range);
    },
    async lines(request, form) {
      const { sql, parameters } = request.archive();
      return (await open()).lines(sql, form, parameters, request.limit);
    },
    async writeFile(request, file, format) {
      const engine = await open({ file });
      const { sql, parameters } = request.archive();
      const rows = await engine.writeFile(sql, format, parameters, request.limit);
      // A single row may contain only zeros.
      if (rows !== undefined && rows <= 1) await explainMissing(request, search(engine));
      return rows;
    },
    trace: (of, options) => traceArchive(database, of, options),
  };
}

export { archiveFacts, archiveSource };
