import type { Duplicate } from '../../archive/rejects/duplicates';
import type { IgnoredObject } from '../../archive/rejects/ignored-objects';
import type { Reject, RejectReason } from '../../records/outcome';
import { drawTable } from '../output/table';
import { csvLine } from './csv';
import { csvFormat, jsonFormats, type LineFormat } from './line-format';
import { rejectJson } from './reject-line';

/** How a list is written that is not shown as a table. */
type ListFormat = 'ndjson' | 'json' | 'csv';

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

function rejectCsv({ object, offset, length, index, envelopes, reason, message, ...rest }: Reject): string {
  return csvLine([
    object,
    offset,
    length,
    index,
    envelopes.join(' '),
    reason,
    message,
    rest.issues.length === 0 ? undefined : JSON.stringify(rest.issues),
    rest.firehoseError && JSON.stringify(rest.firehoseError),
  ]);
}

/** How rejects are written; the record itself only as JSON. */
const rejectFormats: Readonly<Record<ListFormat, LineFormat<Reject>>> = {
  ...jsonFormats(rejectJson),
  csv: csvFormat(`${csvLine(rejectColumns)}\r\n`, rejectCsv),
};

const duplicateColumns = [
  'event_id',
  'object',
  'byte_offset',
  'record_index',
  'kept_object',
  'kept_byte_offset',
  'kept_record_index',
] as const;

function duplicateCells({ id, object, offset, index, kept }: Duplicate): (string | number | undefined)[] {
  return [id, object, offset, index, kept.object, kept.offset, kept.index];
}

/** How dropped duplicates are written. */
const duplicateFormats: Readonly<Record<ListFormat, LineFormat<Duplicate>>> = {
  ...jsonFormats((duplicate: Duplicate) => JSON.stringify(duplicate)),
  csv: csvFormat(`${csvLine(duplicateColumns)}\r\n`, (duplicate) => csvLine(duplicateCells(duplicate))),
};

const ignoredColumns = ['object', 'reason', 'since'] as const;

function ignoredCells({ object, reason, since }: IgnoredObject): string[] {
  return [object, reason, since.toISOString()];
}

/** How ignored objects are written. */
const ignoredFormats: Readonly<Record<ListFormat, LineFormat<IgnoredObject>>> = {
  ...jsonFormats((ignored: IgnoredObject) => JSON.stringify(ignored)),
  csv: csvFormat(`${csvLine(ignoredColumns)}\r\n`, (ignored) => csvLine(ignoredCells(ignored))),
};

function table(head: readonly string[], rows: readonly (string | number | undefined)[][]): string {
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
  duplicateFormats,
  duplicateTable,
  ignoredFormats,
  ignoredTable,
  type ListFormat,
  rejectFormats,
  rejectReasons,
  rejectTable,
};
