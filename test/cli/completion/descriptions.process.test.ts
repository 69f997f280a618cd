import { existsSync, realpathSync } from 'node:fs';
import { Command, Option } from 'commander';
import fc from 'fast-check';
import { completedCommand } from '../../../consumer/cli/completion/completed-command';
import { fishScript } from '../../../consumer/cli/completion/fish-script';
import { zshScript } from '../../../consumer/cli/completion/zsh-script';
import { addValueNames } from '../../../consumer/cli/options/value-names';
import { runs } from '../../property-runs';
import { ScratchFolder } from '../scratch-folder';
import { describeInShell, type Match } from './shells';

const scratch = new ScratchFolder();
const folder = realpathSync(scratch.path);
const executed = scratch.at('executed');

/** Texts with everything that has a meaning in a shell, in a script or in a specification of `_arguments`. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'\'"`$()[]{}:;\\%!*?~#&|<>=,^@- \n\tabé→日'),
      fc.constantFrom(
        '$(touch executed)',
        '`touch executed`',
        "'; touch executed; '",
        '%F{red}',
        '\\n',
        ' -- ',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Returns a program with each text as the description of a command, an option and a value. */
function programWith(texts: readonly string[]): Command {
  const program = new Command('ses-events').helpCommand(false).helpOption(false);
  for (const [index, text] of texts.entries()) {
    program.addCommand(new Command(`c${index}`).description(text));
    program.option(`--o${index} <value>`, text);
  }
  const names = texts.map((description, index) => ({ name: `v${index}`, description }));
  return program.addOption(addValueNames(new Option('--value <value>', 'value'), () => names));
}

/** Returns the description of each match, in the order of the texts. */
const descriptions = (matches: readonly Match[] = [], prefix: string) =>
  matches
    .filter(({ name }) => new RegExp(String.raw`^${prefix}\d+$`).test(name))
    .sort((one, other) => Number(one.name.slice(prefix.length)) - Number(other.name.slice(prefix.length)))
    .map(({ description = '' }) => description);

describe.each([
  ['zsh', zshScript],
  ['fish', fishScript],
] as const)('any description in the script of %s', (shell, createScript) => {
  describeInShell(shell, (completeCalls) => {
    it('is shown unchanged on one line, and never executed', async () => {
      const everyText = fc.array(hostile, { minLength: 1, maxLength: 10 });
      const property = fc.asyncProperty(everyText, async (texts) => {
        const script = scratch.write(`script.${shell}`, createScript(completedCommand(programWith(texts))));
        const calls = ['ses-events ', 'ses-events --', 'ses-events --value '];
        const [commands, options, values] = await completeCalls({ script, calls, folder });
        const shown = texts.map((text) => text.trim().replaceAll(/\s+/g, ' '));
        expect(descriptions(commands, 'c')).toEqual(shown);
        expect(descriptions(options, '--o')).toEqual(shown);
        expect(descriptions(values, 'v')).toEqual(shown);
        expect(existsSync(executed)).toBe(false);
      });
      await fc.assert(property, { numRuns: runs(20) });
    }, 120_000);
  });
});
