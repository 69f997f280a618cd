import { parameterFlags } from '../../queries/questions/parameter-flags';
import type { Answered } from '../data/answers';

/** A note on the filters of the report that a question does not have; nothing if it has all. */
function UnusedFilters({ answered: { unused } }: { answered: Pick<Answered, 'unused'> }) {
  if (unused.length === 0) return null;
  const flags = unused.map((name) => parameterFlags[name]).join(', ');
  return <p class="note warning">{`Not filtered by ${flags}: the question does not have this filter.`}</p>;
}

export { UnusedFilters };
