import type { Argument, Command, Option } from 'commander';
import { type ValueName, valueNames } from '../options/value-names';

/** The values that a shell offers. For `text`, it offers nothing. */
type CompletedValues = { kind: 'text' | 'files' | 'folders' } | CompletedNames;

/** Names, one of them or a comma-separated list of several. */
interface CompletedNames {
  kind: 'names' | 'list';
  names: readonly ValueName[];
}

/** An argument, or the value of an option. */
interface CompletedValue {
  name: string;
  values: CompletedValues;
}

interface CompletedOption {
  /** One or two: `-f` and `--format`. */
  flags: readonly string[];
  description: string;
  /** Undefined for an option without a value. */
  value?: CompletedValue;
}

interface CompletedArgument extends CompletedValue {
  isRequired: boolean;
  isVariadic: boolean;
}

/** A command as a shell completes it. It has either commands or arguments. */
interface CompletedCommand {
  /** Words that call the command, after the name of the program. */
  words: readonly string[];
  description: string;
  commands: readonly CompletedCommand[];
  options: readonly CompletedOption[];
  arguments: readonly CompletedArgument[];
}

/** Names of values that are paths, as in `--output <file>`. */
const pathKinds: Readonly<Record<string, 'files' | 'folders'>> = {
  file: 'files',
  path: 'files',
  source: 'files',
  folder: 'folders',
};

/** Returns the value of an argument or option. The name of a path determines its kind. */
function completedValue(value: Argument | Option, name: string): CompletedValue {
  const known = valueNames(value);
  if (known === undefined) return { name, values: { kind: pathKinds[name] ?? 'text' } };
  const names = known.names().map(({ description, ...named }) => ({
    ...named,
    ...(description && { description: oneLine(description) }),
  }));
  return { name, values: { kind: known.isList ? 'list' : 'names', names } };
}

/** Puts a text on one line. */
const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ');

function completedOption(option: Option): CompletedOption {
  const { short, long, flags, description, required } = option;
  const [, name = ''] = /<(.*?)(?:\.\.\.)?>/.exec(flags) ?? [];
  return {
    flags: [short, long].filter((flag) => flag !== undefined),
    description: oneLine(description),
    ...(required && { value: completedValue(option, name) }),
  };
}

function completedArgument(argument: Argument): CompletedArgument {
  const { required: isRequired, variadic: isVariadic } = argument;
  return { ...completedValue(argument, argument.name()), isRequired, isVariadic };
}

/** Returns the names of commands as values. */
const commandNames = (commands: readonly Command[]) =>
  commands.map((command) => ({ name: command.name(), description: oneLine(command.description()) }));

/** Describes the command `help` of commander, whose argument is the name of another command. */
function completedHelp(help: Command, own: readonly Command[], words: readonly string[]): CompletedCommand {
  const values = { kind: 'names', names: commandNames(own) } as const;
  const argument = { name: 'command', values, isRequired: false, isVariadic: false };
  return { words, description: help.description(), commands: [], options: [], arguments: [argument] };
}

/**
 * Describes a command for completion, with the commands, options and arguments that its help shows.
 * @param words the words that call the command
 */
function completedCommand(command: Command, words: readonly string[] = []): CompletedCommand {
  const help = command.createHelp();
  const visible = help.visibleCommands(command);
  const own = visible.filter((child) => command.commands.includes(child)); // the others are commander's `help`
  return {
    words,
    description: oneLine(command.description()),
    commands: visible.map((child) => {
      const childWords = [...words, child.name()];
      return own.includes(child)
        ? completedCommand(child, childWords)
        : completedHelp(child, own, childWords);
    }),
    options: help.visibleOptions(command).map(completedOption),
    arguments: command.registeredArguments.map(completedArgument),
  };
}

/** Returns a command and all commands below it. */
function withCommandsBelow(command: CompletedCommand): CompletedCommand[] {
  return [command, ...command.commands.flatMap(withCommandsBelow)];
}

/** Returns the commands of a command as values. */
function subcommandNames({ commands }: CompletedCommand): ValueName[] {
  return commands.map(({ words, description }) => ({ name: words.at(-1) ?? '', description }));
}

export {
  type CompletedArgument,
  type CompletedCommand,
  type CompletedNames,
  type CompletedOption,
  type CompletedValue,
  type CompletedValues,
  completedCommand,
  subcommandNames,
  withCommandsBelow,
};
