import { resolve } from 'node:path';
import type { Database, TextParameters } from '../../archive/database/database';
import { readArchive } from '../../archive/database/read-archive';
import { archiveEngine } from '../../queries/engines/duckdb-engine';
import { type ArchiveCliOptions, archiveOptions } from '../archive-options';
import { interruption } from '../interruption';
import { makeOutputFile } from '../output-file';
import { terminalText } from '../terminal-text';
import type { AnswerCliOptions } from './answer-options';
import { type ArchiveFacts, answerLine, archiveFacts } from './archive-facts';
import type { Presentation } from './presentation';
import { type Written, writeAnswer } from './write-answer';

/** What a command asks of an archive. */
interface Asked extends Presentation {
  sql: string;
  parameters?: TextParameters;
}

/** Opens the archive of the options for reading; a query that the user stops ends quietly. */
async function withArchive(
  options: ArchiveCliOptions,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  const { archive, wait, onWait } = archiveOptions(options);
  const { signal } = interruption;
  try {
    await readArchive(archive, { wait, onWait, signal }, work);
  } catch (error) {
    if (!interruption.requested) throw error; // a query that was stopped
  }
  if (interruption.requested) process.stderr.write('stopped\n');
}

async function writeParquet(database: Database, output: string, overwrite: boolean, asked: Asked) {
  return makeOutputFile(output, { overwrite }, async (partial) => {
    const engine = await archiveEngine(database, { parquetFile: resolve(partial) });
    return { rows: await engine.writeParquet(asked.sql, asked.parameters), hasMore: false };
  });
}

/** Runs one query over the archive, writes its answer, and says what it rests on. */
async function askArchive(asked: Asked, options: ArchiveCliOptions & AnswerCliOptions): Promise<void> {
  const { format, output, overwrite = false } = options;
  await withArchive(options, async (database) => {
    const facts = await archiveFacts(database);
    let written: Written | undefined;
    if (format === 'parquet' && output !== undefined) {
      written = await writeParquet(database, output, overwrite, asked);
    } else {
      const engine = await archiveEngine(database);
      const result = await engine.query(asked.sql, asked.parameters);
      written = await writeAnswer(asked.answer(result), options);
    }
    if (written !== undefined && !interruption.requested) tell(written, facts, output, asked.more?.(written));
  });
}

function tell(written: Written, facts: ArchiveFacts, output: string | undefined, more = ''): void {
  const where = output === undefined ? '' : ` in ${terminalText(output)}`;
  process.stderr.write(`${answerLine(written, facts, where + more)}\n`);
}

export { type Asked, askArchive, withArchive };
