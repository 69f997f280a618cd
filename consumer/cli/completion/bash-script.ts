import {
  type CompletedCommand,
  type CompletedOption,
  type CompletedValues,
  subcommandNames,
  withCommandsBelow,
} from './completed-command';

/** Quotes a text as one word of bash. */
const word = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Formats a place in a call as the script computes it: the words of the command, then an option or a number of arguments. */
const place = ({ words }: CompletedCommand, next: string) =>
  word([...words.map((name) => ` ${name}`), ` ${next}`].join(''));

/** Formats the statement that offers values; undefined for text, where nothing is offered. */
function offer(values: CompletedValues): string | undefined {
  if (!('names' in values))
    return { text: undefined, files: 'compopt -o default', folders: 'compopt -o dirnames' }[values.kind];
  const names = `names=(${values.names.map(({ name }) => word(name)).join(' ')})`;
  return values.kind === 'list' ? `compopt -o nospace; before=\${current%"\${current##*,}"} ${names}` : names;
}

/** Cases of the script: each place, and the statement that offers its values. */
type Cases = [pattern: string, statement: string | undefined][];

function optionCases(command: CompletedCommand, { flags, value }: CompletedOption): Cases {
  return value === undefined ? [] : flags.map((flag) => [place(command, flag), offer(value.values)]);
}

/** Returns the cases of a command. The options are also offered where the command has no arguments. */
function commandCases(command: CompletedCommand): Cases {
  const { commands, options } = command;
  const flags = offer({
    kind: 'names',
    names: options.flatMap((option) => option.flags.map((name) => ({ name }))),
  });
  const subcommands = offer({ kind: 'names', names: subcommandNames(command) });
  const first = commands.length > 0 ? subcommands : flags;
  const values = command.arguments.map(({ isVariadic, values: of }, index): Cases[number] => [
    isVariadic ? `${place(command, '')}[0-9]*` : place(command, String(index)),
    offer(of),
  ]);
  return [
    [place(command, '-'), flags],
    ...(values.length > 0 ? values : [[place(command, '0'), first] satisfies Cases[number]]),
    ...options.flatMap((option) => optionCases(command, option)),
  ];
}

/** Formats cases, with one line for each statement. */
function caseLines(cases: Cases): string[] {
  const patterns = new Map<string, string[]>();
  for (const [pattern, statement] of cases) {
    if (statement === undefined) continue;
    const equal = patterns.get(statement);
    if (equal === undefined) patterns.set(statement, [pattern]);
    else equal.push(pattern);
  }
  return [...patterns].map(([statement, equal]) => `    ${equal.join(' | ')}) ${statement} ;;`);
}

/**
 * Creates the completion script of bash 4 or newer. It works without the package bash-completion, and does not start
 * the program.
 */
function bashScript(program: CompletedCommand): string {
  const all = withCommandsBelow(program);
  const called = all.filter(({ words }) => words.length > 0);
  const valued = all.flatMap((command) =>
    command.options.flatMap(({ flags, value }) =>
      value === undefined ? [] : flags.map((flag) => place(command, flag)),
    ),
  );
  const commands = called.map(({ words }) => word(words.map((name) => ` ${name}`).join('')));
  return `# Completion for ses-events in bash 4 or newer; ses-events completion bash generates it.

_ses_events() {
  local command='' option='' joined='' before='' count=0 word names=() current=\${COMP_WORDS[COMP_CWORD]}
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    # bash splits --option=value and s3://bucket at = and :
    if [[ $word == [=:]* ]]; then
      joined=yes
    elif [[ -n $option ]]; then
      option='' joined=''
    elif [[ -n $joined ]]; then
      joined=''
    elif [[ $word == -?* ]]; then
      case "$command $word" in
        ${valued.join(' | ')}) option=$word ;;
      esac
    else
      case "$command $word" in
        ${commands.join(' | ')}) command+=" $word" ;;
        *) ((count += 1)) ;;
      esac
    fi
  done
  COMPREPLY=()
  if [[ $current == [=:]* ]]; then joined=yes current=''; fi
  if [[ -z $option && -n $joined ]]; then return; fi
  if [[ -z $option && $current == -* ]]; then option=-; fi
  case "$command \${option:-$count}" in
${caseLines(all.flatMap(commandCases)).join('\n')}
  esac
  for word in "\${names[@]}"; do
    if [[ $before$word == "$current"* ]]; then COMPREPLY+=("$before$word"); fi
  done
}

complete -F _ses_events ses-events
`;
}

export { bashScript };
