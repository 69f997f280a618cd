import type { ColumnType } from '../store/columns';

/** Trino's types of the columns; a column of bytes is in the DuckDB file alone. */
const trinoTypes: Readonly<Record<Exclude<ColumnType, 'bytes'>, string>> = {
  id: 'varchar',
  text: 'varchar',
  texts: 'array(varchar)',
  integer: 'bigint',
  boolean: 'boolean',
  timestamp: 'timestamp(3)',
  json: 'varchar',
};

export { trinoTypes };
