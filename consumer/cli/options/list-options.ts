import { InvalidArgumentError, Option } from 'commander';
import type { Limit } from '../../queries/questions/parameters';

function parseLimit(text: string): Limit {
  const count = Number(text);
  if (text === 'all') return text;
  if (text.trim() === '' || !Number.isSafeInteger(count) || count < 0)
    throw new InvalidArgumentError('write a whole number, 0 or more, or all');
  return count;
}

/**
 * The option `--limit`, which every command that has it takes alike: a number, or `all`.
 * @param picks the rows that it picks, such as `at most so many rows`
 * @param usual the limit without the option
 */
function limitOption(picks: string, usual: string): Option {
  return new Option('--limit <count>', `${picks}, or all (default: ${usual})`).argParser(parseLimit);
}

export { limitOption };
