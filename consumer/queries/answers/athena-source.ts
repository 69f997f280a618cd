import { askStatements, type UnreadableLines } from '../engines/athena/ask-statements';
import type { AthenaEngine } from '../engines/athena/athena-engine';
import { athenaStatement } from '../engines/athena/statements';
import { QueryError } from '../engines/engine';
import { partitionFilter } from '../prelude/partition-filter';
import { traceAthena } from '../trace/trace-athena';
import { explained } from './explained';
import { findReading } from './find-reading';
import { firstRows } from './first-rows';
import type { Basis, OpenSource } from './open-source';

/**
 * Answers a request with Athena. The caller closes the engine.
 * @param options whether to search for a hint, which scans again
 */
function athenaSource(engine: AthenaEngine, { withHint = false } = {}): OpenSource {
  const basis: Basis = {};
  const note = (unreadable: UnreadableLines) => {
    if (unreadable.lines > 0) basis.unreadable = unreadable;
  };
  const onHint = (hint: string) => {
    basis.hint = hint;
  };
  return {
    basis,
    async answer(request) {
      request.athena({ source: engine.source }); // a request that cannot be answered sends nothing
      const reading = await findReading(engine);
      const statements = request.athena(reading);
      const { window } = statements;
      const { unreadable, ...answer } = await askStatements(engine, statements);
      note(unreadable);
      const result = firstRows(answer, request.limit);
      const query = (sql: string) => engine.query(athenaStatement(sql, reading, window));
      if ((window && partitionFilter(window)) === undefined)
        return explained(request, result, { query, place: 'in the bucket' });
      // Other partitions may have the name, but searching them would cost more.
      const hinted = { query, place: 'in the partitions read', onHint };
      return explained(request, result, withHint ? hinted : undefined);
    },
    keepSent: async () => {},
    lines: async () => undefined,
    async writeFile(_request, _file, format) {
      if (format !== 'parquet') return undefined;
      throw new QueryError('Parquet requires an archive: choose another format for Athena');
    },
    async trace(of, options) {
      const { timeline, unreadable } = await traceAthena(engine, of, {
        ...options,
        reading: await findReading(engine),
      });
      note(unreadable);
      return timeline;
    },
  };
}

export { athenaSource };
