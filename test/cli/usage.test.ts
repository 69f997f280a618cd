import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { listFormats } from '../../consumer/cli/formats/registry';
import { CommandContext } from '../../consumer/cli/process/context';
import { createProgram } from '../../consumer/cli/program';
import { packageFolder } from './compiled-command';
import { run } from './run-command';

/** Every command below a command, with the words that call it. */
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

/** The help as `--help` prints it, with what is added behind it. */
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
  it.concurrent.each(helps)('of %s goes to standard output and holds an example', async (_, args) => {
    const { code, stdout, stderr } = await run(args);
    expect(stdout).toMatch(/^Usage: ses-events /);
    expect(stdout).toMatch(/^Examples?:\n {2}\$ ses-events /m);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('is there for the commands of a command too', () => {
    expect(commands.map(([name]) => name)).toContain('policy trust');
  });

  it.each(commands)(
    'of %s describes the command, each argument and each option, and stands in docs/cli.md',
    (name, command) => {
      expect(command.summary()).not.toBe('');
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

  it('of the program names every exit code', () => {
    for (const code of [0, 1, 2, 3, 130]) {
      expect(helpOf(createProgram(new CommandContext(process)))).toMatch(
        new RegExp(`^ {2}${code} +\\S`, 'm'),
      );
    }
  });
});

describe('the command line', () => {
  it.concurrent('gives the version of package.json', async () => {
    const { code, stdout, stderr } = await run(['--version']);
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(packageFolder, 'package.json'), 'utf8'),
    );
    expect([code, stdout, stderr]).toEqual([0, `${version}\n`, '']);
  });

  it.concurrent.each([
    ['nothing at all', [], 'Usage: ses-events [options] [command]'],
    ['half a command', ['policy'], 'Usage: ses-events policy [options] [command]'],
    ['an unknown command', ['reed', 'x'], "unknown command 'reed'\n(Did you mean read?)"],
    [
      'an unknown command of a command',
      ['policy', 'trsut'],
      "unknown command 'trsut'\n(Did you mean trust?)",
    ],
    [
      'an unknown option of a command of a command',
      ['policy', 'trust', '--account', '111122223333', '--region', 'eu-west-1', '--mood', 'x'],
      "unknown option '--mood'\n(Did you mean --mode?)\n(--help shows how)",
    ],
    [
      'an unknown option',
      ['read', 'x', '--formt', 'csv'],
      "unknown option '--formt'\n(Did you mean --format?)",
    ],
    ['an unknown format', ['read', 'x', '-f', 'xml'], `Allowed choices are ${listFormats.join(', ')}.`],
    ['no source', ['read'], "missing required argument 'source'\n(--help shows how)"],
    ['an argument too many', ['demo', 'x'], "too many arguments for 'demo'"],
    ['no directory', ['sample'], "required option '-o, --out <directory>' not specified"],
    ['a negative number', ['sample', '-o', 'x', '-n', '-1'], 'write a whole number, 0 or more'],
    ['a fraction', ['sample', '-o', 'x', '--seed', '1.5'], 'write a whole number, 0 or more'],
  ])('refuses %s and says what to do', async (_, args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.concurrent.each([
    ['a command', ['\u001b]0;t\u0007\u202e']],
    ['an option', ['read', 'x', '--\u001b]0;t\u0007\u202e']],
    ['the value of an option', ['read', 'x', '--kind', '\u001b]0;t\u0007\u202e']],
    ['a choice', ['read', 'x', '--format', '\u001b]0;t\u0007\u202e']],
    ['a value of a command of a command', ['policy', 'trust', '--mode', '\u001b]0;t\u0007\u202e']],
  ])('shows control characters of %s and does not obey them', async (_, args) => {
    const { code, stderr } = await run(args);
    expect(stderr).toContain('\\u001b]0;t\\u0007\\u202e');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(code).toBe(2);
  });
});
