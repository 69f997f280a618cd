import type { Database } from '../../archive/store/database';
import { archiveFacts, archiveSource } from '../../queries/answers/archive-source';
import { athenaSource } from '../../queries/answers/athena-source';
import type { Basis, OpenSource } from '../../queries/answers/open-source';
import type { AnswerCliOptions } from '../options/answer-options';
import { type ArchiveCliOptions, readUnlessStopped } from '../options/archive-options';
import type { EngineCliOptions } from '../options/engine-options';
import type { CommandContext } from '../process/context';
import { withAthena } from './with-athena';

/** Options of every command that writes an answer of an archive, or of Athena. */
interface SourceCliOptions extends ArchiveCliOptions, EngineCliOptions, AnswerCliOptions {}

/**
 * Opens the archive of the options for reading. A query that the user interrupts ends with a notice, not an
 * error.
 */
async function withArchive(
  context: CommandContext,
  options: ArchiveCliOptions,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  await readUnlessStopped(context, options, work);
  if (context.isInterrupted) context.stderr.write('stopped\n');
}

/**
 * Opens the source of the options, asks it, and writes the result.
 *
 * @param ask receives the source, and the data that it is based on, as far as it is known before the answer
 * @param write receives the result, and the data that it is based on
 * @throws {UsageError} when the options do not name the workgroup and the database of Athena
 * @throws {QueryError} when the engine fails
 * @throws {ArchiveError} when the archive cannot be opened
 */
async function withSource<Result>(
  context: CommandContext,
  options: SourceCliOptions,
  ask: (source: OpenSource, basis: Basis) => Promise<Result>,
  write: (result: Result, basis: Basis) => Promise<void>,
): Promise<void> {
  if (options.engine !== 'athena')
    return withArchive(context, options, async (database) => {
      const facts = await archiveFacts(database);
      const result = await ask(archiveSource(database), { facts });
      if (!context.isInterrupted) await write(result, { facts });
    });
  await withAthena(
    context,
    options,
    async (engine) => {
      const source = athenaSource(engine, { withHint: true });
      return { result: await ask(source, source.basis), basis: source.basis };
    },
    ({ result, basis }) => write(result, basis),
  );
}

export { type SourceCliOptions, withArchive, withSource };
