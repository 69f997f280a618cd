import { Command, Option } from 'commander';
import { duckdb } from '../../archive/dialects/duckdb';
import { shellWord } from '../../doctor/findings/shell';
import { archiveEngine } from '../../queries/engines/duckdb-engine';
import type { QueryResult } from '../../queries/engines/engine';
import { missingName } from '../../queries/questions/missing-name';
import type { ParameterValues } from '../../queries/questions/parameters';
import { questionSql } from '../../queries/questions/question';
import { explainEmptyAnswer, withArchive } from '../answers/ask-archive';
import { explainIfEmpty } from '../answers/empty-answer';
import { type LineFormat, writeLines } from '../formats/line-format';
import { checkAnswerOptions } from '../options/answer-options';
import { type ArchiveCliOptions, addArchiveOptions } from '../options/archive-options';
import { parseCount } from '../options/option-values';
import { addQuestionOptions, findQuestion, questionValues } from '../options/question-options';
import { formatCount, formatNumber } from '../output/number-text';
import { type OutputOptions, placeText, writeOutput } from '../output/output-file';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';

/** An address to suppress, and the reason, as SES's suppression list stores it. */
interface Candidate {
  address: string;
  reason: 'BOUNCE' | 'COMPLAINT';
}

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
function importLine({ address, reason }: Candidate, format: ImportFormat): string {
  return format === 'csv' ? `${address},${reason}` : JSON.stringify({ emailAddress: address, reason });
}

/** Maximum number of addresses that SES imports from one file. */
const mostOfImport = 100_000;

interface SuppressCliOptions extends ArchiveCliOptions, ParameterValues, OutputOptions {
  minBounces: number;
  format: ImportFormat;
}

/** Counts of candidates that could not be written to the file. */
interface LeftOut {
  addresses: number;
}

/** Selects the addresses that complained or bounced often enough, and that can be written to a line. */
async function* candidates(
  { columns, rows }: QueryResult,
  minBounces: number,
  leftOut: LeftOut,
): AsyncGenerator<Candidate, void> {
  const index = (name: string) => columns.findIndex((column) => column.name === name);
  const [address, reason, bounces] = [index('address'), index('reason'), index('bounce_events')];
  for await (const batch of rows) {
    for (const row of batch) {
      const candidate: Candidate = {
        address: String(row[address]),
        reason: row[reason] === 'COMPLAINT' ? 'COMPLAINT' : 'BOUNCE',
      };
      if (candidate.reason === 'BOUNCE' && Number(row[bounces]) < minBounces) continue;
      if (isPlainAddress(candidate.address)) yield candidate;
      else leftOut.addresses++;
    }
  }
}

function lineFormat(format: ImportFormat): LineFormat<Candidate> {
  return {
    head: '',
    between: '',
    line: (candidate) => importLine(candidate, format),
    lineEnd: '\n',
    tail: '',
  };
}

function tell(context: CommandContext, count: number, leftOut: LeftOut, options: SuppressCliOptions): void {
  const strange =
    leftOut.addresses === 0
      ? ''
      : `; ${formatCount(leftOut.addresses)} left out that no line can hold: see ses-events ask suppression`;
  const { format } = options;
  const name = `suppress.${format}`;
  context.stderr.write(`${formatNumber(count, 'candidate')}${placeText(options)}${strange}\n`);
  if (count === 0) return;
  if (count > mostOfImport)
    context.stderr.write(
      `SES takes ${formatCount(mostOfImport)} of one file: split it, as with split -l ${mostOfImport}\n`,
    );
  context.stderr.write(
    'Look through it, then put it where SES may read it:\n' +
      `  aws s3 cp ${terminalText(shellWord(options.output ?? name))} s3://MY-BUCKET/${name}\n` +
      '  aws sesv2 create-import-job \\\n' +
      "    --import-destination 'SuppressionListDestination={SuppressionListImportAction=PUT}' \\\n" +
      `    --import-data-source S3Url=s3://MY-BUCKET/${name},DataFormat=${format.toUpperCase()}\n` +
      'or one by one: aws sesv2 put-suppressed-destination --email-address ADDRESS --reason BOUNCE\n',
  );
}

async function suppress(context: CommandContext, options: SuppressCliOptions): Promise<void> {
  checkAnswerOptions(options);
  const question = findQuestion('suppression');
  const { limit = 'all', ...values } = questionValues(question, options);
  const sql = questionSql(question, { ...values, limit }, duckdb);
  await withArchive(context, options, async (database) => {
    const engine = await archiveEngine(database);
    const leftOut = { addresses: 0 };
    const { columns, rows } = await engine.query(sql);
    const explain = () => explainEmptyAnswer(engine, { missingName: (query) => missingName(values, query) });
    const told = { columns, rows: await explainIfEmpty(rows, explain) };
    const found = candidates(told, options.minBounces, leftOut);
    const lines = lineFormat(options.format);
    const count = await writeOutput(context, options, (output, isTerminal) =>
      writeLines(context, found, lines, output, isTerminal),
    );
    if (count !== undefined && !context.isInterrupted) tell(context, count, leftOut, options);
  });
}

/** `ses-events suppress`: writes addresses for SES's suppression list, in the format of its import job. */
function suppressCommand(context: CommandContext): Command {
  const command = new Command('suppress')
    .summary("write whom to stop writing to, for SES's suppression list")
    .description(
      'Writes the addresses that bounced for good or complained in the form that an import job of SES takes for the ' +
        "account's suppression list. It changes nothing itself. ses-events ask suppression shows the same with the " +
        'reasons.',
    );
  addQuestionOptions(addArchiveOptions(command, context), 'all');
  return command
    .option(
      '--min-bounces <count>',
      'only those with at least so many permanent bounces, or a complaint',
      parseCount,
      1,
    )
    .addOption(
      new Option('-f, --format <format>', "the import job's DataFormat: csv, or json with one object a line")
        .choices(['csv', 'json'])
        .default('csv'),
    )
    .option('-o, --output <file>', 'where to write (default: standard output)')
    .option('--overwrite', 'replace the file if it is there')
    .addHelpText(
      'after',
      '\nIt is for a machine: cells that look like formulas stay as they ' +
        'are, so open it in no spreadsheet.\n' +
        'A configuration set, domain or tag that nothing in the archive has is an error (exit code 1).\n' +
        '\nExamples:\n' +
        '  $ ses-events suppress --since 2026-03-01 --output suppress.csv\n' +
        '  $ ses-events suppress --min-bounces 2 --format json > suppress.json\n',
    )
    .action((options: SuppressCliOptions) => suppress(context, options));
}

export { importLine, isPlainAddress, suppressCommand };
