/**
 * Archives email events in a DuckDB file.
 *
 * @module ses-event-archive/archive
 */
export { type ForgetOptions, type ForgetReport, forget } from './erasure/forget';
export type { ForgetProgress } from './erasure/progress';
export { type PruneOptions, type PruneReport, prune } from './erasure/prune';
export type { ExportFilter } from './export/event-rows';
export { eventRows } from './export/event-rows';
export { eventJson } from './export/event-text';
export { type ExportParquetOptions, exportParquet } from './export/parquet';
export { type ReadArchiveOptions, readArchive } from './file/read-archive';
export { type FollowOptions, follow, type OnBatch } from './ingest/follow';
export { type IngestOptions, type IngestProgress, ingest } from './ingest/ingest';
export type { FailedObject, IngestCounts, QueueCounts } from './ingest/ingest-counts';
export { type IngestQueueOptions, ingestQueue } from './ingest/ingest-queue';
export {
  type Duplicate,
  type ListDuplicatesOptions,
  listDuplicates,
  type Occurrence,
} from './rejects/duplicates';
export {
  type DropCounts,
  type DropOptions,
  dropObjects,
  type IgnoredObject,
  listIgnored,
} from './rejects/ignored-objects';
export type { RejectFilter } from './rejects/list';
export { type ListRejectsOptions, listRejects } from './rejects/list';
export { type ReplayCounts, type ReplayOptions, replayRejects } from './rejects/replay';
export { type StoredEvent, storedEvent } from './rows/stored-event';
export { ArchiveError, ArchiveHeldError } from './store/archive-error';
export { type Column, type ColumnType, columns } from './store/columns';
export type { Database, ResultRow } from './store/database';
