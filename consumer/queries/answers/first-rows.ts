import type { QueryResult } from '../engines/engine';

async function* first<Item>(
  batches: AsyncIterable<readonly Item[]>,
  limit: number,
): AsyncGenerator<readonly Item[], void> {
  let left = limit;
  if (left === 0) return;
  for await (const batch of batches) {
    yield batch.slice(0, left);
    left -= batch.length;
    if (left <= 0) return; // ends the query
  }
}

/** Returns a result with its first rows only; without a limit, with all. */
function firstRows(result: QueryResult, limit: number | undefined): QueryResult {
  return limit === undefined ? result : { ...result, rows: first(result.rows, limit) };
}

export { firstRows };
