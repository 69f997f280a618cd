import { listSeparator } from '../rows/cell';
import { type Column, fieldColumns, identityColumns, remainderColumns } from '../store/columns';
import { place, sqlTypes } from '../store/schema';

/** A column of staged rows: the type that its text is read as, and the expression that the table gets. */
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

/** Which object of a batch a row is of, and which of its events: what ties the files of an object together. */
const key: readonly StagedColumn[] = [
  { name: 'staged_object', readAs: 'BIGINT', expression: 'staged_object' },
  { name: 'ordinal', readAs: 'BIGINT', expression: 'ordinal' },
];

const stagedEvents: readonly StagedColumn[] = [
  ...key,
  ...[...identityColumns, ...fieldColumns, ...remainderColumns].map(stagedColumn),
];

const stagedOccurrences: readonly StagedColumn[] = [
  ...key,
  ...[
    { name: 'event_id', type: 'id' } as const,
    { name: 'event_time', type: 'timestamp' } as const,
    ...place,
  ].map(stagedColumn),
];

const stagedRejects: readonly StagedColumn[] = [
  ...key,
  ...[
    ...place,
    { name: 'reason', type: 'text' } as const,
    { name: 'message', type: 'text' } as const,
    { name: 'issues', type: 'json' } as const,
    { name: 'raw', type: 'bytes' } as const,
  ].map(stagedColumn),
];

export { type StagedColumn, stagedEvents, stagedOccurrences, stagedRejects };
