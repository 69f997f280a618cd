import type { ValueName } from '../options/value-names';
import {
  type CompletedArgument,
  type CompletedCommand,
  type CompletedOption,
  type CompletedValue,
  subcommandNames,
  withCommandsBelow,
} from './completed-command';
import { NumberedNames } from './numbered-names';

/** Quotes a text as one word of zsh. */
const word = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Escapes the characters that end a part of a specification of `_arguments`. */
const part = (text: string) => text.replaceAll(/[\\:[\]]/g, String.raw`\$&`);

/** Escapes a text that zsh shows as a prompt. */
const heading = (text: string) => part(text.replaceAll('%', '%%'));

/** Names the function of a command: `_ses-events_policy_trust`. */
const functionName = ({ words }: Pick<CompletedCommand, 'words'>) => ['_ses-events', ...words].join('_');

/** Formats a value as the end of a specification: what it is, and how to complete it. */
function valueEnd({ name, values }: CompletedValue, numbered: NumberedNames): string {
  const actions = { text: ' ', files: '_files', folders: '_files -/' } as const;
  const action = 'names' in values ? `_ses-events_names_${numbered.numberOf(values)}` : actions[values.kind];
  return `:${heading(name)}:${action}`;
}

/** Formats an option. Those without free values are offered once only; help and version exclude everything else. */
function optionSpecs({ flags, description, value }: CompletedOption, numbered: NumberedNames): string[] {
  const text = `[${part(description)}]`;
  const isAlone = flags.includes('--help') || flags.includes('--version');
  const isOnce = value === undefined || value.values.kind === 'names';
  const excluded = isAlone ? '(- : *)' : isOnce ? `(${flags.join(' ')})` : '*';
  return flags.map((flag) => {
    if (value === undefined) return word(`${excluded}${flag}${text}`);
    const joint = flag.startsWith('--') ? '=' : '+';
    return word(`${excluded}${flag}${joint}${text}${valueEnd(value, numbered)}`);
  });
}

function argumentSpec(argument: CompletedArgument, numbered: NumberedNames): string {
  const start = argument.isVariadic ? '*' : argument.isRequired ? '' : ':';
  return word(`${start}${valueEnd(argument, numbered)}`);
}

/** Formats the function of a command. */
function commandFunction(command: CompletedCommand, numbered: NumberedNames): string {
  const { options, commands } = command;
  const isGroup = commands.length > 0;
  const first = { name: 'command', values: { kind: 'names', names: subcommandNames(command) } } as const;
  const specs = [
    ...options.flatMap((option) => optionSpecs(option, numbered)),
    ...(isGroup
      ? [word(`1${valueEnd(first, numbered)}`), word('*:: :->rest')]
      : command.arguments.map((argument) => argumentSpec(argument, numbered))),
  ].map((spec) => ` \\\n    ${spec}`);
  if (!isGroup) return `${functionName(command)}() {\n  _arguments -S${specs.join('')}\n}\n`;
  const cases = commands.map(
    (child) => `      ${word(child.words.at(-1) ?? '')}) ${functionName(child)} && ret=0 ;;`,
  );
  return `${functionName(command)}() {
  local curcontext=$curcontext context state state_descr line ret=1
  local -A opt_args
  # Only the command completes what is after its name.
  _arguments -C -S -A '-*'${specs.join('')} && ret=0
  if [[ $state == rest ]]; then
    case $line[1] in
${cases.join('\n')}
    esac
  fi
  return ret
}
`;
}

/** Formats a name for `_describe`: the first colon that is not escaped ends the name. */
function described({ name, description }: ValueName): string {
  const parts = description === undefined ? [name] : [name, description];
  return word(parts.map((text) => text.replaceAll(/[\\:]/g, String.raw`\$&`)).join(':'));
}

/** Creates the completion script of zsh, for a folder in `fpath` or for `source`. It does not start the program. */
function zshScript(program: CompletedCommand): string {
  const numbered = new NumberedNames();
  const functions = withCommandsBelow(program).map((command) => commandFunction(command, numbered));
  const lists = numbered.all().map(({ kind, names }, index) => {
    const skip = kind === 'list' ? `  compset -P '*,'\n` : '';
    const items = names.map((name) => `    ${described(name)}`).join('\n');
    return `_ses-events_names_${index}() {\n${skip}  local -a names=(\n${items}\n  )\n  _describe value names\n}\n`;
  });
  return `#compdef ses-events
# Completion for ses-events in zsh; ses-events completion zsh generates it.

${[...functions, ...lists].join('\n')}
# zsh runs this file for the first completion, and \`source\` only registers it.
if [[ $funcstack[1] == _ses-events ]]; then
  _ses-events "$@"
else
  compdef _ses-events ses-events
fi
`;
}

export { zshScript };
