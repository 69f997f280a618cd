import { listSeparator } from '../rows/cell';
import {
  type Column,
  type ColumnType,
  fieldColumns,
  identityColumns,
  remainderColumns,
} from '../store/columns';
import { place, sqlTypes } from '../store/schema';

/** A column of staged rows: the type for reading its text, and the expression for the table. */
interface StagedColumn {
  name: string;
  readAs: string;
  expression: string;
}

function stagedColumn({ name, type }: Pick<Column, 'name' | 'type'>): StagedColumn {
  const quoted = `"${name}"`;
  if (type === 'texts') {
    const separator = listSeparator.charCodeAt(0);
    return { name, readAs: 'VARCHAR', expression: `string_split(${quoted}, chr(${separator}))` };
  }
  if (type === 'bytes') return { name, readAs: 'VARCHAR', expression: `from_base64(${quoted})` };
  return { name, readAs: sqlTypes[type], expression: quoted };
}

/** Returns columns of these names and types. */
function stagedColumns(types: Readonly<Record<string, ColumnType>>): StagedColumn[] {
  return Object.entries(types).map(([name, type]) => stagedColumn({ name, type }));
}

/** The object of a row in its batch, and its event in the object. These columns connect the files of an object. */
const key = stagedColumns({ staged_object: 'integer', ordinal: 'integer' });

const stagedEvents: readonly StagedColumn[] = [
  ...key,
  ...[...identityColumns, ...fieldColumns, ...remainderColumns].map(stagedColumn),
];

const stagedOccurrences: readonly StagedColumn[] = [
  ...key,
  ...stagedColumns({ event_id: 'id', event_time: 'timestamp' }),
  ...place.map(stagedColumn),
];

const stagedRejects: readonly StagedColumn[] = [
  ...key,
  ...place.map(stagedColumn),
  ...stagedColumns({ reason: 'text', message: 'text', issues: 'json', raw: 'bytes' }),
];

export { type StagedColumn, stagedColumns, stagedEvents, stagedOccurrences, stagedRejects };
