import {
  type CompletedCommand,
  type CompletedNames,
  type CompletedOption,
  type CompletedValues,
  subcommandNames,
  withCommandsBelow,
} from './completed-command';
import { NumberedNames } from './numbered-names';

/** Quotes a text as one word of fish. */
const word = (text: string) => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;

/** Formats the options of `complete` that offer values. */
function offer(values: CompletedValues, numbered: NumberedNames): string {
  if ('names' in values) {
    const names = `__ses_events_names ${numbered.numberOf(values)}`;
    return ` -a '(${values.kind === 'list' ? `__ses_events_list (${names})` : names})'`;
  }
  return { text: '', files: ' -F', folders: " -a '(__fish_complete_directories)'" }[values.kind];
}

/** Formats an option: `-s f -l format`, its value and its description. */
function optionText({ flags, description, value }: CompletedOption, numbered: NumberedNames): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const needs = value === undefined ? '' : value.values.kind === 'files' ? ' -r' : ' -x';
  const values = value === undefined ? '' : offer(value.values, numbered);
  return `${names.join(' ')}${needs}${values} -d ${word(description)}`;
}

/** Formats the lines of a command: its options, and its commands or arguments. */
function commandLines(command: CompletedCommand, numbered: NumberedNames): string[] {
  const at = (count: string) =>
    `complete -c ses-events -n ${word(['__ses_events_at', count, ...command.words].join(' '))}`;
  const values = command.arguments.flatMap(({ values: of, isVariadic }, index) => {
    const offered = offer(of, numbered);
    return offered === '' ? [] : [`${at(isVariadic ? 'any' : String(index))}${offered}`];
  });
  const names = { kind: 'names', names: subcommandNames(command) } as const;
  return [
    ...(command.commands.length > 0 ? [`${at('0')}${offer(names, numbered)}`] : []),
    ...values,
    ...command.options.map((option) => `${at('any')} ${optionText(option, numbered)}`),
  ];
}

/** Formats a list of names with their descriptions, as a case of the function that prints them. */
function nameCase({ names }: CompletedNames, index: number): string {
  const pairs = names.map(({ name, description = '' }) => `            ${word(name)} ${word(description)}`);
  return `        case ${index}\n            printf '%s\\t%s\\n' \\\n${pairs.join(' \\\n')}`;
}

/** Creates the completion script of fish 3.4 or newer. It does not start the program. */
function fishScript(program: CompletedCommand): string {
  const all = withCommandsBelow(program);
  const numbered = new NumberedNames();
  const lines = all.flatMap((command) => commandLines(command, numbered));
  const commands = all.flatMap(({ words }) => (words.length > 0 ? [word(words.join(' '))] : []));
  const valued = all.flatMap(({ words, options }) =>
    options.flatMap(({ flags, value }) =>
      value === undefined ? [] : flags.map((flag) => word([...words, flag].join(' '))),
    ),
  );
  return `# Completion for ses-events in fish; ses-events completion fish generates it.

function __ses_events_at -d 'Whether the words before the cursor call a command, with a number of arguments'
    set -l commands ${commands.join(' ')}
    set -l valued ${valued.join(' ')}
    set -l words (commandline -opc)
    set -l command
    set -l count 0
    set -e words[1]
    while set -q words[1]
        set -l next (string join ' ' -- $command $words[1])
        if string match -qr '^-.' -- $words[1]
            contains -- $next $valued; and set -e words[1]
        else if contains -- $next $commands
            set -a command $words[1]
        else
            set count (math $count + 1)
        end
        set -e words[1]
    end
    test "$command" = "$argv[2..]"; and contains -- $argv[1] any $count
end

function __ses_events_list -d 'Names after the comma-separated names before the cursor'
    set -l before (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '^.*,')
    for name in $argv
        printf '%s\\n' "$before$name"
    end
end

function __ses_events_names -d 'Names with their descriptions'
    switch $argv[1]
${numbered.all().map(nameCase).join('\n')}
    end
end

complete -c ses-events -f
${lines.join('\n')}
`;
}

export { fishScript };
