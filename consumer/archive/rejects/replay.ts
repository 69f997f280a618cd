import { rmSync } from 'node:fs';
import {
  type Check,
  checkAmount,
  checkArchive,
  checkBoolean,
  checkFunction,
  checkObject,
  checkOptions,
  checkSignal,
  checkText,
} from '../../records/check-options';
import type { RecordLimits } from '../../records/limits';
import type { SkipReason } from '../../records/outcome';
import type { OpenArchiveOptions } from '../file/open';
import { withWritableArchive } from '../file/writable-archive';
import { insertEvents, insertRejects } from '../ingest/commit-batch';
import { Stage } from '../staging/stage';
import { stagedColumns } from '../staging/staged-columns';
import { StagedTable } from '../staging/staged-rows';
import type { Database } from '../store/database';
import { makeStagingFolder } from '../store/folders';
import { type RejectFilter, rejectCondition } from './list';
import { isPartial, type ReplayRow, replayedRecords } from './replayed-records';

/** The archive, and the rejects to parse again. */
interface ReplayOptions extends RejectFilter, Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /** The archive's file. */
  archive: string;
  /**
   * Limits for one record.
   * @default 4 MiB, 512 levels, 64 KiB
   */
  limits?: Partial<RecordLimits> | undefined;
  /**
   * Whether to store the links of recovered clicks without their query and fragment, and the remaining parts of
   * recovered rejects without their bytes.
   * @default false
   */
  maskLinks?: boolean | undefined;
  /** Called after each parsed reject, with their number. */
  onProgress?: ((rejects: number) => void) | undefined;
  /** Cancels the replay: the archive remains unchanged, and the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

const replayChecks: Readonly<Record<keyof ReplayOptions, Check>> = {
  archive: checkArchive,
  reason: checkText,
  object: checkText,
  limits: checkObject,
  maskLinks: checkBoolean,
  onProgress: checkFunction,
  signal: checkSignal,
  wait: checkAmount,
  onWait: checkFunction,
};

/** The counts of a replay. Each examined reject is either recovered or still rejected. */
interface ReplayCounts {
  /** Examined rejects. */
  rejects: number;
  /** Rejects of which at least a part can be read now. */
  recovered: number;
  /** Events that were read from the recovered rejects. */
  events: number;
  /** Those of `events` that were not in the archive before. */
  newEvents: number;
  /** Records that were read from the recovered rejects and skipped, because they are not email events. */
  skipped: number;
  /** Remaining rejects: those that were not recovered, and parts of recovered ones that still cannot be read. */
  stillRejected: number;
  /** Remaining rejects of which the archive has only a part of the bytes. */
  partial: number;
}

/** The recovered rejects, with their additions to the counts of their objects. */
const changeColumns = stagedColumns({
  reject_row: 'integer',
  object_number: 'integer',
  events: 'integer',
  rejects: 'integer',
});

type SkipCounts = Partial<Record<SkipReason, number>>;

/** Parses rejects again, and stages the results beside the archive. */
class Replay {
  readonly counts: ReplayCounts = {
    rejects: 0,
    recovered: 0,
    events: 0,
    newEvents: 0,
    skipped: 0,
    stillRejected: 0,
    partial: 0,
  };
  /** Records that are skipped now, by the object's number. */
  readonly skipped = new Map<bigint, SkipCounts>();
  private readonly limits: Partial<RecordLimits> | undefined;
  private readonly stage: Stage;
  private readonly changes: StagedTable;

  constructor(folder: string, { limits, maskLinks }: Pick<ReplayOptions, 'limits' | 'maskLinks'>) {
    this.limits = limits;
    this.stage = new Stage(folder, maskLinks);
    this.changes = new StagedTable(folder, 'changes', changeColumns);
  }

  /** Parses a reject again. */
  add(row: ReplayRow): void {
    const { counts, stage } = this;
    counts.rejects++;
    const outcomes = replayedRecords(row, this.limits);
    if (outcomes === undefined) {
      counts.stillRejected++;
      return;
    }
    counts.recovered++;
    stage.stagedObject = Number(row.object_number);
    let events = 0;
    let rejects = 0;
    for (const outcome of outcomes) {
      if (outcome.outcome === 'event') {
        events++;
        stage.event(outcome);
      } else if (outcome.outcome === 'reject') {
        rejects++;
        stage.reject(outcome);
      } else {
        counts.skipped++;
        const skipped = this.skipped.get(row.object_number) ?? {};
        skipped[outcome.reason] = (skipped[outcome.reason] ?? 0) + 1;
        this.skipped.set(row.object_number, skipped);
      }
    }
    counts.events += events;
    counts.stillRejected += rejects;
    this.changes.add([String(row.reject_row), String(row.object_number), events, rejects - 1]);
  }

  /** Moves the readable records, and corrects the ledger. */
  async commit(database: Database): Promise<void> {
    const staged = this.stage.result();
    if (this.changes.count === 0) return;
    await this.changes.load(database);
    await database.run(`
      CREATE OR REPLACE TEMP TABLE batch_objects AS
        -- A reject was never pruned as an event.
        SELECT DISTINCT object_number AS staged_object, object_number, NULL::TIMESTAMP AS pruned_before FROM changes;
      DELETE FROM rejects WHERE rowid IN (SELECT reject_row FROM changes);`);
    this.counts.newEvents = (await insertEvents(database, { stages: [staged] })).newEvents;
    await insertRejects(database, { stages: [staged] });
    for (const [number, skipped] of this.skipped) await addSkipped(database, number, skipped);
    await database.run(`
      UPDATE objects SET events = objects.events + change.events, rejects = objects.rejects + change.rejects
      FROM (
        SELECT object_number, sum(events)::BIGINT AS events, sum(rejects)::BIGINT AS rejects
        FROM changes GROUP BY object_number
      ) change
      WHERE objects.object_number = change.object_number`);
  }
}

async function addSkipped(database: Database, number: bigint, more: SkipCounts): Promise<void> {
  const [row] = await database.rows<{ skipped: string }>(
    'SELECT skipped FROM objects WHERE object_number = ?',
    [number],
  );
  const skipped = JSON.parse(row?.skipped ?? '{}') as SkipCounts; // written by the archive
  for (const [reason, count] of Object.entries(more) as [SkipReason, number][]) {
    skipped[reason] = (skipped[reason] ?? 0) + count; // Object.entries loses the key type
  }
  await database.run('UPDATE objects SET skipped = ? WHERE object_number = ?', [
    JSON.stringify(skipped),
    number,
  ]);
}

/**
 * Counts the rejects that are stored in part, and deletes the version of their objects from the ledger. The next ingest
 * reads these objects again.
 */
async function requestPartial(database: Database, condition: string): Promise<number> {
  const partial = `rejects JOIN objects USING (object_number) WHERE ${isPartial} AND ${condition}`;
  await database.run(
    `UPDATE objects SET etag = NULL, fingerprint = NULL WHERE object_number IN (SELECT object_number FROM ${partial})`,
  );
  return database.count(partial);
}

/** Replays rejects in an open archive, in one transaction. Staged rows go to `folder`. */
function replayInto(database: Database, folder: string, options: ReplayOptions): Promise<ReplayCounts> {
  const { onProgress, signal } = options;
  const condition = rejectCondition(options);
  return database.transaction(async () => {
    const replay = new Replay(folder, options);
    const { counts } = replay;
    const complete = `
      SELECT rejects.rowid AS reject_row, object_number, object, byte_offset, byte_length, record_index, envelopes,
        firehose_error, reason, raw
      FROM rejects JOIN objects USING (object_number) WHERE NOT ${isPartial} AND ${condition}`;
    for await (const rows of database.stream<ReplayRow>(complete)) {
      for (const row of rows) {
        signal?.throwIfAborted();
        replay.add(row);
        onProgress?.(counts.rejects);
      }
    }
    counts.partial = await requestPartial(database, condition);
    counts.rejects += counts.partial;
    counts.stillRejected += counts.partial;
    await replay.commit(database);
    signal?.throwIfAborted();
    return counts;
  });
}

/**
 * Parses the archive's rejects again, usually after an upgrade. A readable record becomes an event, or another
 * occurrence of an event in the archive, at its own place. Other rejects remain unchanged, and the counts of the ledger
 * still add up. Everything happens in one transaction.
 *
 * A reject of which the archive has only a part cannot be parsed. The next ingest reads its object again.
 *
 * @throws {TypeError} for an option of another type or an unknown option
 * @throws {ArchiveError} when the archive cannot be opened
 *
 * @example
 * ```ts
 * const { recovered } = await replayRejects({ archive: 'ses-events.duckdb' });
 * ```
 */
async function replayRejects(options: ReplayOptions): Promise<ReplayCounts> {
  checkOptions(options, replayChecks);
  checkArchive('archive', options.archive);
  return withWritableArchive(options, async (database) => {
    const folder = makeStagingFolder(options.archive);
    try {
      return await replayInto(database, folder, options);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

export { type ReplayCounts, type ReplayOptions, replayRejects };
