import type { EmailEvent, EventKind, EventOf } from '../events';
import {
  type Check,
  checkBoolean,
  checkFunction,
  checkObject,
  checkOptions,
  checkWhole,
} from '../records/check-options';
import { PieceMemory } from '../records/compression/piece-memory';
import { addCounts, noCounts, type ReadCounts } from '../records/counts';
import { ObjectReader } from '../records/object-reader';
import type { Outcome, ReadEvent, Reject, Skip } from '../records/outcome';
import { filterChecks, type RecordFilter } from '../records/record-filter';
import { openAhead } from './open-ahead';
import { checkReadable, type OpenOptions, openSource, type Readable } from './open-source';
import { readObject } from './read-object';
import type { S3Options } from './s3-options';
import type { SkippedObjects, Source, SourceObject } from './source';

/** Options to read events; each has a default. */
interface ReadOptions extends RecordFilter {
  /**
   * Called for each record, or rest of an object, that could not be read.
   * @default - they are counted only
   */
  onReject?: (reject: Reject) => void;
  /**
   * Called for each valid record that was skipped.
   * @default - they are counted only
   */
  onSkip?: (skip: Skip) => void;
  /**
   * Whether the first reject ends the reading with a `RejectedRecordError`.
   * @default false
   */
  strict?: boolean;
  /**
   * Number of objects that are fetched concurrently. Events remain in the order of the objects.
   * @default 4
   */
  concurrency?: number;
  /** Options to access S3. */
  s3?: S3Options;
}

const readChecks: Readonly<Record<keyof ReadOptions, Check>> = {
  ...filterChecks,
  onReject: checkFunction,
  onSkip: checkFunction,
  strict: checkBoolean,
  concurrency: checkWhole(1),
  s3: checkObject,
};

/** Maximum number of events in a batch. More events that live at once take longer in the garbage collector. */
const batchEvents = 64;

/** Thrown for the first record that could not be read, with `strict`. */
class RejectedRecordError extends Error {
  override readonly name = 'RejectedRecordError';

  constructor(readonly reject: Reject) {
    super(`${reject.object} byte ${reject.offset}: ${reject.reason}: ${reject.message}`);
  }
}

/**
 * The events of a source, in the order of its objects and records. Iterate it once.
 *
 * @typeParam Event the kinds of event, as a union: those of `kinds`, or all
 */
class EventReader<out Event extends EmailEvent = EmailEvent> implements AsyncIterable<ReadEvent<Event>> {
  private readonly finished = noCounts();
  private source: Source | undefined;
  private current: ObjectReader | undefined;

  constructor(
    private readonly readable: Readable,
    private readonly options: ReadOptions = {},
    /** Called when the caller requests more after the last event of an object. */
    private readonly onObjectEnd: (object: SourceObject) => void = () => {},
  ) {
    checkReadable(readable);
    checkOptions(options, readChecks);
  }

  /** The counts of everything read so far. Complete when the iteration has ended. */
  get counts(): ReadCounts {
    const counts = noCounts();
    addCounts(counts, this.finished);
    if (this.current !== undefined) addCounts(counts, this.current.counts);
    return counts;
  }

  /** The objects that the listing has skipped so far. */
  get skippedObjects(): SkippedObjects {
    return this.source?.skippedObjects ?? { foreign: 0, beforeSince: 0 };
  }

  [Symbol.asyncIterator](): AsyncIterator<ReadEvent<Event>> {
    const batches = this.outcomes();
    let batch: Iterator<Outcome> | undefined;
    const nextReady = (): ReadEvent<Event> | undefined => {
      for (let next = batch?.next(); next !== undefined && next.done !== true; next = batch?.next()) {
        if (next.value.outcome === 'event') return next.value as ReadEvent<Event>; // the filter passes only these kinds
        this.report(next.value);
      }
      return undefined;
    };
    let waiting = 0;
    let lastTurn: Promise<unknown> = Promise.resolve();
    const nextLater = async (): Promise<IteratorResult<ReadEvent<Event>>> => {
      const early = nextReady();
      if (early !== undefined) return { done: false, value: early };
      for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
        batch = next.value[Symbol.iterator]();
        const ready = nextReady();
        if (ready !== undefined) return { done: false, value: ready };
      }
      return { done: true, value: undefined };
    };
    const fail = async (error: unknown): Promise<never> => {
      batch = undefined;
      await batches.return();
      throw error;
    };
    return {
      // Not an async generator, which would await three times per event. This awaits once.
      next: () => {
        if (waiting === 0) {
          try {
            const ready = nextReady();
            if (ready !== undefined) return Promise.resolve({ done: false, value: ready });
          } catch (error) {
            return fail(error);
          }
        }
        // Calls that overlap run one after the other.
        waiting++;
        const later = lastTurn.then(nextLater).catch(fail);
        lastTurn = later.then(
          () => waiting--,
          () => waiting--,
        );
        return later;
      },
      return: async () => {
        batch = undefined;
        await batches.return();
        return { done: true, value: undefined };
      },
    };
  }

  /**
   * The same events in batches, in the same order. Takes less time than one event after the other: a promise for each
   * event costs about a tenth of the reading. Call it once, instead of iterating the reader.
   *
   * A batch has 1 to 64 events, and does not wait for more of them.
   *
   * @throws {SourceError} while iterating, when a source is missing or access is denied
   * @throws {RejectedRecordError} while iterating, with `strict`, after a batch with the events before the reject
   *
   * @example
   * ```ts
   * for await (const batch of readEvents('events/').batches()) {
   *   for (const { event } of batch) console.log(event.eventType);
   * }
   * ```
   */
  async *batches(): AsyncGenerator<ReadEvent<Event>[], void> {
    for await (const outcomes of this.outcomes()) {
      let events: ReadEvent<Event>[] = [];
      let failure: { error: unknown } | undefined;
      try {
        for (const outcome of outcomes) {
          if (outcome.outcome !== 'event') this.report(outcome);
          else if (events.push(outcome as ReadEvent<Event>) === batchEvents) {
            // the filter passes only these kinds
            yield events;
            events = [];
          }
        }
      } catch (error) {
        failure = { error };
      }
      if (events.length > 0) yield events;
      if (failure !== undefined) throw failure.error;
    }
  }

  private async *outcomes(): AsyncGenerator<Iterable<Outcome>, void> {
    const { concurrency = 4, s3, since, kinds } = this.options;
    // A filter takes less time than decompression, and keeps few pieces: used again, they remain in the processor's cache.
    const memory = kinds && new PieceMemory();
    const openOptions: OpenOptions = { s3, since };
    this.source = await openSource(this.readable, openOptions);
    for await (const opened of openAhead(this.source.objects(), concurrency, memory)) {
      const reader = new ObjectReader(opened.object.uri, this.options);
      this.current = reader;
      yield* readObject(reader, opened);
      addCounts(this.finished, reader.counts);
      this.current = undefined;
      this.onObjectEnd(opened.object);
    }
  }

  private report(outcome: Reject | Skip): void {
    if (outcome.outcome === 'skip') {
      this.options.onSkip?.(outcome);
      return;
    }
    this.options.onReject?.(outcome);
    if (this.options.strict === true) throw new RejectedRecordError(outcome);
  }
}

/**
 * Reads email events that Firehose delivered: from a file, a folder, a glob, `s3://bucket/prefix`, `-` for
 * standard input, several of them, or a custom source.
 *
 * The bytes determine compression, framing and envelopes. A record that cannot be read is passed to
 * `onReject` and does not affect its neighbors. The `counts` of the reader include every record and byte.
 *
 * With `kinds`, the events have the types of these kinds only.
 *
 * @throws {TypeError} for an argument of another type, an unknown option or kind, or an invalid date
 * @throws {SourceError} while iterating, when a source is missing or access is denied
 * @throws {RejectedRecordError} while iterating, with `strict`
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 *
 * @example
 * ```ts
 * const events = readEvents('s3://my-bucket/events/', { kinds: ['Bounce'], since: new Date('2026-03-01') });
 * for await (const { event, provenance } of events) console.log(event.bounce.bounceSubType, provenance.object);
 * console.log(events.counts);
 * ```
 */
function readEvents<Kind extends EventKind>(
  source: Readable,
  options: ReadOptions & { kinds: readonly Kind[] },
): EventReader<EventOf<Kind>>;
function readEvents(source: Readable, options?: ReadOptions): EventReader;
function readEvents(source: Readable, options: ReadOptions = {}): EventReader {
  return new EventReader(source, options);
}

export { EventReader, type ReadOptions, RejectedRecordError, readChecks, readEvents };
