import { Command, Option } from 'commander';
import { shellWord } from '../../doctor/findings/shell';
import { pageAddress } from '../../pages/page-address';
import { archiveSource } from '../../queries/answers/archive-source';
import { questionRequest } from '../../queries/answers/request';
import { type Suppression, suppressions } from '../../queries/answers/suppress';
import type { ParameterValues } from '../../queries/questions/parameters';
import { dryRunText } from '../answers/dry-run';
import { withArchive } from '../answers/with-source';
import { type LineFormat, writeLines } from '../formats/line-format';
import { addOutputOptions, checkAnswerOptions } from '../options/answer-options';
import { type ArchiveCliOptions, addArchiveOptions } from '../options/archive-options';
import { dryRunOption } from '../options/engine-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { parseCount } from '../options/option-values';
import { addQuestionOptions, findQuestion, questionValues } from '../options/question-options';
import { formatCount } from '../output/number-text';
import { type OutputOptions, placeText, writeOutput } from '../output/output-file';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';

/** Formats of SES's import job. */
type ImportFormat = 'csv' | 'json';

/**
 * Whether an address can be written to a line unchanged. This format has no quotes, so addresses that need
 * quotes and invalid addresses cannot be written.
 */
function isPlainAddress(address: string): boolean {
  return /^[^\s",;<>\p{Cc}]+@[^\s",;<>@\p{Cc}]+$/u.test(address);
}

/**
 * Formats a line of a file for SES's import job, without its end: `ana@example.com,BOUNCE`, or one JSON
 * object per line. There is no header, and no apostrophe before `+ana@example.com`, because a program reads
 * it.
 *
 * The first page shows both formats, and the limit of 100,000 addresses per file. The API's reference only
 * lists `CSV` and `JSON`.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateImportJob.html
 */
function importLine(
  { address, reason }: Pick<Suppression, 'address' | 'reason'>,
  format: ImportFormat,
): string {
  return format === 'csv' ? `${address},${reason}` : JSON.stringify({ emailAddress: address, reason });
}

/** Maximum number of addresses that SES imports from one file. */
const importLimit = 100_000;

interface SuppressCliOptions extends ArchiveCliOptions, ParameterValues, OutputOptions {
  minBounces: number;
  format: ImportFormat;
  dryRun?: boolean;
}

/** Selects the addresses that can be written to a line, and counts the others. */
async function* writable(
  found: AsyncIterable<Suppression>,
  skipped: { addresses: number },
): AsyncGenerator<Suppression, void> {
  for await (const suppression of found) {
    if (isPlainAddress(suppression.address)) yield suppression;
    else skipped.addresses++;
  }
}

function lineFormat(format: ImportFormat): LineFormat<Suppression> {
  return {
    head: '',
    between: '',
    line: (suppression) => importLine(suppression, format),
    lineEnd: '\n',
    tail: '',
  };
}

/** Reports the number of addresses on standard error, and the commands that import them. */
function report(
  context: CommandContext,
  count: number,
  { addresses }: { addresses: number },
  options: SuppressCliOptions,
): void {
  const skipped =
    addresses === 0
      ? ''
      : `; ${formatCount(addresses)} skipped, because the format cannot contain them: see ses-events ask suppression`;
  const { format } = options;
  const name = `suppress.${format}`;
  context.stderr.write(
    `${formatCount(count)} ${count === 1 ? 'address' : 'addresses'}${placeText(options)}${skipped}\n`,
  );
  if (count === 0) return;
  if (count > importLimit)
    context.stderr.write(
      `SES imports ${formatCount(importLimit)} addresses per file: split it, such as with split -l ${importLimit}\n`,
    );
  context.stderr.write(
    'Review the file, then import it from a bucket that SES can read:\n' +
      `  aws s3 cp ${terminalText(shellWord(options.output ?? name))} s3://MY-BUCKET/${name}\n` +
      '  aws sesv2 create-import-job \\\n' +
      "    --import-destination 'SuppressionListDestination={SuppressionListImportAction=PUT}' \\\n" +
      `    --import-data-source S3Url=s3://MY-BUCKET/${name},DataFormat=${format.toUpperCase()}\n` +
      'To suppress one address: aws sesv2 put-suppressed-destination --email-address ADDRESS --reason BOUNCE\n',
  );
}

async function suppress(context: CommandContext, options: SuppressCliOptions): Promise<void> {
  checkAnswerOptions(options);
  const question = findQuestion('suppression');
  const { limit = 'all', ...values } = questionValues(question, options);
  const request = questionRequest(question, { ...values, limit });
  if (options.dryRun === true) return void context.stdout.write(dryRunText(request));
  await withArchive(context, options, async (database) => {
    const skipped = { addresses: 0 };
    const answer = await archiveSource(database).answer(request);
    const found = writable(suppressions(answer, options.minBounces), skipped);
    const lines = lineFormat(options.format);
    const count = await writeOutput(context, options, (output, isTerminal) =>
      writeLines(context, found, lines, output, isTerminal),
    );
    if (count !== undefined && !context.isInterrupted) report(context, count, skipped, options);
  });
}

/** `ses-events suppress`: writes addresses for SES's suppression list, in the format of its import job. */
function suppressCommand(context: CommandContext): Command {
  const command = new Command('suppress').description('Write addresses for the SES suppression list');
  addArchiveOptions(command, context).option(...dryRunOption);
  addQuestionOptions(command, 'all');
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
        new Option('-f, --format <format>', 'data format of the import job; json is one object per line')
          .choices(['csv', 'json'])
          .default('csv'),
      ),
    ),
  );
  return addHelpEnd(command, {
    notes: [
      'Writes addresses with hard bounces or complaints, in the format of an SES import job. It does not change ' +
        'the suppression list. ses-events ask suppression also shows the number of bounces and an example.',
      'Do not open the file in a spreadsheet: it would run an address such as +ana@example.com as a formula.',
      'A configuration set, domain or tag that does not occur in the archive is an error (exit code 1).',
      `See ${pageAddress('asking')}`,
    ],
    examples: [
      'suppress --since 2026-03-01 --output suppress.csv',
      'suppress --min-bounces 2 --format json > suppress.json',
    ],
  }).action((options: SuppressCliOptions) => suppress(context, options));
}

export { importLine, isPlainAddress, suppressCommand };
