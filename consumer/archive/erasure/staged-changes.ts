import type { Database } from '../database/database';
import { sqlFiles } from '../database/database';
import { RowFile } from '../staging/row-file';
import { readOptions, rowText } from '../staging/row-text';
import { type StagedColumn, stagedEvents } from '../staging/staged-columns';

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
    this.file.write(rowText(cells));
  }

  /** Reads the rows into a temporary table of the same name. */
  async load(database: Database): Promise<void> {
    this.file.close();
    const { path, longestRow, isEmpty } = this.file;
    await loadRows(database, this.table, this.columns, isEmpty ? undefined : { path, longestRow });
  }
}

/** Reads a file of staged rows into a temporary table; without a file the table is empty. */
async function loadRows(
  database: Database,
  table: string,
  columns: readonly StagedColumn[],
  file: { path: string; longestRow: number } | undefined,
): Promise<void> {
  const types = columns.map(({ name, readAs }) => `"${name}": '${readAs}'`).join(', ');
  const list = columns.map(({ name, expression }) => `${expression} AS "${name}"`).join(', ');
  const from =
    file === undefined
      ? `(SELECT ${columns.map(({ name, readAs }) => `NULL::${readAs} AS "${name}"`).join(', ')} WHERE false)`
      : `read_csv(${sqlFiles([file.path])}, ${readOptions(file.longestRow)}, columns = {${types}})`;
  await database.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT ${list} FROM ${from}`);
}

const row: StagedColumn = { name: 'row', readAs: 'BIGINT', expression: '"row"' };
const text = (name: string): StagedColumn => ({ name, readAs: 'VARCHAR', expression: `"${name}"` });

/** What became of events: their ids and `changed`, `removed` or `known` (changed by an earlier run). */
const eventFates: readonly StagedColumn[] = [
  { name: 'event_id', readAs: 'UUID', expression: 'event_id' },
  text('fate'),
];

const changedOccurrences: readonly StagedColumn[] = [row, text('firehose_error')];

const changedRejects: readonly StagedColumn[] = [
  row,
  text('firehose_error'),
  text('message'),
  text('issues'),
  { name: 'raw', readAs: 'VARCHAR', expression: 'from_base64(raw)' },
];

export { changedOccurrences, changedRejects, eventFates, loadRows, StagedChanges, stagedEvents };
