export { ArchiveError, ArchiveHeldError } from './archive-error';
export { type Column, type ColumnType, columns } from './columns';
export type { Database, ResultRow } from './database/database';
export { type ReadArchiveOptions, readArchive } from './database/read-archive';
export { type ForgetOptions, forget } from './erasure/forget';
export { type PruneOptions, prune } from './erasure/prune';
export { eventRows } from './export/event-rows';
export type { ExportFilter } from './export/filter';
export { type ExportParquetOptions, exportParquet } from './export/parquet';
export { type FollowOptions, follow } from './ingest/follow';
export {
  type FailedObject,
  type IngestCounts,
  type IngestOptions,
  type IngestProgress,
  ingest,
} from './ingest/ingest';
export { type IngestQueueOptions, ingestQueue } from './ingest/ingest-queue';
export type { QueueCounts } from './ingest/queue-counts';
export { type Duplicate, listDuplicates } from './rejects/duplicates';
export { listRejects } from './rejects/list';
export { replayRejects } from './rejects/replay';
export { type StoredEvent, storedEvent } from './rows/stored-event';
