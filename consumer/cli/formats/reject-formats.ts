import type { Duplicate } from '../../archive/rejects/duplicates';
import type { IgnoredObject } from '../../archive/rejects/ignored-objects';
import type { Reject, RejectReason } from '../../records/outcome';
import { drawTable } from '../output/table';
import { rejectJson } from './reject-line';
import type { Cell, Shape } from './text-format';

const reasons: Readonly<Record<RejectReason, true>> = {
  'damaged-json': true,
  'not-json': true,
  'record-too-large': true,
  'record-too-deep': true,
  'invalid-event': true,
  'not-an-email-event': true,
  'invalid-envelope': true,
  'damaged-compression': true,
  'unreadable-object': true,
  'unstorable-object': true,
  'not-erasable': true,
};

/** Every reason for which a record is rejected. */
const rejectReasons = Object.keys(reasons) as RejectReason[]; // Object.keys forgets the key type

const rejectColumns = [
  'object',
  'byte_offset',
  'byte_length',
  'record_index',
  'envelopes',
  'reason',
  'message',
  'issues',
  'firehose_error',
] as const;

function rejectCells({ object, offset, length, index, envelopes, reason, message, ...rest }: Reject): Cell[] {
  return [
    object,
    offset,
    length,
    index,
    envelopes.join(' '),
    reason,
    message,
    rest.issues.length === 0 ? undefined : JSON.stringify(rest.issues),
    rest.firehoseError && JSON.stringify(rest.firehoseError),
  ];
}

/** A reject as a list has it; the record itself only as JSON. */
const rejectShape: Shape<Reject> = { json: rejectJson, columns: rejectColumns, cells: rejectCells };

const duplicateColumns = [
  'event_id',
  'object',
  'byte_offset',
  'record_index',
  'kept_object',
  'kept_byte_offset',
  'kept_record_index',
] as const;

function duplicateCells({ id, object, offset, index, kept }: Duplicate): Cell[] {
  return [id, object, offset, index, kept.object, kept.offset, kept.index];
}

/** A dropped duplicate as a list has it. */
const duplicateShape: Shape<Duplicate> = {
  json: (item) => JSON.stringify(item),
  columns: duplicateColumns,
  cells: duplicateCells,
};

const ignoredColumns = ['object', 'reason', 'since'] as const;

function ignoredCells({ object, reason, since }: IgnoredObject): string[] {
  return [object, reason, since.toISOString()];
}

/** An ignored object as a list has it. */
const ignoredShape: Shape<IgnoredObject> = {
  json: (item) => JSON.stringify(item),
  columns: ignoredColumns,
  cells: ignoredCells,
};

function table(head: readonly string[], rows: readonly Cell[][]): string {
  if (rows.length === 0) return '';
  const cells = rows.map((row) => row.map((cell = '') => String(cell)));
  return `${drawTable(cells, { head })}\n`;
}

/** Rejects as a table for a person. */
function rejectTable(rejects: readonly Reject[]): string {
  return table(
    ['object', 'byte', 'length', 'index', 'reason', 'why'],
    rejects.map(({ object, offset, length, index, reason, message }) => [
      object,
      offset,
      length,
      index,
      reason,
      message,
    ]),
  );
}

/** Dropped duplicates as a table for a person. */
function duplicateTable(duplicates: readonly Duplicate[]): string {
  return table(
    ['event', 'dropped at', 'byte', 'index', 'kept at', 'byte', 'index'],
    duplicates.map(duplicateCells),
  );
}

/** Ignored objects as a table for a person. */
function ignoredTable(ignored: readonly IgnoredObject[]): string {
  return table(ignoredColumns, ignored.map(ignoredCells));
}

export {
  duplicateShape,
  duplicateTable,
  ignoredShape,
  ignoredTable,
  rejectReasons,
  rejectShape,
  rejectTable,
};
