import type { QueryResult } from '../../queries/engines/engine';
import type { Limit } from '../../queries/questions/parameters';
import { formatCount } from '../output/number-text';
import type { Written } from './write-answer';

/** The rows of a question, without the count that each of them ends with where they are counted. */
class CountedRows {
  private inAll: number | undefined;

  /** The rows of a result; the count is known once one of them was read. */
  async *of({ rows }: QueryResult): QueryResult['rows'] {
    for await (const batch of rows) {
      this.inAll ??= Number(batch[0]?.at(-1));
      yield batch.map((row) => row.slice(0, -1));
    }
  }

  /** How many rows the limit has left out, as it is said behind the number of those that were written. */
  more({ rows }: Written, limit: Limit): string {
    if (this.inAll === undefined) return rows === limit ? ', perhaps not all: see --limit' : '';
    const left = this.inAll - rows;
    return left > 0 ? `, ${formatCount(left)} more: --limit all has them` : '';
  }
}

export { CountedRows };
