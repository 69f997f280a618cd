import { InvalidArgumentError } from 'commander';
import { QueryError } from '../../queries/engines/engine';
import { parseTimeAt } from '../../queries/questions/time-text';

/** Parses the time of an option, as {@link parseTimeAt} does. */
function parseTime(text: string): Date {
  try {
    return parseTimeAt(text, new Date());
  } catch (error) {
    throw error instanceof QueryError ? new InvalidArgumentError(error.message) : error;
  }
}

export { parseTime };
