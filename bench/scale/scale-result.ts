import type { QueryStatistics } from '../../test/trino/trino';
import type { TableSize } from './trino-archive';

/** The work to fill the archive. */
interface FillResult {
  events: number;
  days: number;
  /** Bytes of the delivered objects, compressed. */
  lineBytes: number;
  /** After the files were joined. */
  size: TableSize;
  /** All merges, each of one day of arrival. */
  merges: QueryStatistics;
  /** The first merge of the largest day, and the same merge again. */
  first: QueryStatistics;
  again: QueryStatistics;
  joins: QueryStatistics;
  records: QueryStatistics;
}

/** A question over the archive, against the same question over the lines. */
interface QuestionResult {
  question: string;
  archive: QueryStatistics;
  lines: QueryStatistics;
}

/** A question over the archive at two numbers of events. */
interface ScaleGrowth {
  question: string;
  small: QueryStatistics;
  large: QueryStatistics;
}

interface ScaleResult {
  fill: FillResult;
  questions: readonly QuestionResult[];
}

export type { FillResult, QuestionResult, ScaleGrowth, ScaleResult };
