import { extname, join } from 'node:path';
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

/** What a candidate of the plan turned out to be. */
type Fate =
  /** Its rows are staged. */
  | { fate: 'staged'; object: BatchObject }
  /** It could not be read, or not staged. */
  | { fate: 'failed'; message: string }
  /** The ledger is to ignore it from now on. */
  | { fate: 'ignored'; version: LedgerEntry }
  /** A file with new times, whose content the ledger has or ignores already. */
  | { fate: 'unchanged' | 'still-ignored'; version: LedgerEntry };

/** A candidate's fate; `read` has the counts of an object that was read. */
type StagedCandidate = Fate & { uri: string; read?: ReadCounts };

/** How to stage. */
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
}

const stageModule = join(__dirname, `stage-task${extname(__filename)}`);

/** Most lines are staged without an object being made of them; and the less room, the sooner buffers are freed. */
const youngGenerationMegabytes = 6;

/** Until it has read so many bytes of files, this thread is done sooner than others that have to start first. */
const smallIngestBytes = 8 * 1024 * 1024;

/** Threads for these candidates; undefined for the usual number. */
function threadsFor(candidates: readonly Candidate[]): number | undefined {
  let bytes = 0;
  for (const { object } of candidates) {
    // Objects from elsewhere are waited for, which threads do side by side.
    if (object.location?.at !== 'file') return undefined;
    bytes += object.size ?? smallIngestBytes;
    if (bytes >= smallIngestBytes) return undefined;
  }
  return 0;
}

/** An object to read, with its entry for the ledger. */
interface ObjectToRead {
  fate: 'to-read';
  entry: Omit<BatchObject, 'stagedObject' | 'counts' | 'staged'>;
  /** Whether it is ignored when it holds no email event: a file of no name of Firehose's, found in a folder. */
  mayBeIgnored: boolean;
}

/** Looks at a candidate's content as far as that may save reading its records. */
async function examine({ object, known }: Candidate, own: OwnFiles): Promise<ObjectToRead | Fate> {
  const { uri, size, location, isNamed = false } = object;
  const isFound = location?.at === 'file' && !isNamed;
  const reason = isFound ? await own.reasonToIgnore(uri) : undefined;
  const version = await objectVersion(object).catch(() => undefined); // reading it says why
  const entry: LedgerEntry = { etag: undefined, fingerprint: undefined, ...version };
  if (reason !== undefined) return { fate: 'ignored', version: { ...entry, ignored: reason } };
  const isTaken = known !== undefined && (known.ignored === undefined || !isNamed);
  if (isTaken && entry.etag !== undefined && known.etag === entry.etag) {
    return { fate: known.ignored === undefined ? 'unchanged' : 'still-ignored', version: entry };
  }
  return {
    fate: 'to-read',
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

/** What kind of failure it was: a message may quote a record. */
function failureName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { code } = error as NodeJS.ErrnoException; // Node's own errors have one
  return code === undefined ? error.name : `${error.name} ${code}`;
}

/** What an object that was read comes to. */
function fateOf(
  { entry, mayBeIgnored }: ObjectToRead,
  { result: staged, counts }: ObjectResult<StagedObject>,
): Fate {
  const { unreadable, isForeign, stagedObject } = staged;
  if (unreadable === undefined && !(mayBeIgnored && isForeign)) {
    const read = withoutUnerasable(counts, staged.unerasable);
    return { fate: 'staged', object: { ...entry, stagedObject, counts: read, staged } };
  }
  removeStaged(staged);
  return unreadable === undefined
    ? { fate: 'ignored', version: { ...entry.version, ignored: 'no-email-event' } }
    : { fate: 'failed', message: unreadable };
}

/**
 * Stages candidates, in worker threads unless they are small. Gives the fate of each: of those that are read in their order, and of the others
 * as soon as it is known. A candidate is looked at only when a thread will be free for it.
 *
 * @throws {SourceError} when the source as a whole cannot be read
 * @throws {ArchiveError} when there is no room for what is staged
 */
async function* stageObjects(
  candidates: readonly Candidate[],
  { archive, setup, s3, limits, workers = threadsFor(candidates) }: StageOptions,
): AsyncGenerator<StagedCandidate, void> {
  const own = new OwnFiles(archive);
  const underWay = new Map<string, ObjectToRead>();
  /** Fates of candidates that give no result, to be told next. */
  const settled: StagedCandidate[] = [];
  async function* toRead(): AsyncGenerator<SourceObject, void> {
    for (const candidate of candidates) {
      const { object } = candidate;
      const examined = await examine(candidate, own);
      if (examined.fate !== 'to-read') settled.push({ uri: object.uri, ...examined });
      else {
        underWay.set(object.uri, examined);
        yield object;
      }
    }
  }
  const results = mapObjects<StagedObject>({ ...sourceOf([]), objects: toRead }, stageModule, {
    filter: { ...(limits && { limits }) },
    s3,
    setup,
    youngGenerationMegabytes,
    // One object that cannot be staged stops no other, unless the disk is full.
    onFailure: (uri, error) => {
      const full = outOfSpace(archive, error);
      if (full !== undefined) throw full;
      const message = `it could not be staged: ${failureName(error)}; report this`;
      settled.push({ uri, fate: 'failed', message });
    },
    ...(workers !== undefined && { workers }),
  });
  for await (const result of results) {
    yield* settled.splice(0);
    const { uri } = result;
    const object = underWay.get(uri);
    if (object === undefined) throw new Error(`an object was read that was not listed: ${uri}`);
    underWay.delete(uri);
    yield { uri, read: result.counts, ...fateOf(object, result) };
  }
  yield* settled;
}

export { type StagedCandidate, stageObjects };
