import { Option } from 'commander';
import { listFormats } from '../formats/registry';
import type { CommandContext } from '../process/context';
import { parseLimit } from './option-values';

/** Creates the option `--format` of a command that writes a list; {@link usualFormat} is its default. */
function formatOption(choices: readonly string[] = listFormats): Option {
  const what = 'how to write (default: table on a terminal, otherwise ndjson)';
  return new Option('-f, --format <format>', what).choices(choices);
}

/** Returns the default format: a table on a terminal, NDJSON elsewhere. */
function usualFormat({ stdout }: CommandContext): 'table' | 'ndjson' {
  return stdout.isTTY === true ? 'table' : 'ndjson';
}

/**
 * Creates the option `--limit`: a number, or `all`.
 * @param picks the rows that it selects, such as `maximum number of rows`
 * @param usual the limit without the option
 */
function limitOption(picks: string, usual: string): Option {
  return new Option('--limit <count>', `${picks}, or all (default: ${usual})`).argParser(parseLimit);
}

export { formatOption, limitOption, usualFormat };
