import type { Database } from '../../archive/store/database';
import { type ArchiveEngine, archiveEngine } from '../engines/duckdb-engine';
import type { QueryResult } from '../engines/engine';
import { withEnoughMemory } from '../engines/enough-memory';
import type { Request } from './request';
import { SentEmails, type SentRange } from './sent-emails';

/**
 * Bytes of the engine's memory for many questions in turn. It is enough for each of them over ten million events, and the
 * process then remains below 700 MiB.
 */
const usualBytes = 340_000_000;

async function* once<Batch>(batches: readonly Batch[]): AsyncGenerator<Batch, void> {
  yield* batches;
}

/**
 * Answers many questions from one archive in turn, as for a report. The engine has little memory, unless a question
 * requires more, and groups the emails and messages of the range once. The rows of each answer are in memory.
 */
class BoundedAnswers {
  private sent: SentEmails | undefined;

  private constructor(
    private readonly database: Database,
    readonly engine: ArchiveEngine,
  ) {}

  /**
   * @param range of the messages to group; without one, only the memory is bounded
   * @param memory bytes of the engine's memory, as long as that is enough
   * @throws {QueryError} when the engine fails
   */
  static async open(database: Database, range?: SentRange, memory = usualBytes): Promise<BoundedAnswers> {
    // The settings are not locked, because a question can require more memory. No query of a user runs here.
    const engine = await archiveEngine(database, { memory, isLocked: false });
    const answers = new BoundedAnswers(database, engine);
    if (range !== undefined) answers.sent = new SentEmails(database, range);
    return answers;
  }

  /** @throws {QueryError} when the engine fails */
  answer({ archive, time, values = {} }: Request): Promise<QueryResult> {
    const { sql, parameters } = archive();
    return withEnoughMemory(this.database, async () => {
      const query = (time === 'sent' ? await this.sent?.question(sql, values) : undefined) ?? sql;
      const { columns, rows } = await this.engine.query(query, parameters);
      const batches = [];
      for await (const batch of rows) batches.push(batch);
      return { columns, rows: once(batches) };
    });
  }
}

export { BoundedAnswers };
