import { type Command, type Help, Option } from 'commander';
import type { Correction } from '../process/correction';
import { UsageError } from '../process/exit-code';

/** Headings of the groups of options in help texts. */
const optionGroups = {
  athena: 'Athena options:',
  filter: 'Filter options:',
  follow: 'Queue and follow options:',
  objects: 'Object options:',
  output: 'Output options:',
} as const;

/** Adds options to a command under their own heading in its help. */
function addOptionGroup(
  command: Command,
  group: keyof typeof optionGroups,
  add: (command: Command) => Command,
): Command {
  command.optionsGroup(optionGroups[group]);
  add(command);
  return command.optionsGroup('');
}

/** The end of a command's help. */
interface HelpEnd {
  /** Paragraphs and lists, wrapped to the width of the terminal. */
  notes?: readonly string[];
  /** Calls without the name of the program. */
  examples: readonly string[];
}

/** Wraps a line; the further lines of a list item are indented. */
function wrap(help: Help, line: string, width: number): string {
  return line.startsWith('- ')
    ? help.boxWrap(line, width - 2).replaceAll('\n', '\n  ')
    : help.boxWrap(line, width);
}

/** Adds the end of a command's help. */
function addHelpEnd(command: Command, { notes = [], examples }: HelpEnd): Command {
  return command.addHelpText('after', ({ error }) => {
    const { getOutHelpWidth, getErrHelpWidth } = command.configureOutput();
    const help = command.createHelp();
    const width = help.helpWidth ?? (error ? getErrHelpWidth : getOutHelpWidth)?.() ?? 80;
    const paragraphs = notes.map((note) =>
      note
        .split('\n')
        .map((line) => wrap(help, line, width))
        .join('\n'),
    );
    const heading = examples.length === 1 ? 'Example:' : 'Examples:';
    const calls = [heading, ...examples.map((example) => `  $ ses-events ${example}`)].join('\n');
    return `\n${[...paragraphs, calls].join('\n\n')}`;
  });
}

/**
 * Adds a hidden option that another argument or option replaced. Using it is an error with the corrected call.
 *
 * @param message the replacement: `use --output`
 */
function addReplacedOption(
  command: Command,
  flags: string,
  { message, correct }: { message: string; correct: Correction },
): Command {
  const option = new Option(flags, message).hideHelp();
  command.addOption(option);
  return command.on(`option:${option.name()}`, () => {
    throw new UsageError(message, correct);
  });
}

export { addHelpEnd, addOptionGroup, addReplacedOption };
