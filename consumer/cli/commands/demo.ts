import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { openDatabase } from '../../archive/file/open';
import { ingest } from '../../archive/ingest/ingest';
import { archiveFacts, archiveSource } from '../../queries/answers/archive-source';
import type { ArchiveFacts, OpenSource } from '../../queries/answers/open-source';
import { questionRequest } from '../../queries/answers/request';
import type { Question } from '../../queries/questions/question';
import type * as Report from '../../report/report';
import { answerLine } from '../answers/answer-line';
import { writeAnswer } from '../answers/write-answer';
import { addHelpEnd } from '../options/help-text';
import { findQuestion, questionScope } from '../options/question-options';
import { tableWidth } from '../output/table-width';
import type { CommandContext } from '../process/context';
import { OutputError } from '../process/exit-code';
import { packageRoot } from '../process/package-root';
import { archiveSummary } from '../reading/archive-summary';
import { summaryTables } from '../reading/summary-table';
import { ingestLine } from '../reports/closing-line';

/** Questions of the demonstration. */
const asked = ['health', 'statuses', 'machines'];

/** Answers a question as `ses-events ask` does. */
async function answer(
  context: CommandContext,
  source: OpenSource,
  facts: ArchiveFacts,
  question: Question,
): Promise<void> {
  const { rows } = await source.answer(questionRequest(question, {}));
  context.stdout.write(`\n$ ses-events ask ${question.name}\n`);
  const head = [question.title, questionScope(question, {}), ''];
  const written = await writeAnswer(context, { head, columns: question.columns, rows }, { format: 'table' });
  if (written !== undefined) context.stdout.write(`${answerLine(written, { facts })}\n`);
}

/** Writes the report of an archive to a file. */
async function writeReport(source: OpenSource, facts: ArchiveFacts, file: string): Promise<void> {
  // Loaded on first use, because its libraries take longer to load than the other commands.
  const { reportFile } = require('../../report/report') as typeof Report; // the module exports match its types
  await writeFile(file, reportFile(source, { facts }, {}, new Date()), { mode: 0o600 });
}

/** Ingests objects into a separate archive, answers questions from it, and writes its report. */
async function demonstrate(
  context: CommandContext,
  objects: string,
  { archive, report }: { archive: string; report: string },
): Promise<void> {
  const started = Date.now();
  const counts = await ingest(objects, { archive });
  context.stderr.write(`${ingestLine(counts, (Date.now() - started) / 1000)}\n`);
  const database = await openDatabase(archive, { readOnly: true });
  try {
    const { summary, skipped } = await archiveSummary(database);
    context.stdout.write(summaryTables(summary, skipped, { width: tableWidth(context) }));
    const facts = await archiveFacts(database);
    const source = archiveSource(database);
    for (const name of asked) await answer(context, source, facts, findQuestion(name));
    await writeReport(source, facts, report);
  } finally {
    database.close();
  }
}

/** @throws {OutputError} when the folder for temporary files is missing or not writable */
function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'ses-events-demo-'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
    throw new OutputError(`cannot create a folder in ${tmpdir()}: ${code}; set TMPDIR to a writable folder`);
  }
}

async function demo(context: CommandContext): Promise<void> {
  const objects = relative('.', join(packageRoot(), 'examples', 'sample-archive'));
  context.stdout.write(
    `Ingesting the bundled sample, ${objects}, into a DuckDB archive. Its objects have the format of Firehose.\n\n`,
  );
  const folder = makeFolder();
  const archive = join(folder, 'archive');
  const report = join(folder, 'report.html');
  try {
    mkdirSync(archive);
    await demonstrate(context, objects, { archive: join(archive, 'demo.duckdb'), report });
  } finally {
    rmSync(existsSync(report) ? archive : folder, { recursive: true, force: true });
  }
  context.stdout.write(`\nA report with charts is in ${report}\nOpen it in a browser.\n`);
  context.stdout.write(
    '\nThe broken records are intentional. Next:\n' +
      `  ses-events ingest ${objects}\n      creates the archive ses-events.duckdb; ses-events questions lists the questions\n` +
      `  ses-events read ${objects} --kind Bounce\n      prints events: a summary on a terminal, NDJSON in a pipe\n` +
      '  ses-events ingest s3://my-bucket/events/ s3://my-bucket/errors/\n      archives your own events\n',
  );
}

/** `ses-events demo`: demonstrates the package with the bundled sample archive. */
function demoCommand(context: CommandContext): Command {
  const command = new Command('demo').description('Archive and query the bundled sample');
  return addHelpEnd(command, {
    notes: [
      'The archive is temporary. The report remains in the folder for temporary files. An AWS account is not required.',
    ],
    examples: ['demo'],
  }).action(() => demo(context));
}

export { demoCommand };
