import type { Command, Option } from 'commander';
import { CommandContext } from '../../consumer/cli/process/context';
import { createProgram } from '../../consumer/cli/program';

/** Returns a command and every command below it, each with the words that call it. */
function withCommands(command: Command, words: readonly string[] = []): [name: string, command: Command][] {
  return [
    [words.join(' ') || 'ses-events', command],
    ...command.commands.flatMap((child) => withCommands(child, [...words, child.name()])),
  ];
}

const all = withCommands(createProgram(new CommandContext(process)));
const named = new Map(all);

/** Returns the group of each visible option, by its long flag. */
function groupsOf(name: string): Map<string | undefined, string> {
  const options = named.get(name)?.options.filter(({ hidden }) => !hidden) ?? [];
  return new Map(options.map(({ long, helpGroupHeading }) => [long, helpGroupHeading ?? 'Options:']));
}

/** Returns the text of a command's help. */
function helpOf(name: string): string {
  let text = '';
  const command = named.get(name);
  command?.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command?.outputHelp();
  return text;
}

/** Third-person verbs, with which a description would not begin in the imperative. */
const thirdPerson = /^(?!Access |Process |Pass )[A-Z][a-z]+s\b/;

describe('the description of a command', () => {
  it.each(all)('of %s has 3 to 9 words, begins with an imperative, and has no period', (_, command) => {
    const description = command.description();
    expect(description.split(' ').length).toBeGreaterThanOrEqual(3);
    expect(description.split(' ').length).toBeLessThanOrEqual(9);
    expect(description).toMatch(/^[A-Z]/);
    expect(description).not.toMatch(/[.:;]$/);
    expect(description).not.toMatch(thirdPerson);
  });

  it.each(['Reads events', 'Writes a file', 'Shows a timeline', 'Answers a question'])(
    'is not accepted in the third person: %s',
    (description) => {
      expect(description).toMatch(thirdPerson);
    },
  );
});

describe('the description of an option', () => {
  const options = all.flatMap(([name, command]) =>
    command.options.map((option): [string, string, Option] => [name, option.flags, option]),
  );

  it.each(options.filter(([, , { hidden }]) => !hidden))(
    'of %s %s has no period, no capital and no name of a page',
    (_, __, { description }) => {
      expect(description).not.toMatch(/\.$/);
      expect(description).toMatch(/^[a-z]|^AWS /);
      expect(description).not.toContain('docs/');
    },
  );
});

describe('the help', () => {
  it.each(all)('of %s ends with one to five examples', (name) => {
    const [, examples = ''] = /\nExamples?:\n((?: {2}\$ ses-events .*\n)+)$/.exec(helpOf(name)) ?? [];
    const count = examples.trimEnd().split('\n').length;
    expect(examples).not.toBe('');
    expect(count).toBeLessThanOrEqual(5);
  });

  it.each(['ask', 'query', 'trace'])('of %s shows the Athena options in the last group', (name) => {
    const groups = groupsOf(name);
    expect([...new Set(groups.values())].at(0)).toBe('Options:');
    expect([...new Set(groups.values())].at(-1)).toBe('Athena options:');
    const athena = [...groups].filter(([, group]) => group === 'Athena options:').map(([flag]) => flag);
    expect(athena).toEqual(
      expect.arrayContaining(['--workgroup', '--database', '--look-ahead', '--price-per-terabyte']),
    );
    expect(groups.get('--engine')).toBe('Options:');
    expect(helpOf(name).indexOf('\nAthena options:\n')).toBeGreaterThan(helpOf(name).indexOf('\nOptions:\n'));
  });

  it.each(all.filter(([, { options }]) => options.filter(({ hidden }) => !hidden).length > 10))(
    'of %s, which has more than ten options, groups them',
    (name) => {
      expect(new Set(groupsOf(name).values()).size).toBeGreaterThan(1);
    },
  );
});

describe('an option of several commands', () => {
  it.each(['--wait', '--dry-run', '--output', '--overwrite', '--archive'])(
    'such as %s has the same flags everywhere',
    (long) => {
      const found = all.flatMap(([, { options }]) => options.filter((option) => option.long === long));
      expect(found.length).toBeGreaterThan(1);
      expect(new Set(found.map(({ short }) => short)).size).toBe(1);
    },
  );

  it('--wait is always the maximum number of seconds to wait', () => {
    const found = all.flatMap(([, { options }]) => options.filter(({ long }) => long === '--wait'));
    for (const { flags, description } of found) {
      expect(flags).toBe('--wait <seconds>');
      expect(description).toMatch(/^maximum seconds to wait for /);
    }
  });
});
