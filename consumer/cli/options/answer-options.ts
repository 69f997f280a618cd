import type { Command } from 'commander';
import { type ListFormatName, listFormats } from '../formats/registry';
import type { OutputOptions } from '../output/output-file';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { formatOption, usualFormat } from './list-options';

/** Options of every command that writes an answer. */
interface AnswerCliOptions extends OutputOptions {
  format?: ListFormatName | 'parquet';
  allColumns?: boolean;
}

/** Parquet is separate from the list formats, because the engine writes it. */
const formats = [...listFormats, 'parquet'];

/** Adds the options for the file of the output. */
function addOutputOptions(command: Command): Command {
  return command
    .option('-o, --output <file>', 'write to this file (default: standard output)')
    .option('--overwrite', 'replace an existing file');
}

/** Adds the options of every command that writes an answer. */
function addAnswerOptions(command: Command, choices: readonly string[] = formats): Command {
  return addOutputOptions(command.addOption(formatOption(choices))).option(
    '--all-columns',
    'show all columns of a table that is wider than the terminal',
  );
}

/** Returns the format of an answer: `--format`, or by default a table on a terminal and NDJSON elsewhere. */
function answerFormat(
  context: CommandContext,
  { format, output }: AnswerCliOptions,
): NonNullable<AnswerCliOptions['format']> {
  return format ?? (output === undefined ? usualFormat(context) : 'ndjson');
}

/** @throws {UsageError} when the options cannot be combined */
function checkAnswerOptions({ format, output, overwrite }: AnswerCliOptions): void {
  if (format === 'parquet' && output === undefined)
    throw new UsageError('--format parquet requires --output FILE');
  if (overwrite === true && output === undefined) throw new UsageError('--overwrite requires --output');
}

export { type AnswerCliOptions, addAnswerOptions, addOutputOptions, answerFormat, checkAnswerOptions };
