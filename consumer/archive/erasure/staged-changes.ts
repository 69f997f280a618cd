import { RowFile } from '../staging/row-file';
import { type StagedColumn, stagedEvents } from '../staging/staged-columns';
import { loadRows } from '../staging/staged-rows';
import type { Database } from '../store/database';

/** Rows that are to take the place of others, in a file until all are known. */
class StagedChanges {
  private readonly file: RowFile;
  count = 0;

  constructor(
    folder: string,
    readonly table: string,
    private readonly columns: readonly StagedColumn[],
  ) {
    this.file = new RowFile(folder, table);
  }

  add(cells: readonly (string | number | undefined)[]): void {
    this.count++;
    this.file.write(cells);
  }

  /** Reads the rows into a temporary table of the same name. */
  async load(database: Database): Promise<void> {
    await loadRows(database, this.table, this.columns, this.file.close());
  }
}

const row: StagedColumn = { name: 'row', readAs: 'BIGINT', expression: '"row"' };
const text = (name: string): StagedColumn => ({ name, readAs: 'VARCHAR', expression: `"${name}"` });

/** What became of events: their ids and `changed`, `removed`, `rejected` or `known` (changed by an earlier run). */
const eventFates: readonly StagedColumn[] = [
  { name: 'event_id', readAs: 'UUID', expression: 'event_id' },
  text('fate'),
];

/** Events that become rejects, wherever they were found. */
const rejectedEvents: readonly StagedColumn[] = [
  { name: 'event_id', readAs: 'UUID', expression: 'event_id' },
  text('reason'),
  text('message'),
  { name: 'raw', readAs: 'VARCHAR', expression: 'from_base64(raw)' },
];

const changedOccurrences: readonly StagedColumn[] = [row, text('firehose_error')];

const changedRejects: readonly StagedColumn[] = [
  row,
  text('firehose_error'),
  text('message'),
  text('issues'),
  { name: 'raw', readAs: 'VARCHAR', expression: 'from_base64(raw)' },
];

export { changedOccurrences, changedRejects, eventFates, rejectedEvents, StagedChanges, stagedEvents };
