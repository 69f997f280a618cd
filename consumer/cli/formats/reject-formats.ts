import { isUtf8 } from 'node:buffer';
import type { Duplicate } from '../../archive/rejects/duplicates';
import type { IgnoredObject } from '../../archive/rejects/ignored-objects';
import type { Reject, RejectReason } from '../../records/outcome';
import { shownPath } from '../output/shown-path';
import type { Cell } from './line-format';
import type { ListForm } from './list-table';

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

/** Every reason why a record is rejected. */
const rejectReasons = Object.keys(reasons) as RejectReason[]; // Object.keys loses the key type

/** Formats a reject as JSON on one line. Bytes that are not valid UTF-8 are in `rawBase64` instead of `raw`. */
function rejectJson({ outcome: _, raw, ...reject }: Reject): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const rawField = isUtf8(bytes) ? { raw: bytes.toString('utf8') } : { rawBase64: bytes.toString('base64') };
  return JSON.stringify({ ...reject, ...rawField });
}

/** The list of rejects; only JSON contains the record itself. */
const rejectList: ListForm<Reject> = {
  json: rejectJson,
  columns: [
    'object',
    'byte_offset',
    'byte_length',
    'record_index',
    'envelopes',
    'reason',
    'message',
    'issues',
    'firehose_error',
  ],
  cells: ({ object, offset, length, index, envelopes, reason, message, issues, firehoseError }) => [
    object,
    offset,
    length,
    index,
    envelopes.join(' '),
    reason,
    message,
    issues.length === 0 ? undefined : JSON.stringify(issues),
    firehoseError && JSON.stringify(firehoseError),
  ],
  head: ['object', 'byte', 'length', 'index', 'reason', 'message'],
  row: ({ object, offset, length, index, reason, message }) => [
    shownPath(object),
    offset,
    length,
    index,
    reason,
    message,
  ],
};

/** Returns the values of a duplicate, with the names of its objects in a form. */
const duplicateCells =
  (nameOf: (object: string) => string) =>
  ({ id, object, offset, index, kept }: Duplicate): Cell[] => [
    id,
    nameOf(object),
    offset,
    index,
    nameOf(kept.object),
    kept.offset,
    kept.index,
  ];

/** The list of duplicates. */
const duplicateList: ListForm<Duplicate> = {
  json: (item) => JSON.stringify(item),
  columns: [
    'event_id',
    'object',
    'byte_offset',
    'record_index',
    'kept_object',
    'kept_byte_offset',
    'kept_record_index',
  ],
  cells: duplicateCells((object) => object),
  head: ['event', 'dropped at', 'byte', 'index', 'kept at', 'byte', 'index'],
  row: duplicateCells(shownPath),
};

const ignoredColumns = ['object', 'reason', 'since'] as const;

/** The list of ignored objects. */
const ignoredList: ListForm<IgnoredObject> = {
  json: (item) => JSON.stringify(item),
  columns: ignoredColumns,
  cells: ({ object, reason, since }) => [object, reason, since.toISOString()],
  head: ignoredColumns,
  row: ({ object, reason, since }) => [shownPath(object), reason, since.toISOString()],
};

export { duplicateList, ignoredList, rejectJson, rejectList, rejectReasons };
