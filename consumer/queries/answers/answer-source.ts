import { openForReading, type ReadArchiveOptions } from '../../archive/file/read-archive';
import type { UnreadableLines } from '../engines/athena/ask-statements';
import { type AthenaEngine, type AthenaOptions, athenaEngine } from '../engines/athena/athena-engine';
import { type ArchiveEngine, archiveEngine } from '../engines/duckdb-engine';

/** The data to query: the file of an archive, or the database of the catalog in Athena. */
type AnswerSource = string | Omit<AthenaOptions, 'signal'>;

/** Options of every query. Those of the other kind of source have no effect. */
interface AnswerOptions extends ReadArchiveOptions {
  /**
   * Athena: days after `until` whose partitions are also read.
   * @default 3, or all partitions where later events count
   */
  lookAhead?: number | undefined;
  /**
   * Athena: called with the number of lines that the answer does not include, if there are any, before the
   * first row. They are records in an envelope, for example.
   * @see https://github.com/OWNER/ses-event-archive/blob/main/docs/athena.md#what-athena-cannot-read
   */
  onUnreadable?: ((unreadable: UnreadableLines) => void) | undefined;
}

/** A query of either kind of source. */
interface EitherQuery<Row> {
  ofArchive(engine: ArchiveEngine): AsyncIterable<Row>;
  ofAthena(engine: AthenaEngine): AsyncIterable<Row>;
}

/**
 * Opens a source, runs a query and returns its rows. Closes the source after the last row, or when the caller
 * stops reading.
 */
async function* rowsFrom<Row>(
  source: AnswerSource,
  options: AnswerOptions,
  query: EitherQuery<Row>,
): AsyncGenerator<Row, void> {
  if (typeof source === 'string') {
    const { database, close } = await openForReading(source, options);
    try {
      yield* query.ofArchive(await archiveEngine(database));
    } finally {
      close();
    }
  } else {
    const engine = await athenaEngine({ ...source, signal: options.signal });
    try {
      yield* query.ofAthena(engine);
    } finally {
      engine.close();
    }
  }
}

export { type AnswerOptions, type AnswerSource, rowsFrom };
