import { realpathSync } from 'node:fs';
import type { Command } from 'commander';
import { CommandContext } from '../../../consumer/cli/process/context';
import { createProgram } from '../../../consumer/cli/program';
import { eventKinds } from '../../../consumer/events';
import { questions } from '../../../consumer/queries/questions/question';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';
import { describeInShell, type Match, shellNames } from './shells';

const scratch = new ScratchFolder();
const files = ['folder', 'mail.duckdb', 'many words.json'];
scratch.write('here/folder/object.gz', '');
scratch.write('here/mail.duckdb', '');
scratch.write('here/many words.json', '');
const folder = realpathSync(scratch.at('here'));

const questionNames = questions().map(({ name }) => name);
const kinds = eventKinds.map((kind) => kind.replace(' ', ''));

const cases: [call: string, names: readonly string[]][] = [
  ['po', ['policy']],
  ['help po', ['policy']],
  ['policy ', ['trust', 'permissions', 'deploy', 'help']],
  ['policy help ', ['trust', 'permissions', 'deploy']],
  ['policy trust --mo', ['--mode']],
  ['completion ', ['bash', 'zsh', 'fish']],
  ['ask ', questionNames],
  ['ask he', ['health']],
  ['questions he', ['health']],
  ['ask -f mark', ['markdown']],
  ['settings --format=', ['hcl', 'json']],
  ['ask health --format=cs', ['csv']],
  ['ask --by ', ['day', 'week', 'month']],
  ['fi', ['find']],
  ['find --status bou', ['bounced']],
  ['ask --fail-on ', ['review', 'danger']],
  ['query --columns mess', ['messages']],
  ['read --kind ', kinds],
  ['read --kind Bounce,Co', ['Bounce,Complaint']],
  ['read --kind=Bounce,Co', ['Bounce,Complaint']],
  // paths
  ['read ', files],
  ['read x ma', ['mail.duckdb', 'many words.json']],
  ['ask --archive ', files],
  ['ask --archive=mai', ['mail.duckdb']],
  ['export -o ', files],
  ['sample --output ', ['folder']],
  // text
  ['trace ', []],
  ['query ', []],
  ['doctor ', []],
  ['ask --domain ', []],
  ['ask --since ', []],
  ['read --endpoint http://localhost:', []],
  // hidden options
  ['ingest --batch', []],
  ['doctor --conf', []],
  // an unknown command, and a second question
  ['reed ', []],
  ['ask health he', []],
  // values of options are neither commands nor arguments
  ['ask --domain policy --b', ['--by']],
  ['ask --domain health he', ['health']],
  ['ask --tag a=b he', ['health']],
  ['ask --endpoint http://localhost:9000 he', ['health']],
  ['ask --endpoint=http://localhost:9000 he', ['health']],
];

/** Returns every visible command with the words that call it, the program first. */
function visibleCommands(
  parent: Command,
  words: readonly string[] = [],
): [words: string, command: Command][] {
  const children = parent.commands.filter((child) =>
    parent.createHelp().visibleCommands(parent).includes(child),
  );
  return [
    [words.map((word) => `${word} `).join(''), parent],
    ...children.flatMap((child) => visibleCommands(child, [...words, child.name()])),
  ];
}

const all = visibleCommands(createProgram(new CommandContext(process)));

/** What a shell must offer for each command: its commands, all flags of its options, and the choices of each. */
const complete: typeof cases = all.flatMap(([words, command]): typeof cases => {
  const help = command.createHelp();
  const options = help.visibleOptions(command);
  const flags = options.flatMap(({ short, long }) => [short, long].filter((flag) => flag !== undefined));
  const children = help.visibleCommands(command).map((child) => child.name());
  return [
    ...(children.length > 0 ? ([[words, children]] satisfies typeof cases) : []),
    [`${words}-`, flags],
    ...options.flatMap(({ long, argChoices }): typeof cases =>
      long && argChoices ? [[`${words}${long} `, argChoices]] : [],
    ),
  ];
});

const ordered = (names: readonly string[]) => [...names].sort((one, other) => (one < other ? -1 : 1));
const namesOf = (matches: readonly Match[]) => matches.map(({ name }) => name);

describe.each(shellNames)('completion in %s', (shell) => {
  describeInShell(shell, (completeCalls) => {
    let matches = new Map<string, Match[]>();

    beforeAll(async () => {
      const { code, stdout, stderr } = await run(['completion', shell]);
      expect([code, stderr]).toEqual([0, '']);
      const calls = [...cases, ...complete].map(([call]) => call);
      const found = await completeCalls({
        script: scratch.write(shell === 'zsh' ? '_ses-events' : `script.${shell}`, stdout),
        calls: calls.map((call) => `ses-events ${call}`),
        folder,
      });
      matches = new Map(calls.map((call, index) => [call, found[index] ?? []]));
    }, 60_000);

    it.each(cases)('completes %j to %j', (call, names) => {
      expect(namesOf(matches.get(call) ?? [])).toEqual(ordered(names));
    });

    it('offers every visible command, option and choice', () => {
      expect(complete.map(([call]) => [call, namesOf(matches.get(call) ?? [])])).toEqual(
        complete.map(([call, names]) => [call, ordered(names)]),
      );
      expect(complete).toContainEqual(['policy trust --mode ', ['source-arn', 'external-id']]);
    });

    if (shell === 'bash')
      it('adds no space after a kind, so that another one can follow', async () => {
        const calls = ['ses-events read --kind Boun\t,Compl'];
        const found = await completeCalls({ script: scratch.at('script.bash'), calls, folder });
        expect(found.map(namesOf)).toEqual([['Bounce,Complaint']]);
      });

    if (shell !== 'bash')
      it('shows the descriptions of commands, options and questions', () => {
        const described = (call: string, name: string) =>
          matches.get(call)?.find((match) => match.name === name)?.description;
        expect(described('', 'read')).toBe('Print delivered events, or a summary of them');
        expect(described('read -', '--strict')).toBe('stop at the first rejected record, with exit code 1');
        expect(described('ask ', 'health')).toBe('Account health');
      });
  });
});
