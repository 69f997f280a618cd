import { Command } from 'commander';
import { terminalText } from '../texts/terminal-text';
import { askCommand } from './commands/ask';
import { compactCommand } from './commands/compact';
import { completionCommand } from './commands/completion';
import { demoCommand } from './commands/demo';
import { doctorCommand } from './commands/doctor';
import { exportCommand } from './commands/export';
import { findCommand } from './commands/find';
import { forgetCommand } from './commands/forget';
import { ingestCommand } from './commands/ingest';
import { mcpCommand } from './commands/mcp';
import { policyCommand } from './commands/policy';
import { queryCommand } from './commands/query';
import { questionsCommand } from './commands/questions';
import { readCommand } from './commands/read';
import { rejectsCommand } from './commands/rejects';
import { reportCommand } from './commands/report';
import { sampleCommand } from './commands/sample';
import { serveCommand } from './commands/serve';
import { settingsCommand } from './commands/settings';
import { suppressCommand } from './commands/suppress';
import { traceCommand } from './commands/trace';
import { addHelpEnd } from './options/help-text';
import type { CommandContext, OutputStream } from './process/context';
import { exitCodeMeanings } from './process/exit-code';
import { packageVersion } from './process/package-root';

function exitCodeLines(): string {
  return exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padEnd(3)}  ${meaning}`).join('\n');
}

/** Gives a command and its subcommands their parent's handling of errors and help. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
  return command;
}

/** Creates the whole command line; help and parsing use this one description. */
function createProgram(context: CommandContext): Command {
  const program = new Command('ses-events')
    .description('Archive and query Amazon SES email events')
    .version(packageVersion())
    .option('--debug', 'show the stack trace of an error')
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for usage)')
    .addHelpText('after', `\nExit codes:\n${exitCodeLines()}`);
  addHelpEnd(program, {
    examples: ['demo', 'read s3://my-bucket/events/ --since 2026-03-01 --kind Bounce', 'doctor newsletter'],
  });
  program.exitOverride();
  // Messages quote text that may come from anywhere, so outputError escapes them; line breaks are commander's.
  const width = ({ isTTY, columns }: OutputStream) => (isTTY === true ? columns : undefined);
  program.configureOutput({
    writeOut: (text) => void context.stdout.write(text),
    writeErr: (text) => void context.stderr.write(text),
    getOutHelpWidth: () => width(context.stdout) as number, // commander's default returns undefined where there is no terminal
    getErrHelpWidth: () => width(context.stderr) as number,
    outputError: (text, write) => write(text.split('\n').map(terminalText).join('\n')),
  });
  const commands = [
    demoCommand(context),
    readCommand(context),
    ingestCommand(context),
    askCommand(context),
    questionsCommand(context),
    queryCommand(context),
    findCommand(context),
    traceCommand(context),
    reportCommand(context),
    serveCommand(context),
    suppressCommand(context),
    mcpCommand(context),
    compactCommand(context),
    rejectsCommand(context),
    exportCommand(context),
    forgetCommand(context),
    sampleCommand(context),
    policyCommand(context),
    settingsCommand(context),
    doctorCommand(context),
    completionCommand(context),
  ];
  for (const command of commands) {
    program.addCommand(inherit(command, program));
  }
  return program;
}

export { createProgram };
