import { Command } from 'commander';
import { pageAddress } from '../../pages/page-address';
import type { Basis, OpenSource } from '../../queries/answers/open-source';
import type { ParameterValues } from '../../queries/questions/parameters';
import type * as Report from '../../report/report';
import { formatBytes } from '../../texts/number-text';
import { unreadableNote } from '../answers/answer-line';
import { dryRunText } from '../answers/dry-run';
import { type SourceCliOptions, withSource } from '../answers/with-source';
import { addOutputOptions, checkAnswerOptions } from '../options/answer-options';
import { addArchiveOptions } from '../options/archive-options';
import { addEngineOptions, checkEngineOptions } from '../options/engine-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { addQuestionOptions, checkTimeRange } from '../options/question-options';
import { placeText, writeOutput } from '../output/output-file';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { Progress } from '../progress/progress';

interface ReportCliOptions extends SourceCliOptions, ParameterValues {}

/** Loads the report on first use, because its libraries take longer to load than the other commands. */
function loadReport(): typeof Report {
  return require('../../report/report') as typeof Report; // the module exports match its types
}

/** A source that only collects the statements of the questions, and answers each without rows. */
function statementsOnly(statements: string[], options: ReportCliOptions): Pick<OpenSource, 'answer'> {
  return {
    async answer(request) {
      statements.push(dryRunText(request, options));
      return { columns: [], rows: (async function* () {})(), total: () => 0 };
    },
  };
}

/** Prints the statements of all questions of the report. */
async function printStatements(context: CommandContext, options: ReportCliOptions): Promise<void> {
  const { reportFile } = loadReport();
  const statements: string[] = [];
  const source = statementsOnly(statements, options);
  for await (const _ of reportFile(source, {}, options, new Date())); // each part asks its questions
  context.stdout.write(statements.join('\n'));
}

/** Writes the report, and returns its size in bytes; undefined when the user interrupted it and there is no file. */
async function writeReport(
  context: CommandContext,
  source: OpenSource,
  basis: Basis,
  options: ReportCliOptions,
): Promise<number | undefined> {
  const { reportFile, sections } = loadReport();
  // Athena already has a progress line.
  const progress = new Progress(context, options.progress && options.engine !== 'athena');
  return writeOutput(context, options, async (output) => {
    let bytes = 0;
    let parts = 0;
    try {
      for await (const part of reportFile(source, basis, options, new Date())) {
        if (context.isInterrupted) break;
        progress.showBar(
          '[{bar}] {text}',
          Math.min(parts++, sections.length),
          sections.length,
          () => 'report',
        );
        bytes += Buffer.byteLength(part);
        await output.write(part);
      }
      await output.flush();
    } finally {
      progress.stop();
    }
    return bytes;
  });
}

async function report(context: CommandContext, options: ReportCliOptions): Promise<void> {
  checkAnswerOptions(options);
  checkEngineOptions(options);
  checkTimeRange(options);
  if (options.dryRun === true) return printStatements(context, options);
  if (options.output === undefined && context.stdout.isTTY === true)
    throw new UsageError('a report is a file of HTML: add --output report.html, or redirect standard output');
  await withSource(
    context,
    options,
    (source, basis) => writeReport(context, source, basis, options),
    async (bytes, { unreadable }) => {
      if (bytes === undefined) return;
      const note = unreadable === undefined ? '' : `; ${unreadableNote(unreadable)}`;
      context.stderr.write(`report of ${formatBytes(bytes)}${placeText(options)}${note}\n`);
    },
  );
}

/** `ses-events report`: writes a page with pictures of the answers. */
function reportCommand(context: CommandContext): Command {
  const command = new Command('report').description('Write a report with charts as one file');
  addArchiveOptions(command, context);
  addQuestionOptions(command, undefined, 'days, weeks and months, and of times in the report');
  addEngineOptions(addOptionGroup(command, 'output', addOutputOptions));
  return addHelpEnd(command, {
    notes: [
      'The report is one HTML file without scripts, which loads nothing from elsewhere. Open it in a browser, print it, ' +
        'or attach it to an email.',
      'Without --until, it ends with the day of the newest event, or today if that day is before --since. Without --since, ' +
        'it covers 30 days. It compares the main figures with the range of the same length before.',
      'Below each chart are its table and the command that returns the same rows. The report contains personal data: ' +
        'addresses in complaints and in the responses of servers.',
      `See ${pageAddress('report')}`,
    ],
    examples: [
      'report --output report.html',
      'report --since 2026-03-01 --until 2026-04-01 --timezone Europe/Berlin --output march.html',
      'report --configuration-set newsletter --output newsletter.html --overwrite',
      'report --since 30d --engine athena --terraform-outputs outputs.json --output report.html',
    ],
  }).action((options: ReportCliOptions) => report(context, options));
}

export { reportCommand };
