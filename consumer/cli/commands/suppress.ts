import { Command, Option } from 'commander';
import { pageAddress } from '../../pages/page-address';
import { archiveSource } from '../../queries/answers/archive-source';
import { questionRequest } from '../../queries/answers/request';
import { type Suppression, suppressions } from '../../queries/answers/suppress';
import type { ParameterValues } from '../../queries/questions/parameters';
import { formatCount } from '../../texts/number-text';
import { shellWord } from '../../texts/shell-word';
import { terminalText } from '../../texts/terminal-text';
import { dryRunText } from '../answers/dry-run';
import { withArchive } from '../answers/with-source';
import { writeLines } from '../formats/line-format';
import { listTable } from '../formats/list-table';
import { type ImportFormat, importFormat, isPlainAddress, reviewTable } from '../formats/suppression-formats';
import { addOutputOptions, checkAnswerOptions } from '../options/answer-options';
import { type ArchiveCliOptions, addArchiveOptions } from '../options/archive-options';
import { dryRunOption } from '../options/engine-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { parseCount } from '../options/option-values';
import { addQuestionOptions, findQuestion, questionValues } from '../options/question-options';
import type { Output } from '../output/output';
import { type OutputOptions, placeText, writeOutput } from '../output/output-file';
import { tableWidth } from '../output/table-width';
import type { CommandContext } from '../process/context';

/** Maximum number of addresses that SES imports from one file. */
const importLimit = 100_000;

/** Rows of a table without `--limit`. */
const tableLimit = 100;

interface SuppressCliOptions extends ArchiveCliOptions, ParameterValues, OutputOptions {
  minBounces: number;
  format?: 'table' | ImportFormat;
  dryRun?: boolean;
}

/** Counts of addresses that could not be written to the file. */
interface Skipped {
  addresses: number;
}

/** Selects the addresses that an import file can contain, and counts the others. */
async function* writable(
  found: AsyncIterable<Suppression>,
  skipped: Skipped,
): AsyncGenerator<Suppression, void> {
  for await (const suppression of found) {
    if (isPlainAddress(suppression.address)) yield suppression;
    else skipped.addresses++;
  }
}

/**
 * Writes addresses as a table of the first ones, 100 without `--limit`.
 * @returns the number of addresses
 */
async function writeTable(
  context: CommandContext,
  found: AsyncIterable<Suppression>,
  { limit, timezone }: Pick<SuppressCliOptions, 'limit' | 'timezone'>,
  output: Output,
  isTerminal: boolean,
): Promise<number> {
  const shown: Suppression[] = [];
  let count = 0;
  for await (const suppression of found) {
    if (context.isInterrupted) break;
    count++;
    if (limit !== undefined || count <= tableLimit) shown.push(suppression);
  }
  void output.write(listTable(reviewTable(timezone), shown, tableWidth(context, isTerminal))); // flushed next
  await context.untilInterrupted(output.flush());
  return count;
}

/** Reports the commands that import a file. */
function reportImport(context: CommandContext, count: number, format: ImportFormat, output?: string): void {
  const name = `suppress.${format}`;
  if (count > importLimit)
    context.stderr.write(
      `SES imports ${formatCount(importLimit)} addresses per file: split it, such as with split -l ${importLimit}\n`,
    );
  context.stderr.write(
    'Review the file, then import it from a bucket that SES can read:\n' +
      `  aws s3 cp ${terminalText(shellWord(output ?? name))} s3://MY-BUCKET/${name}\n` +
      '  aws sesv2 create-import-job \\\n' +
      "    --import-destination 'SuppressionListDestination={SuppressionListImportAction=PUT}' \\\n" +
      `    --import-data-source S3Url=s3://MY-BUCKET/${name},DataFormat=${format.toUpperCase()}\n` +
      'To suppress one address: aws sesv2 put-suppressed-destination --email-address ADDRESS --reason BOUNCE\n',
  );
}

/** Reports the number of addresses on standard error, and how to import them. */
function report(
  context: CommandContext,
  count: number,
  { addresses }: Skipped,
  options: SuppressCliOptions,
  format: 'table' | ImportFormat,
): void {
  const skipped =
    addresses === 0
      ? ''
      : `; ${formatCount(addresses)} skipped, because the format cannot contain them: see ses-events ask suppression`;
  const isCut = format === 'table' && options.limit === undefined && count > tableLimit;
  const shown = isCut ? `; showing the first ${tableLimit}` : '';
  context.stderr.write(
    `${formatCount(count)} ${count === 1 ? 'address' : 'addresses'}${placeText(options)}${shown}${skipped}\n`,
  );
  if (count === 0) return;
  if (format === 'table')
    context.stderr.write('To write the file for SES, add --format csv --output suppress.csv\n');
  else reportImport(context, count, format, options.output);
}

/** Returns the format of the output: `--format`, or by default a table on a terminal and CSV elsewhere. */
function usualFormat(
  { stdout }: CommandContext,
  { format, output }: SuppressCliOptions,
): 'table' | ImportFormat {
  return format ?? (output === undefined && stdout.isTTY === true ? 'table' : 'csv');
}

async function suppress(context: CommandContext, options: SuppressCliOptions): Promise<void> {
  const { format: _, ...outputOptions } = options;
  checkAnswerOptions(outputOptions);
  const format = usualFormat(context, options);
  const question = findQuestion('suppression');
  const { limit = 'all', ...values } = questionValues(question, options);
  const request = questionRequest(question, { ...values, limit: 'all' });
  if (options.dryRun === true) return void context.stdout.write(dryRunText(request));
  await withArchive(context, options, async (database) => {
    const skipped = { addresses: 0 };
    const answer = await archiveSource(database).answer(request);
    const found = writable(suppressions(answer, { minBounces: options.minBounces, limit }), skipped);
    const count = await writeOutput(context, options, (to, isTerminal) =>
      format === 'table'
        ? writeTable(context, found, options, to, isTerminal)
        : writeLines(context, found, importFormat(format), to, isTerminal),
    );
    if (count !== undefined && !context.isInterrupted) report(context, count, skipped, options, format);
  });
}

/** `ses-events suppress`: writes addresses for SES's suppression list, in the format of its import job. */
function suppressCommand(context: CommandContext): Command {
  const command = new Command('suppress').description('Write addresses for the SES suppression list');
  addArchiveOptions(command, context).option(...dryRunOption);
  addQuestionOptions(command, `${tableLimit} in a table, otherwise all`, 'days in a table');
  addOptionGroup(command, 'filter', (filter) =>
    filter.option(
      '--min-bounces <count>',
      'only addresses with at least this number of hard bounces, or a complaint',
      parseCount,
      1,
    ),
  );
  addOptionGroup(command, 'output', (output) =>
    addOutputOptions(
      output.addOption(
        new Option(
          '-f, --format <format>',
          'output format; csv and json are for the import job, json is one object per line ' +
            '(default: table on a terminal, otherwise csv)',
        ).choices(['table', 'csv', 'json']),
      ),
    ),
  );
  return addHelpEnd(command, {
    notes: [
      'Writes addresses with hard bounces or complaints, in the format of an SES import job. A table also shows ' +
        'the number of hard bounces, the day of the newest event, and the diagnostic code of a bounce. The ' +
        'suppression list does not change.',
      'The output contains personal data. Do not open the file in a spreadsheet: it would run an address such as ' +
        '+ana@example.com as a formula.',
      'A configuration set, domain, tag, tenant, region or account that does not occur in the archive is an error (exit code 1).',
      `See ${pageAddress('suppression-list')}`,
    ],
    examples: [
      'suppress',
      'suppress --since 2026-03-01 --output suppress.csv',
      'suppress --min-bounces 2 --format json > suppress.json',
    ],
  }).action((options: SuppressCliOptions) => suppress(context, options));
}

export { suppressCommand };
