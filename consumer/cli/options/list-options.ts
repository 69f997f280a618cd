import { Option } from 'commander';
import { listFormats } from '../formats/registry';
import type { CommandContext } from '../process/context';
import { parseLimit } from './option-values';

/** Creates the option `--format` of a command that writes a list; {@link usualFormat} is its default. */
function formatOption(
  choices: readonly string[] = listFormats,
  usual = 'table on a terminal, otherwise ndjson',
): Option {
  return new Option('-f, --format <format>', `output format (default: ${usual})`).choices(choices);
}

/** Returns the default format: a table on a terminal, NDJSON elsewhere. */
function usualFormat({ stdout }: CommandContext): 'table' | 'ndjson' {
  return stdout.isTTY === true ? 'table' : 'ndjson';
}

/**
 * Creates the option `--limit`: a number, or `all`.
 * @param description such as `maximum number of rows`
 * @param usual the limit without the option
 */
function limitOption(description: string, usual: string): Option {
  return new Option('--limit <count>', `${description}, or all (default: ${usual})`).argParser(parseLimit);
}

export { formatOption, limitOption, usualFormat };
