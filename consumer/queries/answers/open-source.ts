import type { UnreadableLines } from '../engines/athena/ask-statements';
import type { LineForm } from '../engines/line-sql';
import type { FileFormat } from '../engines/query-file';
import type { QueryLines } from '../engines/query-lines';
import type { Traced, TraceOptions } from '../trace/steps';
import type { Timeline } from '../trace/timeline';
import type { CountedResult } from './explained';
import type { Request } from './request';
import type { SentRange } from './sent-emails';

/** Counts of the archive that an answer is based on. */
interface ArchiveFacts {
  events: number;
  /** Undefined when no event has a time. */
  newest: Date | undefined;
  rejects: number;
}

/** The data that an answer is based on. */
interface Basis {
  /** Counts of the archive, if they were requested. */
  facts?: ArchiveFacts;
  /** Lines that Athena cannot read, if there are any. */
  unreadable?: UnreadableLines;
  /** A name of an empty answer that no event has in the partitions that Athena read, if hints were wanted. */
  hint?: string;
}

/** An archive, or the database of the catalog in Athena, that is open for one request. */
interface OpenSource {
  /** Complete before the first row or step. */
  readonly basis: Basis;
  /**
   * Answers a question or a query. An empty answer is explained before it has rows.
   * @throws {QueryError} when the engine fails, or when an empty answer was filtered by a name that does not exist
   */
  answer(request: Request): Promise<CountedResult>;
  /**
   * Prepares for many questions about messages that were sent in a range, in bounded memory. Has no effect on the answers.
   * Call it before the first question.
   * @param range without one, only the memory is bounded
   * @throws {QueryError} when the engine fails
   */
  keepSent(range?: SentRange): Promise<void>;
  /**
   * Answers a query with lines that the engine has formatted.
   * @returns undefined if only {@link answer} can, as for Athena
   * @throws {QueryError} when the engine fails
   */
  lines(request: Request, form: LineForm): Promise<QueryLines | undefined>;
  /**
   * Writes an answer to a file, and returns the number of rows. Run nothing else on the same source.
   * @param file an absolute path
   * @returns undefined if only {@link answer} can
   * @throws {QueryError} as {@link answer}, and for Athena
   */
  writeFile(request: Request, file: string, format: FileFormat): Promise<number | undefined>;
  /** @throws {QueryError} when the engine fails */
  trace(of: Traced, options: TraceOptions & { lookAhead?: number | undefined }): Promise<Timeline>;
}

export type { ArchiveFacts, Basis, OpenSource };
