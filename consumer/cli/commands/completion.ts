import { Argument, Command } from 'commander';
import { pageAddress } from '../../pages/page-address';
import { bashScript } from '../completion/bash-script';
import { type CompletedCommand, completedCommand } from '../completion/completed-command';
import { fishScript } from '../completion/fish-script';
import { zshScript } from '../completion/zsh-script';
import { addHelpEnd } from '../options/help-text';
import type { CommandContext } from '../process/context';

/** The shells, each with the function that creates its script. */
const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Readonly<
  Record<string, (program: CompletedCommand) => string>
>;

/** Returns the command line that a command is part of. */
function programOf(command: Command): Command {
  return command.parent === null ? command : programOf(command.parent);
}

/** `ses-events completion`: prints the script with which a shell completes calls of the command. */
function completionCommand(context: CommandContext): Command {
  const command = new Command('completion')
    .description('Print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'the shell that completes calls').choices(Object.keys(scripts)));
  return addHelpEnd(command, {
    notes: [
      'With the script, the Tab key completes commands, options, their values, questions and files. Create the ' +
        'script again after an upgrade.',
      'The shell completes the command ses-events, so that calls with npx require a global installation or a function. ' +
        `See ${pageAddress('completion')}`,
    ],
    examples: [
      'completion bash > ~/.local/share/bash-completion/completions/ses-events',
      'completion zsh > ~/.zfunc/_ses-events',
      'completion fish > ~/.config/fish/completions/ses-events.fish',
    ],
  }).action((shell: keyof typeof scripts) => {
    context.stdout.write(scripts[shell](completedCommand(programOf(command))));
  });
}

export { completionCommand };
