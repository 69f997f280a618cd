import { extname } from 'node:path';
import { packageFile } from '../../pages/package-file';
import type { ReadCounts } from '../../records/counts';
import type { RecordLimits } from '../../records/limits';
import { isFirehoseKey } from '../../sources/firehose-key';
import { mapObjects } from '../../sources/map-objects';
import type { ObjectResult } from '../../sources/object-task';
import type { S3Options } from '../../sources/s3-options';
import { type SourceObject, sourceOf } from '../../sources/source';
import { outOfSpace } from '../file/out-of-space';
import { removeStaged, type StagedObject } from '../staging/stage';
import { withoutUnerasable } from '../staging/unerasable-counts';
import type { LedgerEntry } from '../store/ledger';
import type { BatchObject } from './commit-batch';
import type { Candidate } from './ingest-plan';
import { objectVersion } from './object-version';
import { OwnFiles } from './own-files';
import type { StageSetup } from './stage-task';

/** The result for a candidate of the plan. */
type CandidateStatus =
  /** Its rows are staged. */
  | { status: 'staged'; object: BatchObject }
  /** It could not be read or staged. */
  | { status: 'failed'; message: string }
  /** The ledger ignores it from now on. */
  | { status: 'ignored'; version: LedgerEntry }
  /** A file with new times, whose content is already ingested or ignored. */
  | { status: 'unchanged' | 'still-ignored'; version: LedgerEntry };

/** The status of a candidate. `read` has the counts of an object that was read. */
type StagedCandidate = CandidateStatus & { uri: string; read?: ReadCounts };

/** Options for staging. */
interface StageOptions {
  /** The archive's file. */
  archive: string;
  setup: StageSetup;
  s3?: S3Options | undefined;
  limits?: Partial<RecordLimits> | undefined;
  /**
   * Threads that read; 0 reads in this one.
   * @default - none for a few MB of files, otherwise one for each processor, at most 8
   */
  workers?: number | undefined;
  /**
   * Whether to take no more candidates after the first. Those that were taken are completed.
   * @default - never
   */
  isOver?: (() => boolean) | undefined;
}

const stageModule = () => packageFile(__dirname, `stage-task${extname(__filename)}`);

/** Most lines are staged without creating an object, and a smaller generation frees buffers sooner. */
const youngGenerationMegabytes = 6;

/** Up to this number of bytes of files, this thread is faster than others that have to start first. */
const smallIngestBytes = 8 * 1024 * 1024;

/** Threads for these candidates; undefined for the usual number. */
function threadsFor(candidates: readonly Candidate[]): number | undefined {
  let bytes = 0;
  for (const { object } of candidates) {
    // Fetching other objects means waiting, which several threads do at the same time.
    if (object.location?.at !== 'file') return undefined;
    bytes += object.size ?? smallIngestBytes;
    if (bytes >= smallIngestBytes) return undefined;
  }
  return 0;
}

/** An object to read, with its entry for the ledger. */
interface ObjectToRead {
  status: 'to-read';
  entry: Omit<BatchObject, 'stagedObject' | 'counts' | 'staged'>;
  /** Whether it is ignored when it contains no email event: a file in a folder, without a name in Firehose's form. */
  mayBeIgnored: boolean;
}

/** Examines a candidate's content, which may make reading its records unnecessary. */
async function examine(
  { object, known }: Candidate,
  ownFiles: OwnFiles,
): Promise<ObjectToRead | CandidateStatus> {
  const { uri, size, location, isNamed = false } = object;
  const isFound = location?.at === 'file' && !isNamed;
  const reason = isFound ? await ownFiles.reasonToIgnore(uri) : undefined;
  const version = await objectVersion(object).catch(() => undefined); // reading it reports the error
  const entry: LedgerEntry = { etag: undefined, fingerprint: undefined, ...version };
  if (reason !== undefined) return { status: 'ignored', version: { ...entry, ignored: reason } };
  const isCurrentEntry = known !== undefined && (known.ignored === undefined || !isNamed);
  if (isCurrentEntry && entry.etag !== undefined && known.etag === entry.etag) {
    return { status: known.ignored === undefined ? 'unchanged' : 'still-ignored', version: entry };
  }
  return {
    status: 'to-read',
    entry: {
      object: uri,
      size,
      version: entry,
      isKnown: known !== undefined,
      isReplacement: known !== undefined && known.ignored === undefined,
    },
    mayBeIgnored: isFound && !isFirehoseKey(uri.replaceAll('\\', '/')),
  };
}

/** The name of a failure, without its message, which may quote a record. */
function failureName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { code } = error as NodeJS.ErrnoException; // only Node's errors have a code
  return code === undefined ? error.name : `${error.name} ${code}`;
}

/** The status of an object that was read. */
function statusOf(
  { entry, mayBeIgnored }: ObjectToRead,
  { result: staged, counts }: ObjectResult<StagedObject>,
): CandidateStatus {
  const { unreadable, isForeign, stagedObject } = staged;
  if (unreadable === undefined && !(mayBeIgnored && isForeign)) {
    const read = withoutUnerasable(counts, staged.unerasable);
    return { status: 'staged', object: { ...entry, stagedObject, counts: read, staged } };
  }
  removeStaged(staged);
  return unreadable === undefined
    ? { status: 'ignored', version: { ...entry.version, ignored: 'no-email-event' } }
    : { status: 'failed', message: unreadable };
}

/**
 * Stages candidates, in worker threads unless they are small. Yields the status of each that it takes: in their order for those that
 * are read, and as soon as it is known for the others. A candidate is examined only when a thread is about to be free
 * for it.
 *
 * @throws {SourceError} when the source as a whole cannot be read
 * @throws {ArchiveError} when there is no space for staged rows
 */
async function* stageObjects(
  candidates: readonly Candidate[],
  { archive, setup, s3, limits, workers = threadsFor(candidates), isOver = () => false }: StageOptions,
): AsyncGenerator<StagedCandidate, void> {
  const ownFiles = new OwnFiles(archive);
  const pending = new Map<string, ObjectToRead>();
  /** Fates of candidates without a result, to yield next. */
  const settled: StagedCandidate[] = [];
  async function* toRead(): AsyncGenerator<SourceObject, void> {
    for (const [index, candidate] of candidates.entries()) {
      if (index > 0 && isOver()) return;
      const { object } = candidate;
      const examined = await examine(candidate, ownFiles);
      if (examined.status !== 'to-read') settled.push({ uri: object.uri, ...examined });
      else {
        pending.set(object.uri, examined);
        yield object;
      }
    }
  }
  const results = mapObjects<StagedObject>({ ...sourceOf([]), objects: toRead }, stageModule(), {
    filter: { ...(limits && { limits }) },
    s3,
    setup,
    youngGenerationMegabytes,
    // An object that cannot be staged does not stop the others, unless the disk is full.
    onFailure: (uri, error) => {
      const full = outOfSpace(archive, error);
      if (full !== undefined) throw full;
      const message = `the object could not be staged: ${failureName(error)}; report this as an issue`;
      settled.push({ uri, status: 'failed', message });
    },
    ...(workers !== undefined && { workers }),
  });
  for await (const result of results) {
    yield* settled.splice(0);
    const { uri } = result;
    const object = pending.get(uri);
    if (object === undefined) throw new Error(`the object ${uri} was read, but is not in the listing`);
    pending.delete(uri);
    yield { uri, read: result.counts, ...statusOf(object, result) };
  }
  yield* settled;
}

export { type StagedCandidate, type StageOptions, stageObjects, threadsFor };
