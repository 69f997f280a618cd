import { extname } from 'node:path';
import type { Command } from 'commander';
import { type ListFormatName, listFormats } from '../formats/registry';
import type { OutputOptions } from '../output/output-file';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { formatOption, usualFormat } from './list-options';

/** A format of an answer: those of every list, and two that need a file. */
type AnswerFormatName = ListFormatName | 'xlsx' | 'parquet';

/** Options of every command that writes an answer. */
interface AnswerCliOptions extends OutputOptions {
  format?: AnswerFormatName;
  allColumns?: boolean;
}

/** Values of `--format` for an answer that is not written by the engine. */
const workbookFormats = [...listFormats, 'xlsx'];

/** Parquet is separate from the other formats, because the engine writes it. */
const formats = [...workbookFormats, 'parquet'];

/** Adds the options for the file of the output. */
function addOutputOptions(command: Command): Command {
  return command
    .option('-o, --output <file>', 'write to this file (default: standard output)')
    .option('--overwrite', 'replace an existing file');
}

/** Returns the format that the name of a file ends with: `xlsx` of `health.xlsx`. */
function formatOfFile(file: string, choices: readonly string[]): string | undefined {
  const extension = extname(file).slice(1).toLowerCase();
  return choices.find((choice) => choice === (extension === 'md' ? 'markdown' : extension));
}

/** Adds the options of every command that writes an answer. Without `--format`, the name of the file sets it. */
function addAnswerOptions(command: Command, choices: readonly string[] = formats): Command {
  const usual = 'as --output ends, such as .csv; table on a terminal, otherwise ndjson';
  return addOutputOptions(command.addOption(formatOption(choices, usual)))
    .option('--all-columns', 'show all columns of a table that is wider than the terminal')
    .hook('preAction', () => {
      const { format, output } = command.opts<AnswerCliOptions>();
      if (format === undefined && output !== undefined)
        command.setOptionValue('format', formatOfFile(output, choices));
    });
}

/**
 * Returns the format of an answer: `--format` or that of the file, or by default a table on a terminal and NDJSON
 * elsewhere.
 */
function answerFormat(context: CommandContext, { format, output }: AnswerCliOptions): AnswerFormatName {
  return format ?? (output === undefined ? usualFormat(context) : 'ndjson');
}

/** @throws {UsageError} when the options cannot be combined */
function checkAnswerOptions({ format, output, overwrite }: AnswerCliOptions): void {
  if ((format === 'parquet' || format === 'xlsx') && output === undefined)
    throw new UsageError(`--format ${format} requires --output FILE`);
  if (overwrite === true && output === undefined) throw new UsageError('--overwrite requires --output');
}

export {
  type AnswerCliOptions,
  addAnswerOptions,
  addOutputOptions,
  answerFormat,
  checkAnswerOptions,
  workbookFormats,
};
