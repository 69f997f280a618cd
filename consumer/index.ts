/**
 * Reads delivered email events.
 *
 * @module ses-event-archive
 */
export * from './events';
export {
  addCounts,
  byteCount,
  noCounts,
  type ReadCounts,
  recordCount,
  skippedCount,
} from './records/counts';
export { eventId } from './records/event-id';
export type { RecordLimits } from './records/limits';
export type {
  Envelope,
  Outcome,
  Provenance,
  ReadEvent,
  RecordLocation,
  Reject,
  RejectReason,
  Skip,
  SkipReason,
} from './records/outcome';
export { parseRecord } from './records/parse-record';
export type { RecordFilter } from './records/record-filter';
export {
  type EventReader,
  type ReadOptions,
  RejectedRecordError,
  readEvents,
} from './sources/event-reader';
export { type MapOptions, mapObjects } from './sources/map-objects';
export type { ObjectResult, ObjectTask, ObjectTaskFactory } from './sources/object-task';
export { type OpenOptions, openSource, type Readable } from './sources/open-source';
export type { S3Options } from './sources/s3-options';
export type { ObjectLocation, SkippedObjects, Source, SourceObject } from './sources/source';
export { SourceError, UnreadableObjectError } from './sources/source-error';
export { streamSource } from './sources/standard-input';
export { eventsFromTrigger, type TriggerOptions, type TriggerResult } from './sources/trigger';
