import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { listFormats } from '../../consumer/cli/formats/registry';
import { CommandContext } from '../../consumer/cli/process/context';
import { createProgram } from '../../consumer/cli/program';
import { packageFolder } from './compiled-command';
import { run } from './run-command';

/** Returns every command below a command, with the words that call it. */
function commandsBelow(parent: Command, words: readonly string[] = []): [name: string, command: Command][] {
  return parent.commands.flatMap((command) => {
    const own = [...words, command.name()];
    return [[own.join(' '), command], ...commandsBelow(command, own)];
  });
}

const commands = commandsBelow(createProgram(new CommandContext(process)));
const helps: [name: string, args: string[]][] = [
  ['the program', ['--help']],
  ...commands.map(([name]): [string, string[]] => [name, [...name.split(' '), '--help']]),
];

/** Returns the output of `--help`, with its end. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

describe('the help', () => {
  it.concurrent.each(helps)('of %s goes to standard output and ends with examples', async (_, args) => {
    const { code, stdout, stderr } = await run(args);
    expect(stdout).toMatch(/^Usage: ses-events /);
    expect(stdout).toMatch(/\nExamples?:\n( {2}\$ ses-events .*\n)+$/);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('includes the commands of a command', () => {
    expect(commands.map(([name]) => name)).toContain('policy trust');
  });

  it.each(commands)(
    'of %s describes the command, its arguments and its options, and is in docs/cli.md',
    (name, command) => {
      expect(command.summary()).toBe(''); // the list of commands shows the description
      expect(command.description()).not.toBe('');
      for (const { description } of [...command.registeredArguments, ...command.options]) {
        expect(description).not.toBe('');
      }
      expect(helpOf(command)).toContain(`$ ses-events ${name}`);
      const reference = readFileSync(join(packageFolder, 'docs', 'cli.md'), 'utf8');
      expect(reference).toContain(`\n## ses-events ${name}\n`);
      for (const { flags, hidden } of command.options) {
        if (hidden) expect(reference).not.toContain(flags);
        else expect(reference).toContain(flags);
      }
    },
  );

  it('of the program lists every exit code', () => {
    for (const code of [0, 1, 2, 3, 130]) {
      expect(helpOf(createProgram(new CommandContext(process)))).toMatch(
        new RegExp(`^ {2}${code} +\\S`, 'm'),
      );
    }
  });
});

describe('the command line', () => {
  it.concurrent('prints the version of package.json', async () => {
    const { code, stdout, stderr } = await run(['--version']);
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(packageFolder, 'package.json'), 'utf8'),
    );
    expect([code, stdout, stderr]).toEqual([0, `${version}\n`, '']);
  });

  it.concurrent.each([
    ['no command', [], 'Usage: ses-events [options] [command]'],
    ['a command without its subcommand', ['policy'], 'Usage: ses-events policy [options] [command]'],
    ['an unknown command', ['reed', 'x'], "unknown command 'reed'\n(Did you mean read?)"],
    ['an unknown subcommand', ['policy', 'trsut'], "unknown command 'trsut'\n(Did you mean trust?)"],
    [
      'an unknown option of a subcommand',
      ['policy', 'trust', '--account', '111122223333', '--region', 'eu-west-1', '--mood', 'x'],
      "unknown option '--mood'\n(Did you mean --mode?)\n(add --help for usage)",
    ],
    [
      'an unknown option',
      ['read', 'x', '--formt', 'csv'],
      "unknown option '--formt'\n(Did you mean --format?)",
    ],
    ['an unknown format', ['read', 'x', '-f', 'xml'], `Allowed choices are ${listFormats.join(', ')}.`],
    ['no source', ['read'], "missing required argument 'source'\n(add --help for usage)"],
    ['too many arguments', ['demo', 'x'], "too many arguments for 'demo'"],
    ['no folder', ['sample'], "required option '-o, --output <folder>' not specified"],
    ['a negative number', ['sample', '-o', 'x', '-n', '-1'], 'Expected a whole number, 0 or more.'],
    ['a fraction', ['sample', '-o', 'x', '--seed', '1.5'], 'Expected a whole number, 0 or more.'],
    ['no days', ['sample', '-o', 'x', '--days', '0'], 'Expected a whole number from 1 to 366.'],
    ['too many days', ['sample', '-o', 'x', '--days', '367'], 'Expected a whole number from 1 to 366.'],
    ['a fraction of days', ['sample', '-o', 'x', '--days', '1.5'], 'Expected a whole number from 1 to 366.'],
  ])('rejects %s with a fix', async (_, args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.concurrent('gives no advice about questions where another argument is missing', async () => {
    expect((await run(['read'])).stderr).not.toContain('question');
  });

  it.concurrent.each([
    ['a command', ['\u001b]0;t\u0007\u202e']],
    ['an option', ['read', 'x', '--\u001b]0;t\u0007\u202e']],
    ['the value of an option', ['read', 'x', '--kind', '\u001b]0;t\u0007\u202e']],
    ['a choice', ['read', 'x', '--format', '\u001b]0;t\u0007\u202e']],
    ['a value of a subcommand', ['policy', 'trust', '--mode', '\u001b]0;t\u0007\u202e']],
  ])('escapes control characters in %s', async (_, args) => {
    const { code, stderr } = await run(args);
    expect(stderr).toContain('\\u001b]0;t\\u0007\\u202e');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the test looks for them
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(code).toBe(2);
  });
});
