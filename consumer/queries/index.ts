/**
 * Archives email events in a DuckDB file, and answers questions from it or with Athena.
 *
 * @module ses-event-archive/archive
 */
export { type ForgetOptions, type ForgetReport, forget } from '../archive/erasure/forget';
export type { ForgetProgress } from '../archive/erasure/progress';
export { type PruneOptions, type PruneReport, prune } from '../archive/erasure/prune';
export type { ExportFilter } from '../archive/export/event-filter';
export { eventRows } from '../archive/export/event-rows';
export { eventJson } from '../archive/export/event-text';
export { type ExportParquetOptions, exportParquet } from '../archive/export/parquet';
export { type ReadArchiveOptions, readArchive } from '../archive/file/read-archive';
export { type FollowOptions, follow, type OnBatch } from '../archive/ingest/follow';
export { type IngestOptions, type IngestProgress, ingest } from '../archive/ingest/ingest';
export type { FailedObject, IngestCounts, QueueCounts } from '../archive/ingest/ingest-counts';
export { type IngestQueueOptions, ingestQueue } from '../archive/ingest/ingest-queue';
export type { ErasedObject } from '../archive/objects/erase-object';
export { forgetObjects } from '../archive/objects/forget-objects';
export type { ForgetObjectsOptions, ForgetObjectsProgress } from '../archive/objects/forget-objects-options';
export type { ForgetObjectsReport, UnerasedObject } from '../archive/objects/forget-objects-report';
export { ErasureError } from '../archive/objects/places/unerasable-error';
export {
  type Duplicate,
  type ListDuplicatesOptions,
  listDuplicates,
  type Occurrence,
} from '../archive/rejects/duplicates';
export {
  type DropCounts,
  type DropOptions,
  dropObjects,
  type IgnoredObject,
  listIgnored,
} from '../archive/rejects/ignored-objects';
export type { RejectFilter } from '../archive/rejects/list';
export { type ListRejectsOptions, listRejects } from '../archive/rejects/list';
export { type ReplayCounts, type ReplayOptions, replayRejects } from '../archive/rejects/replay';
export { type StoredEvent, storedEvent } from '../archive/rows/stored-event';
export { ArchiveError, ArchiveHeldError } from '../archive/store/archive-error';
export { type Column, type ColumnType, columns } from '../archive/store/columns';
export type { Database, ResultRow } from '../archive/store/database';
export type { AnswerOptions, AnswerSource } from './answers/answer-source';
export { type AskOptions, ask, type QuestionName } from './answers/ask';
export { type QueryOptions, query } from './answers/query';
export { Rows } from './answers/rows';
export { type Suppression, type SuppressOptions, suppress } from './answers/suppress';
export { type TraceOptions, trace } from './answers/trace';
export type { UnreadableLines } from './engines/athena/ask-statements';
export type { AthenaOptions } from './engines/athena/athena-engine';
export { QueryError } from './engines/engine';
export type { PlainValue } from './engines/plain-value';
export type { AnswerRows, QuestionParameters } from './questions/answer-rows.generated';
export type { Limit, ParameterName, ParameterValues, Period } from './questions/parameters';
export { type AnswerType, type Question, type QuestionTime, questions } from './questions/question';
export type { TraceStep } from './trace/steps';
