import { Argument, Command, Option } from 'commander';
import {
  type CompletedCommand,
  completedCommand,
  withCommandsBelow,
} from '../../../consumer/cli/completion/completed-command';
import { addValueNames } from '../../../consumer/cli/options/value-names';
import { CommandContext } from '../../../consumer/cli/process/context';
import { createProgram } from '../../../consumer/cli/program';

/** Returns the description of a command without commander's own options. */
const completed = (change: (command: Command) => Command) =>
  completedCommand(change(new Command('program').helpOption(false)));

describe('the completion of a command', () => {
  it.each([
    [
      'choices',
      new Option('--by <period>', 'x').choices(['day']),
      { kind: 'names', names: [{ name: 'day' }] },
    ],
    [
      'names',
      addValueNames(new Option('--view <view>', 'x'), () => [{ name: 'opens', description: ' a\n b ' }]),
      { kind: 'names', names: [{ name: 'opens', description: 'a b' }] },
    ],
    [
      'a list of names',
      addValueNames(new Option('--kind <kind>', 'x'), () => [{ name: 'Open' }], { isList: true }),
      { kind: 'list', names: [{ name: 'Open' }] },
    ],
    ['files', new Option('-o, --output <file>', 'x'), { kind: 'files' }],
    ['files for a path', new Option('-o, --output <path>', 'x'), { kind: 'files' }],
    ['folders', new Option('-o, --output <folder>', 'x'), { kind: 'folders' }],
    ['several files', new Option('--inputs <file...>', 'x'), { kind: 'files' }],
    ['nothing for text', new Option('--domain <name>', 'x'), { kind: 'text' }],
  ])('offers %s as the value of an option', (_, option, values) => {
    const { options } = completed((command) => command.addOption(option));
    expect(options.map(({ value }) => value?.values)).toEqual([values]);
  });

  it('has all flags of an option, and its description on one line', () => {
    const { options } = completed((command) => command.option('-q, --quiet', ' a\n b '));
    expect(options).toEqual([{ flags: ['-q', '--quiet'], description: 'a b' }]);
  });

  it('has the arguments, with the number of values that each takes', () => {
    const { arguments: found } = completed((command) =>
      command
        .addArgument(new Argument('<shell>', 'x').choices(['bash']))
        .addArgument(new Argument('[source...]', 'x')),
    );
    expect(found).toEqual([
      {
        name: 'shell',
        values: { kind: 'names', names: [{ name: 'bash' }] },
        isRequired: true,
        isVariadic: false,
      },
      { name: 'source', values: { kind: 'files' }, isRequired: false, isVariadic: true },
    ]);
  });

  it('has the commands below it, and the names of these commands for help', () => {
    const { commands } = completed((command) =>
      command
        .addCommand(new Command('shown').description('Show'))
        .addCommand(new Command('gone'), { hidden: true }),
    );
    expect(commands.map(({ words }) => words)).toEqual([['shown'], ['help']]);
    expect(commands[1]?.arguments[0]?.values).toEqual({
      kind: 'names',
      names: [{ name: 'shown', description: 'Show' }],
    });
  });

  it('omits hidden options', () => {
    const { options } = completed((command) => command.addOption(new Option('--gone', 'x').hideHelp()));
    expect(options).toEqual([]);
  });
});

describe('the completion of ses-events', () => {
  const valuesOf = ({ arguments: given, options, commands }: CompletedCommand) => [
    ...given.map(({ values }) => values),
    ...options.flatMap(({ value }) => (value === undefined ? [] : [value.values])),
    { kind: 'names', names: commands.map(({ words }) => ({ name: words.at(-1) })) } as const,
  ];
  const all = withCommandsBelow(completedCommand(createProgram(new CommandContext(process))));

  it('has only names that no shell must quote', () => {
    const names = all
      .flatMap(valuesOf)
      .flatMap((values) => ('names' in values ? values.names.map(({ name }) => name) : []));
    expect(names.length).toBeGreaterThan(100);
    for (const name of names) expect(name).toMatch(/^[\w-]+$/);
  });

  it('has all flags of an option in a form that every shell completes', () => {
    const flags = all.flatMap(({ options }) => options.flatMap((option) => option.flags));
    for (const flag of flags) expect(flag).toMatch(/^(-\w|--[a-z][a-z-]+)$/);
  });

  it('does not contain values of the environment', () => {
    const env = { SES_EVENTS_ARCHIVE: '/home/ana/private.duckdb' };
    const context = new CommandContext({
      ...process,
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      env,
    });
    expect(JSON.stringify(completedCommand(createProgram(context)))).not.toContain('private');
  });
});
