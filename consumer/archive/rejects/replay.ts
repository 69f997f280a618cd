import { rmSync } from 'node:fs';
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

/** How to replay rejects. */
interface ReplayOptions extends RejectFilter, Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /** The archive's file. */
  archive: string;
  /** @default defaultLimits */
  limits?: Partial<RecordLimits> | undefined;
  /** Called after each reject that was parsed, with how many there have been. */
  onProgress?: ((rejects: number) => void) | undefined;
  /** Gives up and leaves the archive as it was; the promise is rejected with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** What a replay has done. `rejects` that were looked at either moved or stay. */
interface ReplayCounts {
  /** Rejects that were looked at. */
  rejects: number;
  /** Those of them of which at least something can be read now. */
  moved: number;
  /** Events that they became, and those of them that the archive did not have. */
  events: number;
  newEvents: number;
  /** Records that they became which are in order and no email events. */
  skipped: number;
  /** Rejects that are left: those that did not move, and what still cannot be read of those that did. */
  stay: number;
  /** Those that stay because the archive has only a part of their bytes. */
  partial: number;
}

/** Which reject moved, and what it adds to the counts of its object. */
const changeColumns = stagedColumns({
  reject_row: 'integer',
  object_number: 'integer',
  events: 'integer',
  rejects: 'integer',
});

type SkipCounts = Partial<Record<SkipReason, number>>;

/** Rejects parsed again, staged beside the archive. */
class Replay {
  readonly counts: ReplayCounts = {
    rejects: 0,
    moved: 0,
    events: 0,
    newEvents: 0,
    skipped: 0,
    stay: 0,
    partial: 0,
  };
  /** Records now skipped, by the object's number. */
  readonly skipped = new Map<bigint, SkipCounts>();
  private readonly stage: Stage;
  private readonly changes: StagedTable;

  constructor(
    folder: string,
    private readonly limits: Partial<RecordLimits> | undefined,
  ) {
    this.stage = new Stage(folder);
    this.changes = new StagedTable(folder, 'changes', changeColumns);
  }

  /** Parses a reject again. */
  add(row: ReplayRow): void {
    const { counts, stage } = this;
    counts.rejects++;
    const outcomes = replayedRecords(row, this.limits);
    if (outcomes === undefined) {
      counts.stay++;
      return;
    }
    counts.moved++;
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
    counts.stay += rejects;
    this.changes.add([String(row.reject_row), String(row.object_number), events, rejects - 1]);
  }

  /** Moves what can be read now, and corrects the ledger. */
  async commit(database: Database): Promise<void> {
    const staged = this.stage.result();
    if (this.changes.count === 0) return;
    await this.changes.load(database);
    await database.run(`
      CREATE OR REPLACE TEMP TABLE batch_objects AS
        -- What was a reject has not been pruned as an event.
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
  const skipped = JSON.parse(row?.skipped ?? '{}') as SkipCounts; // the ledger's own
  for (const [reason, count] of Object.entries(more) as [SkipReason, number][]) {
    skipped[reason] = (skipped[reason] ?? 0) + count; // Object.entries forgets the key type
  }
  await database.run('UPDATE objects SET skipped = ? WHERE object_number = ?', [
    JSON.stringify(skipped),
    number,
  ]);
}

/**
 * Counts the rejects that are kept in part, and lets the ledger forget the version of their objects: the
 * next ingest reads these again.
 */
async function askForPartial(database: Database, condition: string): Promise<number> {
  const partial = `rejects JOIN objects USING (object_number) WHERE ${isPartial} AND ${condition}`;
  await database.run(
    `UPDATE objects SET etag = NULL, fingerprint = NULL WHERE object_number IN (SELECT object_number FROM ${partial})`,
  );
  return database.count(partial);
}

/** Replays rejects in an archive that is open, in one transaction; staged rows go to `folder`. */
function replayInto(database: Database, folder: string, options: ReplayOptions): Promise<ReplayCounts> {
  const { limits, onProgress, signal } = options;
  const condition = rejectCondition(options);
  return database.transaction(async () => {
    const replay = new Replay(folder, limits);
    const { counts } = replay;
    const whole = `
      SELECT rejects.rowid AS reject_row, object_number, object, byte_offset, byte_length, record_index, envelopes,
        firehose_error, reason, raw
      FROM rejects JOIN objects USING (object_number) WHERE NOT ${isPartial} AND ${condition}`;
    for await (const rows of database.stream<ReplayRow>(whole)) {
      for (const row of rows) {
        signal?.throwIfAborted();
        replay.add(row);
        onProgress?.(counts.rejects);
      }
    }
    counts.partial = await askForPartial(database, condition);
    counts.rejects += counts.partial;
    counts.stay += counts.partial;
    await replay.commit(database);
    signal?.throwIfAborted();
    return counts;
  });
}

/**
 * Parses the archive's rejects again, as after an upgrade: what can be read now becomes an event (or one
 * more occurrence of an event that the archive has) at its own place, what cannot stays as it is, and the
 * ledger goes on adding up. All of it happens, or nothing.
 *
 * A reject of which the archive has only a part cannot be parsed; the next ingest reads its object again.
 *
 * @throws {ArchiveError} when the archive cannot be opened
 *
 * @example
 * ```ts
 * const { moved, stay } = await replayRejects({ archive: 'ses-events.duckdb' });
 * ```
 */
async function replayRejects(options: ReplayOptions): Promise<ReplayCounts> {
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
